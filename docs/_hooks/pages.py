"""What a page is made of: its blocks in order, its examples, its headings.

The site build, the checker and the comparison of the two languages all read pages
through this module, so they agree on what a page is. Pages are read with markdown-it-py,
which knows the line of every block.
"""

import ast
import posixpath
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from includes import DIRECTIVE, HOW, IncludeError, resolve
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from sections import Problem, Section, read_text

CHINESE = ".zh.md"
FIGURES = "assets/figures/"
# Blocks that are shown and not run: commands for a shell, and samples of pages.
NOT_RUN = {"sh", "markdown"}
# How jupytext writes the opening of a code cell.
CELL = re.compile(r'```python(?: alt="([^"]+)")?$')
DRAWS = re.compile(r"^\s*plt\.show\(\)", re.M)

# HTML that Markdown cannot say: a grid of cards.
HTML = re.compile(r'<div class="grid cards" markdown>|</div>')
TITLED = re.compile(r'^(?:!!!|\?\?\?\+?) [a-z]+ "[^"]+"$')
# What is left of a link that is none.
BROKEN_LINK = re.compile(r"\]\s?[\[(]")
ANNOTATION = re.compile(r"# \(\d+\)!?$", re.M)
HEADING_ID = re.compile(r"\s*\{:?\s*#([\w-]+)\s*\}\s*$")

_markdown = (
    MarkdownIt("commonmark")
    .enable("table")
    .use(front_matter_plugin)
    .use(admon_plugin)
    .use(attrs_plugin)
    .use(dollarmath_plugin, allow_labels=False, double_inline=False)
)


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
    """A code cell of a lab: its code, its line, what one sees in its figure."""

    code: str
    line: int
    alt: str


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
    def sibling(self) -> str:
        """Path of the same page in the other language."""
        stem = self.path.removesuffix(CHINESE).removesuffix(".md")
        return stem + (".md" if self.chinese else CHINESE)

    @property
    def snippet(self) -> str:
        """The snippet whose path mirrors the page's, relative to snippets/."""
        english = self.sibling if self.chinese else self.path
        return english.removeprefix("docs/").removesuffix(".md") + ".py"

    def problem(self, line: int, message: str, recorded: bool = False) -> None:
        """Note that something is wrong on a line of this page."""
        self.problems.append(Problem(self.path, line, message, recorded))


def figure_of(section: Section) -> str:
    """Where the figure that a section draws is kept, relative to docs/."""
    return f"{FIGURES}{section.path.removesuffix('.py')}-{section.name}.svg"


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
    if not problems:
        _Reader(page).read()
    return page


@lru_cache(maxsize=2)  # a page is read, and then written as a notebook
def parse(text: str) -> SyntaxTreeNode:
    """Return the syntax tree of the Markdown of a page."""
    return SyntaxTreeNode(_markdown.parse(text))


