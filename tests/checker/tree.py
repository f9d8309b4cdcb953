"""What must hold for the project as a whole: no file unused, the navigation complete."""

import re
import sys
from importlib.util import find_spec
from pathlib import Path

from checker.course import course_problems
from checker.typography import HAN
from reading.files import files_below
from reading.includes import sections_of
from reading.model import CHINESE, FIGURES
from reading.pages import page_paths, read_page
from reading.problems import Problem
from reading.weights import SUFFIX

# What is published or read by MkDocs without being a page.
PUBLISHED = re.compile(r"assets/|_hooks/|_theme/|_translations\.json$")


def tree_problems(root: Path, config: dict) -> list[Problem]:
    """What is wrong with the project as a whole: files that no page uses.

    Args:
        root: the folder that holds docs/ and snippets/.
        config: mkdocs.yml, read.
    """
    problems: list[Problem] = _nav_problems(root, config)
    problems += course_problems(root, config["nav"])
    pages = [read_page(root, path) for path in page_paths(root)]
    shown = {str(e.section) for page in pages for e in page.examples}
    figures = {e.figure for page in pages for e in page.examples}
    for file in files_below(root / "docs"):
        path = file.relative_to(root / "docs").as_posix()
        if file.suffix != ".md" and not PUBLISHED.match(path):
            problems.append(
                Problem(
                    f"docs/{path}", 1, "not a .md page, so nothing checks it; move it"
                )
            )
    folder = root / "snippets"
    for file in files_below(folder):
        path = file.relative_to(folder).as_posix()
        if file.suffix == ".py":
            sections, wrong = sections_of(root, path)
            if not sections and not wrong:
                wrong = [
                    Problem(f"snippets/{path}", 1, "no section; no page can show it")
                ]
            problems += wrong
            if hidden := hidden_by(file.stem):
                told = f"{hidden} has a module of this name, and one hides the other; rename it"
                problems.append(Problem(f"snippets/{path}", 1, told))
            problems += [
                Problem(
                    f"snippets/{path}",
                    section.line - 1,
                    f"no page shows the section {name}; include it, or delete it",
                )
                for name, section in sections.items()
                if f"{path}:{name}" not in shown
            ]
        elif (
            file.suffix not in (".txt", SUFFIX) or not file.with_suffix(".py").is_file()
        ):
            problems.append(
                Problem(f"snippets/{path}", 1, "belongs to no snippet; delete it")
            )
    for file in files_below(root / "docs" / FIGURES):
        path = file.relative_to(root / "docs").as_posix()
        if path not in figures:
            problems.append(
                Problem(f"docs/{path}", 1, "no page shows this figure; delete it")
            )
    return sorted(set(problems))


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
    problems = [
        Problem(page, 1, "not in the navigation; add it to nav in mkdocs.yml")
        for page in page_paths(root)
        if not page.endswith(CHINESE) and page.removeprefix("docs/") not in listed
    ]
    settings = next((p["i18n"] for p in config["plugins"] if "i18n" in p), {})
    chinese = next(lang for lang in settings["languages"] if lang["locale"] == "zh")
    wrong = {
        f"nav gives {t!r} no Chinese title; add it to nav_translations": t
        for t in titles
        if not re.search(HAN, chinese.get("nav_translations", {}).get(t, ""))
    }
    for entry in listed:
        if not (root / "docs" / entry).is_file():
            wrong[f"nav lists {entry}, no such page"] = entry
        elif entry.endswith(CHINESE):
            english = entry.removesuffix(CHINESE) + ".md"
            wrong[
                f"nav lists {entry}; list {english}, and the Chinese page follows"
            ] = entry
        elif listed.count(entry) > 1:
            wrong[f"nav lists {entry} twice"] = entry
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
