"""A page and each of its examples as tests of pytest, made by Sybil."""

from pathlib import Path

import pytest
from sybil import Document, Region, Sybil
from sybil.example import Example as SybilExample

from checker import again, drift, record, run, words
from checker.examples import difference
from checker.structure import no_sibling, structure_problems
from checker.translation import translation_problems
from reading.includes import sections_of
from reading.model import Page
from reading.pages import read_page
from reading.problems import Problem
from reading.sections import Section


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
    """Sybil's parser and runner, with items named after what they check.

    Attributes:
        failed: pages of which an example has failed, and its line.
        written: files that the item that runs now has recorded.
        unread: what was told of the file of all pairs, which cannot be read.
    """

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
        self.unread = ""

    def identify(self, example: SybilExample) -> str:
        return example.parsed[0]

    def regions(self, document: Document) -> list[Region]:
        page = read_page(
            self.root, Path(document.path).relative_to(self.root).as_posix()
        )
        regions = [Region(0, 0, ("page", page, None), self.page)]
        for index, example in enumerate(page.examples):
            name = name_on(page, example.section)
            regions.append(
                Region(example.start, example.end, (name, page, index), self.example)
            )
        return regions

    def page(self, example: SybilExample) -> None:
        """Check the page as a whole; in recording, write what its code did first."""
        _, page, _ = example.parsed
        problems: list[Problem] = []
        unread = ""
        if self.recording:
            problems += refused_at_once(self.root, page)
            if not problems and not page.chinese:
                self.record(page)
            # What was recorded is there now.
            page = read_page(self.root, page.path)
        problems += structure_problems(self.root, page)
        if not (self.root / page.sibling).is_file():
            problems.append(no_sibling(page))
        elif page.chinese:
            try:
                if self.recording and not problems:
                    problems += self.record_pairs(page)
                problems += translation_problems(self.root, page)
            except ValueError as error:
                unread = str(error)
        if unread and unread == self.unread and not problems:
            pytest.skip(f"not compared: {drift.RECORDED} cannot be read")
        self.unread = unread or self.unread
        if problems or unread:
            listed = list(dict.fromkeys(filter(None, [*map(str, problems), unread])))
            pytest.fail("\n".join(listed), pytrace=False)

    def record(self, page: Page) -> None:
        """Record what the code of a page prints and draws."""
        refused = None
        try:
            self.written += record.record_page(self.root, page)
        except record.RefusedError as error:
            refused = error
        if refused:  # told outside of except, or pytest would tell both errors
            self.fail(page, refused.line, str(refused))

    def record_pairs(self, page: Page) -> list[Problem]:
        """Record that the Chinese of a page says what its English says."""
        file = self.root / drift.RECORDED
        before = file.read_bytes() if file.is_file() else b""
        problems = drift.record_pairs(self.root, page, self.confirmed)
        if file.is_file() and file.read_bytes() != before:
            self.written.append(drift.RECORDED)
        return problems

    def sections(self, page: Page) -> tuple[Section, ...]:
        return tuple(example.section for example in page.examples)

    def example(self, example: SybilExample) -> None:
        """Run the page's code, and compare one section with what the page shows."""
        _, page, index = example.parsed
        sections = self.sections(page)
        if page.problems or any(
            sections_of(self.root, section.path)[1] for section in sections
        ):
            pytest.skip(f"not run: {page.path} cannot be read whole")
        if page.path in self.failed:
            line = self.failed[page.path]
            pytest.skip(f"not run: {page.path}:{line} failed")
        shown = page.examples[index]
        outcomes = run.run(self.root, sections)
        raised = next((i for i, each in enumerate(outcomes) if each.error), None)
        error = "" if raised is None else outcomes[raised].error
        if error and raised <= index:  # before it, if that item was not asked for
            self.fail(page, page.examples[raised].line, error)
        line, message = difference(self.root, page, shown, outcomes[index])
        if message and error:  # which comes first, for nothing can be recorded before
            also = f"Before that, {page.path}:{line} shows something else than the code"
            self.fail(page, page.examples[raised].line, f"{error}\n  {also} printed.")
        if message:
            unstable = again.unstable(self.root, sections, outcomes, page.snippet)
            if unstable and unstable[0] != shown.section:
                line = page.examples[sections.index(unstable[0])].line
            self.fail(page, line, unstable[1] if unstable else message)

    def fail(self, page: Page, line: int, message: str) -> None:
        """Fail the item, and keep the page's later examples from failing after it."""
        self.failed.setdefault(page.path, line)
        pytest.fail(f"{page.path}:{line}: {message}", pytrace=False)


def name_on(page: Page, section: Section) -> str:
    """Return what sets a section apart from the others that a page shows.

    A module may have a section of the same name. Tests of one name are one test to xdist,
    which then runs the first and reports nothing of the other.
    """
    is_own = section.path == page.snippet and section.name != "page"
    return section.name if is_own else str(section)


def refused_at_once(root: Path, page: Page) -> list[Problem]:
    """Why a page cannot be recorded, as far as one sees without running its code."""
    problems = [p for p in structure_problems(root, page) if not p.recorded]
    for example in () if page.chinese else page.examples:
        seen = words.words_seen(example.section)
        if seen:
            told = words.told(example.section, seen)
            problems.append(Problem(page.path, example.line, told))
    return problems
