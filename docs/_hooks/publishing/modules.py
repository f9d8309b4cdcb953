"""Modules of ours that a notebook imports, and their weights: cells at its top write them."""

import re
from base64 import b64encode
from pathlib import Path

from reading.sections import MARKER
from reading.weights import recorded_weights

# What makes the magic `%%module engine.py`. As %%writefile does, it writes the rest of its
# cell; but it leaves alone what is not ours, and what it wrote is imported anew.
_WRITER = '''\
def write_file(name, content):
    """{what}"""
    import sys
    from hashlib import sha256
    from importlib import invalidate_caches
    from importlib.util import cache_from_source
    from pathlib import Path

    def marked(code):  # the sum shows whether anybody has changed the file since
        first = f"# {mark} {{sha256(code).hexdigest()[:12]}}\\n"
        return first.encode() + code

    file, is_code = Path(name), isinstance(content, str)
    content = content.encode() if is_code else content
    there = file.read_bytes() if file.exists() else None
    if there in (content, marked(content)):
        return
    if there is not None and there != marked(there.partition(b"\\n")[2]):
        raise FileExistsError(f"{refused}")
    file.write_bytes(marked(content) if is_code else content)
    print(f"{wrote}")
    Path(cache_from_source(name)).unlink(missing_ok=True)
    invalidate_caches()
    for key, loaded in list(sys.modules.items()):
        if Path(getattr(loaded, "__file__", None) or "/").parent == Path.cwd():
            del sys.modules[key]  # the next import reads the new file
            print(f"{again}")


get_ipython().register_magic_function(write_file, "cell", "module")'''
MARK = "Written by a notebook of Code first:"
_SAYS = {
    "en": {
        "what": "Write a file beside this notebook, unless one is there that is not ours.",
        "refused": "There is another {name} here, which stays as it is. Rename it, or"
        " put this notebook into a folder of its own.",
        "wrote": "Wrote {name}.",
        "again": "Run the cells that import {key} again.",
    },
    "zh": {
        "what": "在 notebook 旁边写一个文件；已有同名文件，"
        "又不是本站的 notebook 写的，就保持不变。",
        "refused": "这里已有另一个 {name}，没有改动。"
        "请给它改名，或者把 notebook 放进单独的文件夹。",
        "wrote": "写好了 {name}。",
        "again": "导入 {key} 的单元格要重新运行。",
    },
}
_WEIGHTS = """\
from base64 import b64decode

write_file("{name}", b64decode("{content}"))"""


def writing_cells(root: Path, modules: list[str], language: str = "en") -> list[str]:
    """Return the code cells that write modules and weights, in the folder of the notebook.

    Args:
        root: the folder that holds snippets/.
        modules: paths relative to snippets/.
        language: of what the cells say.
    """
    if not modules:
        return []
    cells = [_WRITER.format_map(_SAYS[language] | {"mark": MARK})]
    cells += [
        f"%%module {Path(path).name}\n{without_marks(root, path)}" for path in modules
    ]
    for path in recorded_weights(root, modules):
        content = b64encode((root / "snippets" / path).read_bytes()).decode()
        cells.append(_WEIGHTS.format(name=Path(path).name, content=content))
    return cells


def without_marks(root: Path, path: str) -> str:
    """Return the code of a module without what only this site's pages need."""
    code = (root / "snippets" / path).read_text("utf-8")
    lines = [line for line in code.split("\n") if not MARKER[".py"].match(line)]
    code = re.sub(r"\s*# \(\d+\)!$", "", "\n".join(lines), flags=re.M)
    return re.sub(r"\n{4,}", "\n\n\n", code).strip()
