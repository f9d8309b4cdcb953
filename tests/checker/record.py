"""Write what the code printed and drew beside it; the only writer of these files."""

import hashlib
import re
from pathlib import Path

from checker import again, run
from checker.files import write_whole
from checker.outcome import Outcome
from reading.imports import code_of, imported
from reading.includes import sections_of
from reading.model import FIGURES, Page, figure_of, output_path
from reading.pages import page_paths, read_page
from reading.problems import Problem
from reading.sections import Section
from reading.weights import SUFFIX, recorded_weights, sum_of_code, weights_problem

HEADER = "# Written by make record, never by hand; {}\n"


def digest(root: Path, snippet: str, recorded: str) -> str:
    """Sum of a snippet, what it imports, the weights of that, its outputs and figures.

    Args:
        root: the folder that holds docs/ and snippets/.
        snippet: the snippet, relative to snippets/.
        recorded: its outputs as they stand below the header.
    """
    sums = hashlib.sha256(recorded.encode())
    modules = imported(root, snippet)
    for path in modules:
        sums.update(code_of(root, path))
    for path in recorded_weights(root, modules):
        sums.update((root / "snippets" / path).read_bytes())
    for section in sections_of(root, snippet)[0].values():
        figure = root / "docs" / figure_of(section)
        if figure.is_file():
            sums.update(figure.read_bytes())
    return sums.hexdigest()[:16]


def untouched(root: Path, snippet: str) -> bool:
    """Whether code, outputs and figures are as the recorder left them.

    Then a difference in the last digit is the machine's.
    """
    path = root / "snippets" / output_path(snippet)
    if not path.is_file():
        return False
    header, line_end, recorded = path.read_text(encoding="utf-8").partition("\n")
    return header + line_end == HEADER.format(digest(root, snippet, recorded))


def stale_problems(root: Path, page: Page) -> list[Problem]:
    """What an English page shows that was not recorded with the code as it is now.

    The code decides nothing here: somebody may have changed it, what it imports, a result
    or a figure, and not have recorded the page.
    """
    shown = dict.fromkeys([page.snippet, *(e.section.path for e in page.examples)])
    problems = []
    for path in () if page.chinese else shown:
        own = f"docs/{path.removesuffix('.py')}.md"
        recorded = f"snippets/{output_path(path)}"
        draws = any(e.figure for e in page.examples if e.section.path == path)
        there = (root / recorded).is_file() or draws
        if there and not untouched(root, path):
            command = own if (root / own).is_file() else page.path
            told = (
                "this, a figure, or the code was changed and not recorded; make record"
                f" PAGES={command}"
            )
            problems.append(Problem(recorded, 1, told))
    return problems


class RefusedError(Exception):
    """Code whose results cannot be recorded.

    Attributes:
        line: line of the page on which the code stands.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def record_page(root: Path, page: Page) -> list[str]:
    """Run the code of a page and write its outputs and figures.

    Args:
        root: the folder that holds docs/ and snippets/.
        page: an English page without problems.

    Returns:
        The files that changed.

    Raises:
        RefusedError: the code fails, or does something else when it runs again; nothing
            was written.
    """
    sections = tuple(example.section for example in page.examples)
    if not sections:
        return []
    anew = _to_train(root, page)
    outcomes = run.run(root, sections, anew)
    for example, outcome in zip(page.examples, outcomes, strict=False):
        if outcome.error:
            raise RefusedError(example.line, outcome.error)
    unstable = again.unstable(root, sections, outcomes, page.snippet, anew)
    if unstable:
        section, why = unstable
        line = page.examples[sections.index(section)].line
        raise RefusedError(line, f"{why}; nothing was recorded")
    changed = write_weights(root, outcomes[-1].weights)
    for path in dict.fromkeys(section.path for section in sections):
        has_own_page = (root / "docs" / path).with_suffix(".md").is_file()
        if path != page.snippet and has_own_page:
            continue
        pairs = zip(sections, outcomes, strict=True)
        results = [(section, out) for section, out in pairs if section.path == path]
        changed += write_results(root, results, path)
    return changed


def _to_train(root: Path, page: Page) -> frozenset[str]:
    """Return the modules that a page shows and whose weights are missing or old.

    Raises:
        RefusedError: a module that the page does not show has old weights.
    """
    shown = {example.section.path: example.line for example in page.examples}
    modules = dict.fromkeys(m for path in shown for m in imported(root, path))
    for module in modules:
        problem = weights_problem(root, module)
        if problem and module not in shown:
            line = next(iter(shown.values()))
            first = f"make record PAGES={_page_that_shows(root, module)}"
            raise RefusedError(line, f"{problem}; first {first}")
    recorded = set(recorded_weights(root, list(shown)))
    return frozenset(
        module
        for module in shown
        if Path(module).with_suffix(SUFFIX).as_posix() not in recorded
        or weights_problem(root, module)
    )


def _page_that_shows(root: Path, module: str) -> str:
    """Return the first English page that shows a section of a module."""
    pages = (read_page(root, path) for path in page_paths(root))
    shows = (
        page.path
        for page in pages
        if not page.chinese and any(e.section.path == module for e in page.examples)
    )
    return next(shows, "(the page that will show it)")


def write_weights(root: Path, weights: dict[str, bytes]) -> list[str]:
    """Write weights beside the modules that trained them, with the sum of that code.

    Args:
        root: the folder that holds snippets/.
        weights: what was trained, as safetensors, by its module.

    Returns:
        The files that changed.
    """
    changed = []
    for module, content in weights.items():
        from safetensors.numpy import load, save  # slow, and rarely needed

        made = {"code": sum_of_code(root, module)}
        path = (root / "snippets" / module).with_suffix(SUFFIX)
        if write_whole(path, save(load(content), metadata=made)):
            changed.append(path.relative_to(root).as_posix())
    return changed


def write_results(
    root: Path, results: list[tuple[Section, Outcome]], snippet: str
) -> list[str]:
    """Write the outputs and figures of the sections of one snippet.

    Args:
        root: the folder that holds docs/ and snippets/.
        results: the sections of the snippet, in order, and what they did.
        snippet: the snippet, relative to snippets/.

    Returns:
        The files that changed. What is no longer printed or drawn is deleted.
    """
    parts, figures = [], {}
    for section, outcome in results:
        if outcome.printed:
            marker = f"--8<-- [{{}}:{section.name}]\n"
            parts.append(
                marker.format("start") + outcome.printed + marker.format("end")
            )
        figure = root / "docs" / figure_of(section)
        figures[figure] = b"".join(outcome.figures)
    # A section that was renamed leaves its figure behind.
    stem = (root / "docs" / FIGURES / snippet).with_suffix("")
    for figure in stem.parent.glob(f"{stem.name}-*.svg"):
        if re.fullmatch(r"[a-z0-9_]+", figure.stem.removeprefix(f"{stem.name}-")):
            figures.setdefault(figure, b"")
    text = "\n".join(parts)
    changed = [path for path, svg in figures.items() if write_whole(path, svg)]
    if text or any(figures.values()):
        text = HEADER.format(digest(root, snippet, text)) + text
    path = root / "snippets" / output_path(snippet)
    if write_whole(path, text.encode()):
        changed.append(path)
    return [path.relative_to(root).as_posix() for path in changed]
