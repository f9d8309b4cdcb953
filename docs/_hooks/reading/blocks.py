"""Reads the blocks of a page: what there is, on which line, and what is wrong with it."""

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from reading.fences import Fences
from reading.includes import DIRECTIVE, how
from reading.model import FIGURES, Block, Example, Image, Page

# HTML that Markdown cannot say: a grid of cards.
HTML = re.compile(r'<div class="grid cards" markdown>|</div>')
TITLED = re.compile(r'^(?:!!!|\?\?\?\+?) [a-z]+(?: [a-z]+)? "[^"]+"$')
# What is left of a link that is none.
BROKEN_LINK = re.compile(r"\]\s?[\[(（]")
BAR = re.compile(r"(?<!\\)\|")
ANNOTATION = re.compile(r"# \(\d+\)!?$", re.M)
PLAIN_ID = re.compile("[a-z0-9]+(?:[-_][a-z0-9]+)*")
HEADING_ID = re.compile(r"\s*\{:?\s*#([\w-]+)\s*\}\s*$")

_markdown = (
    MarkdownIt("commonmark")
    .enable("table")
    .use(front_matter_plugin)
    .use(admon_plugin)
    .use(attrs_plugin)
    .use(dollarmath_plugin, allow_labels=False, double_inline=False)
)


@lru_cache(maxsize=2)  # a page is read, and then written as a notebook
def parse(text: str) -> SyntaxTreeNode:
    """Return the syntax tree of the Markdown of a page."""
    return SyntaxTreeNode(_markdown.parse(text))


def is_figure(paragraph: SyntaxTreeNode) -> bool:
    """Return whether a paragraph is an image alone, or with its caption under it."""
    first, *rest = paragraph.children[0].children or [paragraph]
    return first.type == "image" and (not rest or rest[0].type == "softbreak")


