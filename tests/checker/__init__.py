"""The checker: a pytest plugin that reads every page and runs every example on it.

``pytest`` checks all, ``pytest docs/line/descent.md`` one page, ``pytest --changed``
runs the examples of the pages that changed since the last commit, ``pytest --record``
writes what the examples print and draw.
"""

from pathlib import Path

import pytest
from reading.imports import imported
from reading.includes import sections_of
from reading.model import CHINESE, Example, Page, figure_of
from reading.pages import page_paths, read_page
from reading.sections import Section
from sybil import Document, Region, Sybil
from sybil.example import Example as SybilExample

from checker import compare, record, run, structure, translation
from checker.files import changed_files


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pages", "pages and their examples")
    group.addoption(
        "--record",
        action="store_true",
        help="run everything, and write outputs, figures and translations",
    )
    group.addoption(
        "--confirm",
        action="append",
        default=[],
        metavar="PAGE:LINE",
        help="with --record: this English paragraph changed, its Chinese still holds",
    )
    group.addoption(
        "--changed",
        action="store_true",
        help="run only the examples of pages that changed since the last commit",
    )


class PageDocument(Document):
    """A page, read so that bad bytes become a problem of the page, not an exception."""

    @classmethod
    def parse(cls, path: str, *parsers, encoding: str = "utf-8") -> Document:
        text = Path(path).read_text(encoding=encoding, errors="replace")
        document = cls(text, path)
        for region in (region for parser in parsers for region in parser(document)):
            document.add(region)
        return document


class Pages(Sybil):
    """Sybil's parser and runner, with items named after what they check."""

    def __init__(self, config: pytest.Config) -> None:
        super().__init__(
            parsers=[self.regions],
            pattern="*.md",
            excludes=["_*", "_*/*", "_*/**/*"],
            path=str(config.rootpath / "docs"),
            document_types={None: PageDocument},
        )
        self.root = config.rootpath
        self.recording = config.getoption("--record")
        self.confirmed = config.getoption("--confirm")
        self.failed: dict[str, int] = {}
        self.written: list[str] = []

    def identify(self, example: SybilExample) -> str:
        return example.parsed[0]

    def regions(self, document: Document) -> list[Region]:
        page = read_page(
            self.root, Path(document.path).relative_to(self.root).as_posix()
        )
        regions = [Region(0, 0, ("page", page), self.page)]
        if page.examples:
            run.warm_up()
        for index, example in enumerate(page.examples):
            name = example.section.name
            regions.append(
                Region(example.start, example.end, (name, page, index), self.example)
            )
        return regions

    def page(self, example: SybilExample) -> None:
        """Check the page as a whole; in recording, write what its code did first."""
        _, page = example.parsed
        problems = structure.structure_problems(self.root, page)
        if self.recording:
            problems = [p for p in problems if not p.recorded]
            if not problems and not page.chinese:
                self.record(page)
            # What was recorded is there now.
            page = read_page(self.root, page.path)
            problems = structure.structure_problems(self.root, page)
        if not (self.root / page.sibling).is_file():
            problems.append(structure.no_sibling(page))
        elif page.chinese:
            try:
                if self.recording and not problems:
                    problems += translation.record_pairs(
                        self.root, page, self.confirmed
                    )
                problems += translation.translation_problems(self.root, page)
            except ValueError as error:
                problems.append(error)
        if problems:
            listed = list(dict.fromkeys(map(str, problems)))
            pytest.fail("\n".join(listed), pytrace=False)

    def sections(self, page: Page) -> tuple[Section, ...]:
        return tuple(example.section for example in page.examples)

    def record(self, page: Page) -> None:
        """Write the outputs and figures of the snippets that the page shows."""
        sections = self.sections(page)
        if not sections:
            return
        outcomes = run.run(self.root, sections)
        for example, outcome in zip(page.examples, outcomes, strict=False):
            if outcome.error:
                self.fail(page, example.line, outcome.error)
        unstable = run.unstable(self.root, sections, outcomes, page.snippet)
        if unstable:
            section, why = unstable
            line = page.examples[sections.index(section)].line
            self.fail(page, line, f"{why}; nothing was recorded")
        for path in dict.fromkeys(section.path for section in sections):
            has_own_page = (self.root / "docs" / path).with_suffix(".md").is_file()
            if path != page.snippet and has_own_page:
                continue
            results = [
                (section, outcome)
                for section, outcome in zip(sections, outcomes, strict=True)
                if section.path == path
            ]
            self.written += record.record(self.root, results, path)

    def example(self, example: SybilExample) -> None:
        """Run the page's code, and compare one section with what the page shows."""
        _, page, index = example.parsed
        if page.problems or any(
            sections_of(self.root, section.path)[1] for section in self.sections(page)
        ):
            pytest.skip(f"not run: {page.path} cannot be read whole")
        if page.path in self.failed:
            line = self.failed[page.path]
            pytest.skip(f"not run: {page.path}:{line} failed")
        shown = page.examples[index]
        sections = self.sections(page)
        outcomes = run.run(self.root, sections)
        outcome = outcomes[index]
        if outcome.error:
            self.fail(page, shown.line, outcome.error)
        section = shown.section
        exact = not record.untouched(self.root, section.path)
        line, difference = shown.line, ""
        if shown.output is None and outcome.printed:
            difference = (
                f"the code of {section} prints, but the page shows no output; put under it"
                f' ```text, --8<-- "{record.output_path(section.path)}:{section.name}", ```'
            )
        elif not compare.same_output(shown.output or "", outcome.printed, exact):
            line = shown.output_line
            output = record.output_path(section.path)
            difference = (
                f"this is not what the code prints\n"
                f"  code   snippets/{section.path}:{section.line} (section {section.name})\n"
                f"  output snippets/{output}\n"
                + compare.side_by_side(shown.output, outcome.printed)
                + "\n  If the code is right: make record, and read the diff."
            )
        else:
            difference = self.figure(shown, outcome, exact)
        if difference:
            unstable = run.unstable(self.root, sections, outcomes, page.snippet)
            self.fail(page, line, unstable[1] if unstable else difference)

    def figure(self, shown: Example, outcome: run.Outcome, exact: bool) -> str:
        """Compare the figure of a section with the recorded one."""
        own = figure_of(shown.section)
        recorded = self.root / "docs" / own
        if not outcome.figures:
            if shown.figure:
                return f"{shown.section} draws nothing, but the page shows {own}"
            return ""
        if not shown.figure:
            return f"{shown.section} draws a figure that the page does not show ({own})"
        if not recorded.is_file():
            return f"docs/{own} is missing; run make record"
        if not compare.same_figure(recorded.read_bytes(), outcome.figures[0], exact):
            return (
                f"docs/{own} is not what the code draws now\n"
                f"  code   snippets/{shown.section.path}:{shown.section.line}\n"
                "  If the code is right: make record, and look at the figure."
            )
        return ""

    def fail(self, page: Page, line: int, message: str) -> None:
        """Fail the item, and keep the page's later examples from failing after it."""
        self.failed.setdefault(page.path, line)
        pytest.fail(f"{page.path}:{line}: {message}", pytrace=False)


