"""What a page is made of: its blocks in order, its examples, its headings.

`reading.pages.read_page` makes it. The site build, the checker and the comparison of the
two languages all read pages through it, so they agree on what a page is.
"""

from dataclasses import dataclass, field
from pathlib import Path

from reading.problems import Problem
from reading.sections import Section

CHINESE = ".zh.md"
FIGURES = "assets/figures/"
# The code of all lessons, which the build packs.
ARCHIVE = "code-first.zip"
# The page that says how to run it, below docs/.
GUIDE = "about/run.md"


@dataclass
class Block:
    """One block of a page.

    Attributes:
        line: line on which it starts, counted from 1.
        shape: what both languages must share: "heading 2 {#step}", "list of 3 items".
        text: its source, with white space folded; empty where it holds no prose.
        plain: the words a reader sees, without code, formulas and link targets.
        links: where its links and images lead, in order.
    """

    line: int
    shape: str
    text: str = ""
    plain: str = ""
    links: list[str] = field(default_factory=list)


@dataclass
class Example:
    """Code on a page, the output shown under it, and the figure under that.

    Attributes:
        section: the code.
        line: line of the page on which its block starts.
        start: offset of the first character of the block in the page.
        end: offset behind the last character of the last of its blocks.
        output: the section of recorded output that the page shows, if it shows one.
        output_line: line of that block; the line behind the code where there is none.
        figure: path of the image that follows, relative to docs/, if one follows.
    """

    section: Section
    line: int
    start: int
    end: int
    output: str | None = None
    output_line: int = 0
    figure: str | None = None


@dataclass
class Cell:
    """A code cell of a lab: its code, its line, what one sees in its figure, a caption."""

    code: str
    line: int
    alt: str
    caption: str


@dataclass
class Image:
    """An image: where it stands, where it leads, and its alternative text."""

    line: int
    target: str
    alt: str


@dataclass
class Page:
    """A page as the checker sees it; `read_page` makes it."""

    root: Path
    path: str
    text: str
    blocks: list[Block] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    tables: list[list[list[str]]] = field(default_factory=list)
    table_lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def chinese(self) -> bool:
        """Whether this is the Chinese page of its pair."""
        return self.path.endswith(CHINESE)

    @property
    def lab(self) -> bool:
        """Whether this is a lab: a page with its code in it, run by the site build."""
        return "\n  kernelspec:\n" in self.text.partition("\n---\n")[0]

    @property
    def unread(self) -> bool:
        """Whether the file could not be read, so that nothing is known of its blocks."""
        return bool(self.problems) and not self.blocks

    @property
    def sibling(self) -> str:
        """Path of the same page in the other language."""
        stem = self.path.removesuffix(CHINESE).removesuffix(".md")
        return stem + (".md" if self.chinese else CHINESE)

    @property
    def snippet(self) -> str:
        """The snippet whose path mirrors the page's, relative to snippets/."""
        english = self.sibling if self.chinese else self.path
        return english.removeprefix("docs/").removesuffix(".md") + ".py"

    def block(self, line: int, shape: str) -> Block:
        """Add a block."""
        block = Block(line, shape)
        self.blocks.append(block)
        return block

    def problem(self, line: int, message: str, recorded: bool = False) -> None:
        """Note that something is wrong on a line of this page."""
        self.problems.append(Problem(self.path, line, message, recorded))


def figure_of(section: Section) -> str:
    """Where the figure that a section draws is kept, relative to docs/."""
    return f"{FIGURES}{section.path.removesuffix('.py')}-{section.name}.svg"


def output_path(snippet: str) -> str:
    """Where the output of a snippet is kept, as it relative to snippets/."""
    return snippet.removesuffix(".py") + ".txt"