class Reader:
    """Walks the syntax tree of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = [f"{line}\n" for line in page.text.split("\n")]
        self.fences = Fences(page, self.lines)

    def read(self) -> None:
        """Read all blocks of the page."""
        self.children(parse(self.page.text), "")
        for number, line in enumerate(self.lines, 1):
            if DIRECTIVE.search(line) and number not in self.fences.lines_inside:
                self.page.problem(
                    number,
                    f"an include outside a code block is published as text; {how()}",
                )
        self.page.problems.sort()

    def children(self, parent: SyntaxTreeNode, within: str) -> None:
        """Read the blocks of one parent; an output belongs to the code right before."""
        example: Example | None = None
        for node in parent.children:
            line = node.map[0] + 1 if node.map else 0
            match node.type:
                case "fence" | "code_block":
                    example = self.fences.read(node, line, within, example)
                    continue
                case "heading":
                    self.heading(node, line, within)
                case "paragraph":
                    image = self.paragraph(node, line, within)
                    if image and example and image.startswith(FIGURES):
                        example.figure = image
                        example.end = self.fences.offsets[node.map[1]]
                case "bullet_list" | "ordered_list":
                    kind = node.type.replace("_", " ")
                    shape = f"{kind} of {len(node.children)} items"
                    self.page.block(line, within + shape)
                    for item in node.children:
                        self.children(item, f"{within}{kind} › ")
                    # Material wants the list of annotations right under their code.
                    if example and ANNOTATION.search(example.section.text):
                        continue
                case "blockquote":
                    self.page.block(line, within + "quotation")
                    self.children(node, f"{within}quotation › ")
                case "admonition":
                    names = node.info.partition('"')[0].strip()
                    kind = f"admonition {node.markup} {names}"
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
                    self.page.block(line, f"{within}formula {formula}")
                case "html_block":
                    self.html(node, line, within)
                case "front_matter":
                    self.front_matter(node)
                case _:
                    self.page.block(line, within + node.type)
            example = None

    def inline(self, node: SyntaxTreeNode, line: int, shape: str) -> Block:
        """Read the text of a paragraph, heading, title or table cell."""
        content = "".join(n.content for n in node.children if n.type == "inline")
        return self.words(node.walk(), content, line, shape)

    def words(
        self, parts: Iterable[SyntaxTreeNode], content: str, line: int, shape: str
    ) -> Block:
        """Read a text, of which the parts and the source are given."""
        block = self.page.block(line, shape)
        block.text = " ".join(content.split())
        for part in parts:
            if part.type == "text":
                block.plain += part.content
            elif part.type == "softbreak":
                block.plain += " "
                line += 1
            elif part.type in ("code_inline", "math_inline"):
                block.plain += " ` "  # a word of its own that is no term
            elif part.type == "link":
                block.links.append(part.attrs["href"])
                if not part.attrs["href"]:
                    self.page.problem(line, "a link to nothing; write [text](page.md)")
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
                line,
                "a link that leads nowhere; write [text](page.md), without spaces and"
                " with ( ) of ASCII",
            )
        return block

    def heading(self, node: SyntaxTreeNode, line: int, within: str) -> None:
        """Read a heading, which ends in an id of its own."""
        found = HEADING_ID.search(node.children[0].content if node.children else "")
        id_ = found[1] if found else ""
        if not id_:
            self.page.problem(
                line,
                "the heading has no id; end it in {#short-id}, the same in both languages",
            )
        elif not PLAIN_ID.fullmatch(id_):
            self.page.problem(
                line, f"the id {id_} is more than small letters, digits, - and _"
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
        """Read a paragraph; where it is an image, return its path below docs/."""
        if not is_figure(node):
            self.inline(node, line, within + "paragraph")
            return None
        image, *caption = node.children[0].children
        target = image.attrs["src"]
        source, _, below = node.children[0].content.partition("\n")
        self.words(image.walk(), source, line, f"{within}image {target}")
        if caption:
            parts = [part for top in caption[1:] for part in top.walk()]
            self.words(parts, below, line + 1, f"{within}caption")
        here = posixpath.dirname(self.page.path.removeprefix("docs/"))
        path = posixpath.normpath(posixpath.join(here, target))
        if path.startswith(FIGURES) and not caption:
            self.page.problem(
                line,
                f"the figure {target} has no caption; say on the line under it what its"
                " axes, colours and marks mean",
            )
        return path

    def front_matter(self, node: SyntaxTreeNode) -> None:
        """Read what stands above a page; what is no YAML MkDocs publishes as text."""
        try:
            yaml.safe_load(node.content)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            told = getattr(error, "problem", None) or str(error)
            self.page.problem(
                mark.line + 2 if mark else 1,
                f"the front matter is no YAML ({told}); put a value with a colon in quotes",
            )

    def table(self, node: SyntaxTreeNode, line: int, within: str) -> None:
        """Read a table, cell by cell."""
        rows = [row for part in node.children for row in part.children]
        shape = f"table of {len(rows)} rows and {len(rows[0].children)} columns"
        self.page.block(line, within + shape)
        table = []
        for row in rows:
            source = self.lines[row.map[0]].strip()
            if len(BAR.findall(source)) != len(rows[0].children) + 1:
                self.page.problem(
                    row.map[0] + 1,
                    "the row has another number of cells than its table; begin and end it"
                    " with |, and write one that is text as \\|",
                )
            cells = [
                self.inline(cell, row.map[0] + 1, f"{within}table › cell")
                for cell in row.children
            ]
            table.append([cell.text for cell in cells])
        self.page.tables.append(table)
        self.page.table_lines.append(line)

    def html(self, node: SyntaxTreeNode, line: int, within: str) -> None:
        """Read a block of HTML, which is nearly always a mistake."""
        content = node.content.strip()
        if re.fullmatch(r"<!--(?:(?!-->).)*-->", content, re.S):
            return
        self.page.block(line, f"{within}html {content}")
        if not HTML.fullmatch(content):
            self.page.problem(
                line,
                f"HTML is not checked ({content.splitlines()[0]}); write Markdown, and code"
                " as an include",
            )
