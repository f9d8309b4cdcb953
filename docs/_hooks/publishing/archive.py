"""The code of all lessons as one archive, and each lesson's script by itself.

Readers need no repository: they unpack `code-first.zip`, install what `requirements.txt`
pins, and run a script. One archive serves both languages, and the same code gives the
same bytes.
"""

import io
import zipfile
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.structure.files import File, Files

from cache import cache_of, our_code, sum_of, sum_of_file, versions
from publishing.modules import without_marks
from publishing.published import root_of
from publishing.requirements import CONSTRAINTS, PROJECT, requirements
from reading.files import files_below
from reading.imports import imported
from reading.model import ARCHIVE, GUIDE
from reading.weights import SUFFIX, recorded_weights

README = """\
# Code first · 代码先行

The code of the lessons at {site}
How to set up and run it: {site}{guide}

- `line/`, `steps/`, `language-model/`: each lesson is a script; what several share is a
  module beside them.
- `index.py`: the program of the front page.
- `*.safetensors`: what the module of that name has trained, so that it need not train again.
- `requirements.txt`: the packages, in the versions that ran on the site.

课程代码，配套网站 {site}zh/
环境准备与运行方法：{site}zh/{guide}

- `line/`、`steps/`、`language-model/`：每课一个脚本，几课共用的代码是旁边的模块。
- `index.py`：首页的程序。
- `*.safetensors`：同名模块训练好的权重，有了就不用重新训练。
- `requirements.txt`：用到的包，版本与网站运行时相同。
"""
ALONE = """\
# Code first · 代码先行 · {page}
"""
NOT_ALONE = """\
# It needs {files}; {archive} has all of it.
# 还需要 {files}，都在 {archive} 里。
"""


def publish(files: Files, config) -> None:
    """Add the archive to the files of a site."""
    root = root_of(config)
    sources = [path for path in sorted(_sources(root)) if path.is_file()]
    key = sum_of(
        our_code("cache", "reading", "publishing"),
        versions(),
        config.site_url,
        *(part for f in sources for part in (str(f.relative_to(root)), sum_of_file(f))),
    )
    content = cache_of(root).get("archive", key)
    if content is None:
        content = make_archive(root, config.site_url)
        cache_of(root).put("archive", key, content)
    files.append(File.generated(config, ARCHIVE, content=content))


def _sources(root: Path) -> set[Path]:
    found = {root / name for name in ("LICENSE", PROJECT, CONSTRAINTS)}
    for suffix in (".py", SUFFIX):
        found |= set(files_below(root / "snippets", f"*{suffix}"))
    return found


def make_archive(root: Path, site: str) -> bytes:
    """Make the archive.

    Args:
        root: the folder of the project.
        site: address of the site.
    """
    snippets = root / "snippets"
    content = {
        "LICENSE": (root / "LICENSE").read_text("utf-8").encode(),
        "README.md": README.format(
            site=site, guide=f"{GUIDE.removesuffix('.md')}/"
        ).encode(),
        "requirements.txt": requirements(root).encode(),
    }
    for file in _sources(root):
        path = file.relative_to(root)
        if file.is_relative_to(snippets):
            path = file.relative_to(snippets).as_posix()
            is_code = file.suffix == ".py"
            code = f"{without_marks(root, path)}\n" if is_code else ""
            content[path] = code.encode() if is_code else file.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"{Path(ARCHIVE).stem}/{name}")  # of 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # also where it is made on Windows
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content[name])
    return packed.getvalue()


def script_of(root: Path, path: str, page: str, site: str) -> str:
    """Return the script of a lesson as a file by itself, which says what else it needs.

    Args:
        root: the folder that holds snippets/.
        path: the script, relative to snippets/.
        page: address of the lesson.
        site: address of the site.
    """
    modules = imported(root, path)[1:]
    needs = [Path(name).name for name in modules + recorded_weights(root, modules)]
    top = ALONE.format(page=page)
    if needs:
        archive = urljoin(site, ARCHIVE)
        top += NOT_ALONE.format(files=", ".join(needs), archive=archive)
    return f"{top}\n{without_marks(root, path)}\n"