class _Reader:
    """Walks the syntax tree of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = [f"{line}\n" for line in page.text.split("\n")]
        self.offsets = [0]
        for line in self.lines:
            self.offsets.append(self.offsets[-1] + len(line))
        self.includes: set[int] = set()
        self.broken = False  # whether the last block was code that could not be read

    def read(self) -> None:
        self.children(parse(self.page.text), "")
        for number, line in enumerate(self.lines, 1):
            if DIRECTIVE.search(line) and number not in self.includes:
                self.page.problem(
                    number,
                    f"an include outside a code block is published as text; {HOW}",
                )
        self.page.problems.sort()

    def children(self, parent: SyntaxTreeNode, within: str) -> None:
        """Read the blocks of one parent; an output belongs to the code right before."""
        example: Example | None = None
        for node in parent.children:
            line = node.map[0] + 1 if node.map else 0
            match node.type:
                case "fence" | "code_block":
                    example = self.code(node, line, within, example)
                    continue
                case "heading":
                    self.heading(node, line, within)
                case "paragraph":
                    image = self.paragraph(node, line, within)
                    if image and example and image.startswith(FIGURES):
                        example.figure = image
                        example.end = self.offsets[node.map[1]]
                case "bullet_list" | "ordered_list":
                    kind = node.type.replace("_", " ")
                    shape = f"{kind} of {len(node.children)} items"
                    self.block(line, within + shape)
                    for item in node.children:
                        self.children(item, f"{within}{kind} › ")
                    # Material wants the list of annotations right under their code.
                    if example and ANNOTATION.search(example.section.text):
                        continue
                case "blockquote":
                    self.block(line, within + "quotation")
                    self.children(node, f"{within}quotation › ")
                case "admonition":
                    kind = f"admonition {node.markup} {node.meta['tag']}"
                    if not TITLED.search(self.lines[line - 1].strip()):
                        self.page.problem(
                            line,
                            "give the box a title in quotes, in the language of the page:"
                            ' !!! note "Title"',
                        )
                    self.inline(node.children[0], line, f"{within}{kind}, title")
                    self.children(node, f"{within}{kind} › ")
                case "admonition_title":
                    pass
                case "table":
                    self.table(node, line, within)
                case "math_block":
                    formula = " ".join(node.content.split())
                    self.block(line, f"{within}formula {formula}")
                case "html_block":
                    self.html(node, line, within)
                case "front_matter":
                    pass
                case _:
                    self.block(line, within + node.type)
            example = None

    def block(self, line: int, shape: str) -> Block:
        block = Block(line, shape)
        self.page.blocks.append(block)
        return block

    def inline(self, node: SyntaxTreeNode, line: int, shape: str) -> Block:
        """Read the text of a paragraph, heading, title or table cell."""
        block = self.block(line, shape)
        for part in node.walk():
            if part.type == "inline":
                block.text = " ".join(part.content.split())
            elif part.type == "text":
                block.plain += part.content
            elif part.type == "softbreak":
                block.plain += " "
                line += 1
            elif part.type in ("code_inline", "math_inline"):
                block.plain += " ` "  # a word of its own that is no term
            elif part.type == "link":
                block.links.append(part.attrs["href"])
            elif part.type == "image":
                image = Image(line, part.attrs["src"], part.content.strip())
                block.links.append(image.target)
                self.page.images.append(image)
                if not image.alt:
                    self.page.problem(
                        line,
                        f"the image {image.target} has no alternative text; say between"
                        " the brackets what one sees",
                    )
            elif part.type == "html_inline":
                self.page.problem(
                    line, f"HTML inside a line ({part.content}); use Markdown"
                )
        if BROKEN_LINK.search(block.plain):
            self.page.problem(
                line, "a link that leads nowhere; write [text](page.md), without spaces"
            )
        return block

    def heading(self, node: SyntaxTreeNode, line: int, within: str) -> None:
        found = HEADING_ID.search(node.children[0].content if node.children else "")
        id_ = found[1] if found else ""
        if not id_:
            self.page.problem(
                line,
                "the heading has no id; end it in {#short-id}, the same in both languages",
            )
        elif id_ in self.page.ids:
            self.page.problem(
                line,
                f"the id {id_} is taken by the heading on line {self.page.ids[id_]}",
            )
        self.page.ids.setdefault(id_, line)
        block = self.inline(node, line, f"{within}heading {node.tag[1]} {{#{id_}}}")
        block.plain = HEADING_ID.sub("", block.plain)

    def paragraph(self, node: SyntaxTreeNode, line: int, within: str) -> str | None:
        """Read a paragraph; where it is one image alone, return its path below docs/."""
        parts = node.children[0].children
        if len(parts) == 1 and parts[0].type == "image":
            target = parts[0].attrs["src"]
            self.inline(node, line, f"{within}image {target}")
            here = posixpath.dirname(self.page.path.removeprefix("docs/"))
            return posixpath.normpath(posixpath.join(here, target))
        self.inline(node, line, within + "paragraph")
        return None

    def table(self, node: SyntaxTreeNode, line: int, within: str) -> None:
        rows = [row for part in node.children for row in part.children]
        shape = f"table of {len(rows)} rows and {len(rows[0].children)} columns"
        self.block(line, within + shape)
        table = []
        for row in rows:
            cells = [
                self.inline(cell, row.map[0] + 1, f"{within}table › cell")
                for cell in row.children
            ]
            table.append([cell.text for cell in cells])
        self.page.tables.append(table)
        self.page.table_lines.append(line)

    def html(self, node: SyntaxTreeNode, line: int, within: str) -> None:
        content = node.content.strip()
        if re.fullmatch(r"<!--(?:(?!-->).)*-->", content, re.S):
            return
        self.block(line, f"{within}html {content}")
        if not HTML.fullmatch(content):
            self.page.problem(
                line,
                f"HTML is not checked ({content.splitlines()[0]}); write Markdown, and code"
                " as an include",
            )

    def cell(self, opening: str, code: str, line: int) -> None:
        """Read a code cell of a lab, and the text that stands for its figure."""
        found = CELL.match(opening)
        if not found:
            message = f'cannot read {opening!r}; write ```python or ```python alt="…"'
            self.page.problem(line, message)
            return
        alt = found[1] or ""
        if bool(DRAWS.search(code)) != bool(alt):
            message = (
                'the cell draws, so say what one sees: ```python alt="…"'
                if not alt
                else "the cell has a text for a figure, and no plt.show()"
            )
            self.page.problem(line, message)
        try:
            shape = without_words(code)
        except SyntaxError as error:
            self.page.problem(line + (error.lineno or 0), f"no Python: {error.msg}")
            return
        self.page.cells.append(Cell(code, line, alt))
        self.block(line, "code cell, apart from strings and comments\n" + shape)
        if alt:
            block = self.block(line, "image drawn by the cell")
            block.text = block.plain = alt

    def code(
        self, node: SyntaxTreeNode, line: int, within: str, before: Example | None
    ) -> Example | None:
        """Read a code block; return the example that it opens or adds to."""
        broken, self.broken = self.broken, False
        first, last = node.map
        opening = self.lines[first].strip()
        content = node.content.removesuffix("\n")
        if node.type == "fence":
            self.includes.update(range(first + 1, last + 1))
            closing = self.lines[last - 1].strip()
            if last - 1 == first or set(closing) != {node.markup[0]}:
                self.page.problem(
                    line,
                    f"the block is never closed; add {node.markup}, or indent what is inside"
                    " a box or a list by four spaces",
                )
                return None
            language = node.info.split()[0] if node.info.strip() else ""
            if self.page.lab and language == "python":
                self.cell(opening, content, line)
                return None
            if language in NOT_RUN:
                self.block(line, f"{within}{language} block {content}")
                if DIRECTIVE.search(content):
                    self.page.problem(
                        line,
                        f"an include in a {language} block; to show the directive itself,"
                        " put a semicolon in front of it",
                    )
                return None
        if opening not in ("```python", "```text"):
            shown = opening if node.type == "fence" else "indented code"
            self.page.problem(
                line, f"a code block that is not an include ({shown}); {HOW}"
            )
            return None
        try:
            include = resolve(self.page.root, content, output=opening == "```text")
        except IncludeError as error:
            self.page.problem(line + 1, str(error), error.recorded)
            include = error.missing
        if include is None:
            self.broken = opening == "```python"
            return None
        self.block(line, f"{within}code {include}")
        start = (
            self.offsets[first]
            + len(self.lines[first])
            - len(self.lines[first].lstrip())
        )
        if opening == "```python":
            example = Example(include, line, start, self.offsets[last])
            example.output_line = last
            self.page.examples.append(example)
            return example
        expected = before and f"{before.section.path.removesuffix('.py')}.txt"
        if before is None and broken:
            pass  # told once, at the code
        elif before is None or before.output:
            self.page.problem(
                line,
                f"the output {include} follows no code; put it under its ```python block",
            )
        elif (include.path, include.name) != (expected, before.section.name):
            self.page.problem(
                line,
                f"the output {include} stands under the code {before.section}; show"
                f' "{expected}:{before.section.name}"',
            )
        else:
            before.output = include.text
            before.output_line = line
            before.end = self.offsets[last]
            return before
        return None


def without_words(code: str) -> str:
    """What two languages must share of some code: all but strings and comments."""

    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:  # noqa: N802
            return ast.Constant("…") if isinstance(node.value, str) else node

    return textwrap.indent(ast.unparse(Blank().visit(ast.parse(code))), "    ")


def page_paths(root: Path) -> Iterator[str]:
    """All pages below docs/, relative to the root; what starts with _ is not one."""
    for path in sorted((root / "docs").rglob("*.md")):
        relative = path.relative_to(root)
        if not any(part.startswith("_") for part in relative.parts):
            yield relative.as_posix()
