"""Reading pages, with markdown-it-py, which knows the line of every block."""

from collections.abc import Iterator
from pathlib import Path

from reading.blocks import Reader
from reading.includes import INCLUDE
from reading.model import Page
from reading.problems import read_text

# Pages that were read, with the stamps of the files that each depends on.
_read: dict[tuple[Path, str], tuple[dict, Page]] = {}


def read_page(root: Path, path: str) -> Page:
    """Read a page; the same one is given until it, or what it includes, changes.

    Args:
        root: the folder that holds docs/ and snippets/.
        path: the page, relative to it, with forward slashes.

    Returns:
        The page, with what is wrong with its blocks and includes in ``problems``.
    """
    stamps, page = _read.get((root, path), ({}, None))
    if page and all(_stamp(file) == stamp for file, stamp in stamps.items()):
        return page
    before = _stamp(root / path)
    text, problems = read_text(root / path, path)
    included = {root / "snippets" / found[1] for found in INCLUDE.finditer(text)}
    stamps = {root / path: before} | {file: _stamp(file) for file in included}
    page = Page(root, path, text, problems=problems)
    if not problems:
        Reader(page).read()
    _read[root, path] = stamps, page
    return page


def _stamp(file: Path) -> tuple[int, int] | None:
    """What changes when a file does; None if it is not there."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def page_paths(root: Path) -> Iterator[str]:
    """All pages below docs/, relative to the root; what starts with _ is not one."""
    for path in sorted((root / "docs").rglob("*.md")):
        relative = path.relative_to(root)
        if not any(part.startswith("_") for part in relative.parts):
            yield relative.as_posix()