class _Collect:
    """Hands the pages below docs/ to Sybil, and says at the end what was recorded."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.pytest_collect_file = pages.pytest()

    def pytest_terminal_summary(self, terminalreporter) -> None:
        for file in self.pages.written:
            terminalreporter.write_line(f"recorded {file}")


def pytest_configure(config: pytest.Config) -> None:
    for name in config.getoption("--confirm"):
        path, _, line = name.rpartition(":")
        if not config.getoption("--record"):
            raise pytest.UsageError("--confirm goes with --record")
        if (
            not line.isdecimal()
            or path.endswith(CHINESE)
            or path not in page_paths(config.rootpath)
        ):
            raise pytest.UsageError(
                f"--confirm {name}: name an English paragraph, as docs/index.md:12"
            )
    config.pluginmanager.register(_Collect(Pages(config)))


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """With --changed, leave out the examples of pages that nothing changed.

    With --record, leave out all: the page records them. A confirmation of a page that is
    not run would be ignored, so it is refused.
    """
    checked = {
        item.example.parsed[1].path for item in items if hasattr(item, "example")
    }
    for name in config.getoption("--confirm"):
        path = name.rpartition(":")[0].removesuffix(".md") + CHINESE
        if path not in checked:
            raise pytest.UsageError(f"--confirm {name}: {path} is not part of this run")
    if config.getoption("--record"):  # the item of a page runs all of it
        changed = set()
    elif config.getoption("--changed"):
        try:
            changed = changed_files(config.rootpath)
        except RuntimeError as error:
            raise pytest.UsageError(str(error)) from None
    else:
        return
    keep, leave = [], []
    for item in items:
        parsed = item.example.parsed if hasattr(item, "example") else ("page", None)
        page = parsed[1]
        used = {page.path} if page else set()
        for example in page.examples if page else ():
            path = example.section.path
            used |= {f"snippets/{p}" for p in imported(config.rootpath, path)}
            used |= {f"snippets/{record.output_path(path)}", f"docs/{example.figure}"}
        (keep if parsed[0] == "page" or used & changed else leave).append(item)
    items[:] = keep
    config.hook.pytest_deselected(items=leave)
