"""Whether a reader who goes from lesson to lesson comes to each of them."""

from collections.abc import Iterator
from pathlib import Path

from checker.links import target_of
from reading.model import Block, Page
from reading.pages import read_page
from reading.problems import Problem


def course_problems(root: Path, nav: list | dict | str) -> Iterator[Problem]:
    """Pages that the first page of their part does not list, or the lesson before skips.

    Args:
        root: the folder that holds docs/.
        nav: what mkdocs.yml says of the whole site, or of a part of it.
    """
    if isinstance(nav, str):
        return
    below = nav.values() if isinstance(nav, dict) else nav
    paths = [entry for entry in below if isinstance(entry, str)]
    there = [path for path in paths if (root / "docs" / path).is_file()]
    pages = [read_page(root, f"docs/{path}") for path in there]
    if there and there[0].endswith("/index.md"):
        yield from _not_listed(pages[0], there[1:])
    lessons = [page for page in pages if (root / "snippets" / page.snippet).is_file()]
    for page, after in zip(lessons, lessons[1:], strict=False):
        yield from _not_followed(page, after)
    for entry in below:
        yield from course_problems(root, entry)


def _not_listed(index: Page, paths: list[str]) -> Iterator[Problem]:
    """Pages of a part that no table or list of its first page links to, as a whole."""
    rows = [b for b in index.blocks if "table" in b.shape or "list" in b.shape]
    listed = {link for block in rows for link in _targets(index, block)}
    lines = index.table_lines or [1]
    for path in paths:
        if path not in listed:
            told = f"no row leads to docs/{path}; add it, in both languages"
            yield Problem(index.path, lines[0], told)


def _not_followed(page: Page, after: Page) -> Iterator[Problem]:
    """Whether the last paragraph of a lesson leads to the lesson behind it in nav."""
    target = after.path.removeprefix("docs/")
    if page.blocks and target not in _targets(page, page.blocks[-1]):
        told = (
            f"the last paragraph does not lead to {after.path}, which follows in nav; link"
            " to it, in both languages"
        )
        yield Problem(page.path, page.blocks[-1].line, told)


def _targets(page: Page, block: Block) -> list[str | None]:
    return [target_of(page, link) for link in block.links if "#" not in link]
