"""What must hold for the project as a whole: no file unused, the navigation complete."""

import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from checker.course import course_problems
from checker.images import DRAWS
from checker.structure import misnamed
from checker.typography import HAN
from reading.files import files_below
from reading.includes import sections_of
from reading.model import CHINESE, FIGURES, Page, figure_of
from reading.pages import page_paths, read_page
from reading.problems import Problem, did_you_mean
from reading.weights import SUFFIX

# What stands beside a snippet of the same name.
SUFFIXES = (".txt", SUFFIX)

# What is published or read by MkDocs without being a page.
PUBLISHED = re.compile(r"assets/|_hooks/|_theme/|_translations\.json$")


def tree_problems(root: Path, config: dict) -> list[Problem]:
    """What is wrong with the project as a whole: files that no page uses.

    Args:
        root: the folder that holds docs/ and snippets/.
        config: mkdocs.yml, read.
    """
    pages = [read_page(root, path) for path in page_paths(root)]
    # Where the navigation is wrong, nobody knows which lesson follows which.
    problems = _nav_problems(root, config) or [*course_problems(root, config["nav"])]
    for file in files_below(root / "docs"):
        path = file.relative_to(root / "docs").as_posix()
        if file.suffix != ".md" and not PUBLISHED.match(path):
            problems.append(
                Problem(
                    f"docs/{path}", 1, "not a .md page, so nothing checks it; move it"
                )
            )
    problems += _snippet_problems(root, pages)
    problems += _figure_problems(root, pages)
    return sorted(set(problems))


def _may_be_used(path: str, pages: list[Page]) -> bool:
    """Whether a page with a mistake names a file; nobody knows yet whether it uses it."""
    return any(page.problems and path in page.text for page in pages)


def _snippet_problems(root: Path, pages: list[Page]) -> Iterator[Problem]:
    """Code that no page shows, and files beside it that are not its output."""
    shown = {str(e.section) for page in pages for e in page.examples}
    folder = root / "snippets"
    files = files_below(folder)
    without = [
        file.with_suffix(SUFFIXES[0]).relative_to(root).as_posix()
        for file in files
        if file.suffix == ".py" and not file.with_suffix(SUFFIXES[0]).exists()
    ]
    for file in files:
        path = file.relative_to(folder).as_posix()
        if _may_be_used(path, pages):
            continue
        if file.suffix == ".py":
            sections, wrong = sections_of(root, path)
            if not sections and not wrong:
                told = "no section; no page can show it"
                yield Problem(f"snippets/{path}", 1, told)
            yield from wrong
            if hidden := hidden_by(file.stem):
                told = f"{hidden} has a module of this name, and one hides the other; rename it"
                yield Problem(f"snippets/{path}", 1, told)
            for name, section in sections.items():
                if f"{path}:{name}" not in shown:
                    told = f"no page shows the section {name}; include it, or delete it"
                    yield Problem(f"snippets/{path}", section.line - 1, told)
        elif file.suffix not in SUFFIXES or not file.with_suffix(".py").is_file():
            do = did_you_mean(f"snippets/{path}", without) or "delete it"
            yield Problem(f"snippets/{path}", 1, f"belongs to no snippet; {do}")


def _figure_problems(root: Path, pages: list[Page]) -> Iterator[Problem]:
    """Figures that no section draws. Those that one draws are told where it stands."""
    folder = root / "snippets"
    paths = [
        file.relative_to(folder).as_posix() for file in files_below(folder, "*.py")
    ]
    sections = [s for path in paths for s in sections_of(root, path)[0].values()]
    drawn = {figure_of(section) for section in sections if DRAWS.search(section.text)}
    drawn |= {example.figure for page in pages for example in page.examples}
    missing = [path for path in drawn if path and not (root / "docs" / path).exists()]
    for file in files_below(root / "docs" / FIGURES):
        path = file.relative_to(root / "docs").as_posix()
        if path not in drawn and not _may_be_used(path, pages):
            do = did_you_mean(path, missing) or "delete it"
            yield Problem(f"docs/{path}", 1, f"no page shows this figure; {do}")


def hidden_by(name: str) -> str:
    """Whose module a snippet of this name would hide, as it lies beside those it imports."""
    if name in sys.stdlib_module_names:
        return "Python"
    spec = find_spec(name)
    installed = spec and spec.origin and "site-packages" in Path(spec.origin).parts
    return "an installed package" if installed else ""


def _nav_problems(root: Path, config: dict) -> list[Problem]:
    """Pages that the navigation lacks or lists twice, and titles in one language only."""
    listed: list[str] = []
    titles: list[str] = []
    _walk(config["nav"], listed, titles)
    english = [
        p.removeprefix("docs/") for p in page_paths(root) if not p.endswith(CHINESE)
    ]
    left = [
        page
        for page in english
        if page not in listed and not misnamed(root, f"docs/{page}")
    ]
    settings = next((p["i18n"] for p in config["plugins"] if "i18n" in p), {})
    chinese = next(lang for lang in settings["languages"] if lang["locale"] == "zh")
    translated = chinese.get("nav_translations", {})
    wrong = {}
    for title in titles:
        if not re.search(HAN, translated.get(title, "")):
            unused = [each for each in translated if each not in titles]
            told = f"nav gives {title!r} no Chinese title; add it to nav_translations"
            meant = did_you_mean(title, unused)
            wrong[f"{told}; {meant}" if meant else told] = title
    for entry in listed:
        file = root / "docs" / entry
        if listed.count(entry) > 1:
            wrong[f"nav lists {entry} twice"] = entry
        elif entry.endswith(CHINESE):
            told = (
                f"list {entry.removesuffix(CHINESE)}.md, and the Chinese page follows"
            )
            wrong[f"nav lists {entry}; {told}"] = entry
        elif not file.is_file() and not file.with_suffix(CHINESE).is_file():
            do = did_you_mean(entry, left) or "write it, or take it out"
            left = [page for page in left if page not in do]
            wrong[f"nav lists {entry}, no such page; {do}"] = entry
    problems = [
        Problem(f"docs/{page}", 1, "not in the navigation; add it to nav in mkdocs.yml")
        for page in left
    ]
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    for message, word in wrong.items():
        line = next((n for n, line in enumerate(lines, 1) if word in line), 1)
        problems.append(Problem("mkdocs.yml", line, message))
    return problems


def _walk(nav: list | dict | str, listed: list[str], titles: list[str]) -> None:
    """Collect the pages and the section titles of the navigation, in order."""
    if isinstance(nav, str):
        if "://" not in nav:
            listed.append(nav)
    elif isinstance(nav, dict):
        for title, below in nav.items():
            titles.append(title)
            _walk(below, listed, titles)
    else:
        for below in nav:
            _walk(below, listed, titles)
