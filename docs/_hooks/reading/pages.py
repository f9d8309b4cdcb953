"""Reading pages; what was read once, by the site build or the checker, is kept."""

from collections.abc import Iterator
from pathlib import Path

from cache import cache_of, our_code, sum_of, versions

from reading.includes import INCLUDE, sections_of
from reading.model import Page
from reading.problems import read_text
from reading.sections import Section


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
    if problems:
        return page
    key = sum_of(
        our_code("cache", "reading"), versions(), path, text, *included(root, text)
    )
    if kept := cache_of(root).get("model", key):
        vars(page).update(kept)
        return page
    from reading.blocks import Reader  # markdown-it takes a while to import

    Reader(page).read()
    if not page.problems:
        made = {name: value for name, value in vars(page).items() if name != "root"}
        cache_of(root).put("model", key, made)
    return page


def included(root: Path, text: str) -> Iterator[str | None]:
    """What a page shows of each section that it includes; None of one that is missing."""
    files: dict[str, dict[str, Section]] = {}
    for path, name in INCLUDE.findall(text):
        if path not in files:
            there = (root / "snippets" / path).is_file()
            files[path] = sections_of(root, path)[0] if there else {}
        section = files[path].get(name)
        yield section and f"{path}:{name} {section.line}\n{section.text}"


def page_paths(root: Path) -> Iterator[str]:
    """All pages below docs/, relative to the root; what starts with _ is not one."""
    for path in sorted((root / "docs").rglob("*.md")):
        relative = path.relative_to(root)
        if not any(part.startswith("_") for part in relative.parts):
            yield relative.as_posix()
