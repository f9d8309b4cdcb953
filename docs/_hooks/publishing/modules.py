"""Modules of ours that a notebook imports, and their weights: cells at its top write them."""

import re
from base64 import b64encode
from pathlib import Path

from reading.sections import MARKER
from reading.weights import recorded_weights

_WEIGHTS = """\
from base64 import b64decode
from pathlib import Path

Path("{name}").write_bytes(b64decode("{content}"))"""


def writing_cells(root: Path, modules: list[str]) -> list[str]:
    """Return the code cells that write modules and weights, in the folder of the notebook.

    Args:
        root: the folder that holds snippets/.
        modules: paths relative to snippets/.
    """
    cells = [
        f"%%writefile {Path(path).name}\n{without_marks(root, path)}"
        for path in modules
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
