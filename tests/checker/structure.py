"""What must hold for one page and its snippet, without running anything."""

import re
from pathlib import Path, PurePosixPath

from checker.images import check_images
from checker.languages import language_problems
from checker.links import check_links
from checker.markdown import check_markdown
from checker.mistakes import check_mistakes
from checker.outputs import check_outputs
from checker.packages import package_problems
from checker.slips import check_slips
from checker.typography import writing_problems
from reading.files import files_below
from reading.imports import code_of, lines_in, modules_of
from reading.includes import sections_of
from reading.model import CHINESE, Page, output_path
from reading.problems import Problem, did_you_mean
from reading.weights import weights_problem

LANGUAGES = ("en", "zh")
# How people name the Chinese page who have not seen how it is named here.
MISNAMED = re.compile(r"(.+?)[._-](?:zh|cn|chinese)(?:[._-]\w+)?\.md", re.I)


def structure_problems(root: Path, page: Page) -> list[Problem]:
    """All that is wrong with one page, apart from its translation.

    What follows from a mistake in its blocks or in its snippets is left out.
    """
    wrong = misnamed(root, page.path)
    if page.unread or wrong:
        return [wrong] if wrong else sorted(set(page.problems))
    checked = Page(root, page.path, page.text, problems=list(page.problems))
    _name(page, checked)
    _title(page, checked)
    if not page.problems:  # else sections are missing because they cannot be read
        _order(root, page, checked)
    check_images(root, page, checked)
    check_links(root, page, checked)
    check_markdown(page, checked)
    check_mistakes(root, page, checked)
    check_slips(page, checked)
    check_outputs(page, checked)
    problems = checked.problems + writing_problems(root, page)
    problems += language_problems(page)
    if not page.chinese:
        problems += _snippet(root, page) + package_problems(root, page)
    return sorted(set(problems))


def _name(page: Page, checked: Page) -> None:
    parts = PurePosixPath(page.path).parts
    stem = parts[-1].removesuffix(CHINESE).removesuffix(".md")
    if parts[1] in LANGUAGES or (len(parts) == 2 and stem in LANGUAGES):
        checked.problem(
            1,
            f"/{parts[1].partition('.')[0]}/ is the address of a language; rename the page",
        )
    elif "." in stem:
        checked.problem(
            1,
            f"mkdocs-static-i18n takes what follows the dot in {stem!r} for a language and"
            " drops the page; use a name without a dot",
        )
    elif not re.fullmatch("[a-z0-9_-]+", stem):
        told = (
            "the name of a page is its address; use small letters, digits and hyphens"
        )
        checked.problem(1, told)


def misnamed(root: Path, path: str) -> Problem | None:
    """Say that a page beside an English one is its Chinese page under another name."""
    found = MISNAMED.fullmatch(path)
    if not found or path.endswith(CHINESE) or not (root / f"{found[1]}.md").is_file():
        return None
    return Problem(
        path, 1, f"the Chinese page is called {found[1]}{CHINESE}; rename it"
    )


def no_sibling(page: Page) -> Problem:
    """Say that the page in the other language is missing, or has another name."""
    if wrong := misnamed(page.root, page.path):
        return wrong
    language = "English" if page.chinese else "Chinese"
    others = [
        Page(page.root, file.relative_to(page.root).as_posix(), "")
        for file in files_below((page.root / page.path).parent, "*.md")
    ]
    alone = [
        other.path
        for other in others
        if misnamed(page.root, other.path)
        or (other.chinese != page.chinese and not (page.root / other.sibling).is_file())
    ]
    do = did_you_mean(page.sibling, alone) or f"write {page.sibling}"
    return Problem(page.path, 1, f"there is no {language} page beside it; {do}")


def _title(page: Page, checked: Page) -> None:
    titles = [b for b in page.blocks if b.shape.startswith("heading 1")]
    if len(titles) != 1:
        line = titles[1].line if titles else 1
        checked.problem(
            line, f"a page has one title (# Title {{#id}}); this has {len(titles)}"
        )


def _order(root: Path, page: Page, checked: Page) -> None:
    """Every section of the page's snippet, in order, once; no other one twice."""
    shown: dict[str, int] = {}
    for example in page.examples:
        name = str(example.section)
        if name in shown:
            checked.problem(
                example.line, f"{name} is shown twice, first on line {shown[name]}"
            )
        shown.setdefault(name, example.line)
    files = {example.section.path for example in page.examples} | {page.snippet}
    for path in sorted(files):
        if not (root / "snippets" / path).is_file():
            continue
        names = list(sections_of(root, path)[0])
        here = [e for e in page.examples if e.section.path == path]
        last = -1
        for example in here:
            place = names.index(example.section.name)
            if place < last:
                checked.problem(
                    example.line,
                    f"{example.section} is shown after {names[last]}, which follows it in"
                    " the snippet; show sections in their order",
                )
            last = max(last, place)
        left = [name for name in names if f"{path}:{name}" not in shown]
        if left and path == page.snippet:
            line = sections_of(root, path)[0][left[0]].line - 1
            checked.problem(
                here[-1].line if here else 1,
                f"not shown: {', '.join(left)} of snippets/{path} (line {line}); include"
                " each section, or delete it from the snippet",
            )


def _snippet(root: Path, page: Page) -> list[Problem]:
    """What is wrong with the snippets of an English page and their recorded output."""
    problems: list[Problem] = []
    mistaken = any(not problem.recorded for problem in page.problems)
    for path in sorted({e.section.path for e in page.examples} | {page.snippet}):
        if not (root / "snippets" / path).is_file():
            continue
        code, wrong = sections_of(root, path)
        problems += wrong
        problems += _lessons_imported(root, path)
        old = weights_problem(root, path)
        if old:
            told = f"{old.message}; make record PAGES={page.path}"
            problems.append(Problem(old.path, old.line, told, recorded=True))
        recorded = output_path(path)
        if (root / "snippets" / recorded).is_file():
            outputs, wrong = sections_of(root, recorded)
            problems += wrong
            if mistaken:  # then sections, or what they print, may be missing for that
                continue
            problems += [
                Problem(
                    page.path,
                    example.line,
                    f"{example.section} is recorded to print, but the page shows no output;"
                    f' put under it ```text, --8<-- "{recorded}:{example.section.name}",'
                    " ```, or run make record if it prints no more",
                    recorded=True,
                )
                for example in page.examples
                if example.section.path == path
                and example.output is None
                and example.section.name in outputs
            ]
            problems += [
                Problem(
                    f"snippets/{recorded}",
                    output.line - 1,
                    f"output of a section {name} that snippets/{path} does not have; run"
                    " make record",
                    recorded=True,
                )
                for name, output in outputs.items()
                if name not in code
            ]
    return problems


def _lessons_imported(root: Path, path: str) -> list[Problem]:
    """Lessons that a snippet imports: the import would run all of one, figures and all."""
    code = code_of(root, path)
    return [
        Problem(
            f"snippets/{path}",
            lines_in(code).get(Path(module).stem, 1),
            f"imports {module}, which is a lesson and would run whole; move what both need"
            " into a module that only defines",
        )
        for module in modules_of(root, code, [str(Path(path).parent)])
        if (root / "docs" / module).with_suffix(".md").is_file()
    ]
