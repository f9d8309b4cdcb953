"""Reading pages, with markdown-it-py, which knows the line of every block."""

from collections.abc import Iterator
from pathlib import Path

from reading.blocks import Reader
from reading.model import Page
from reading.problems import read_text


def read_page(root: Path, path: str) -> Page:
    """Read a page.

    Args:
        root: the folder that holds docs/ and snippets/.
        path: the page, relative to it, with forward slashes.

    Returns:
        The page, with what is wrong with its blocks and includes in ``problems``.
    """
    text, problems = read_text(root / path, path)
    page = Page(root, path, text, problems=problems)
    if not problems:
        Reader(page).read()
    return page


def page_paths(root: Path) -> Iterator[str]:
    """All pages below docs/, relative to the root; what starts with _ is not one."""
    for path in sorted((root / "docs").rglob("*.md")):
        relative = path.relative_to(root)
        if not any(part.startswith("_") for part in relative.parts):
            yield relative.as_posix()
