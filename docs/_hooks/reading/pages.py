"""Reading pages; what was read once, by the site build or the checker, is kept."""

from collections.abc import Iterator
from pathlib import Path

from cache import cache_of, our_code, sum_of, versions
from reading.files import files_below
from reading.includes import INCLUDE, sections_of
from reading.indents import indent_problems
from reading.model import Page
from reading.problems import read_text
from reading.sections import Section

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
    files = {root / "snippets" / found[1] for found in INCLUDE.finditer(text)}
    stamps = {root / path: before} | {file: _stamp(file) for file in files}
    page = Page(root, path, text, problems=problems or indent_problems(path, text))
    if not page.problems:
        _read_blocks(page)
    if not page.problems:  # what a message advises may depend on other files
        _read[root, path] = stamps, page
    return page


def read_text_of(root: Path, path: str, text: str) -> Page:
    """Read a page with another text than that of its file."""
    page = Page(root, path, text)
    _read_blocks(page)
    return page


def _stamp(file: Path) -> tuple[int, int] | None:
    """What changes when a file does; None if it is not there."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _read_blocks(page: Page) -> None:
    """Read the blocks of a page, or take what the last build or check has read."""
    shown = included(page.root, page.text)
    ours = our_code("cache", "reading")
    key = sum_of(ours, versions(), page.path, page.text, *shown)
    if kept := cache_of(page.root).get("model", key):
        vars(page).update(kept)
        return
    from reading.blocks import Reader  # markdown-it takes a while to import

    Reader(page).read()
    if not page.problems:
        made = {name: value for name, value in vars(page).items() if name != "root"}
        cache_of(page.root).put("model", key, made)


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
    for path in files_below(root / "docs", "*.md"):
        relative = path.relative_to(root)
        if not any(part.startswith("_") for part in relative.parts):
            yield relative.as_posix()
