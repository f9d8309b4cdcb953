"""The cells of a notebook: the blocks of a page, as Jupyter holds and shows them."""

import posixpath
import re
import textwrap
from base64 import b64decode, b64encode
from html import escape
from urllib.parse import urljoin

from markdown_it.tree import SyntaxTreeNode
from mkdocs.structure.files import File

from publishing.images import PNG, SVG, size_of
from reading.blocks import HEADING_ID, is_figure
from reading.model import CHINESE, Example, Page

# Links, and attributes behind them; code and formulas hold neither.
_INLINE = re.compile(
    r"(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|\$[^$]+\$"
    r"|\]\((?P<target>[^()\s]+)\)(?:\s?\{[^{}]+\})?",
    re.DOTALL,
)
_MARK = re.compile(r"# \((\d+)\)!$", re.M)


# nbformat, which tests read the notebooks with, takes half a second to import.
def markdown_cell(source: str) -> dict:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code_cell(source: str, outputs: list[dict] = ()) -> dict:
    """Return a code cell that has not been run."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def setup_cell(source: str) -> dict:
    """Return a code cell that is no part of the page."""
    return code_cell(source) | {"metadata": {"tags": ["setup"]}}


class Writer:
    """Walks the syntax tree of a page and writes cells."""

    def __init__(self, page: Page, site: str, results: list[list[dict]]) -> None:
        self.page = page
        self.site = site
        self.lines = page.text.split("\n")
        self.examples = {example.line: example for example in page.examples}
        self.drawn = {e.figure for e in page.examples if self.is_own(e) and e.figure}
        ran = zip(page.cells, results, strict=True)
        self.ran = {cell.line: (cell, outputs) for cell, outputs in ran}
        self.cells: list[dict] = []
        self.prose: list[str] = []
        self.solutions: list[dict] = []  # cells, for the end of the notebook
        self.solved = 0

    def is_own(self, example: Example) -> bool:
        """Return whether an example stands in the page's own script."""
        return example.section.path == self.page.snippet

    def blocks(self, nodes: list[SyntaxTreeNode]) -> None:
        """Write some blocks of the page."""
        for node in nodes:
            match node.type:
                case "front_matter" | "admonition_title":
                    pass
                case "heading":
                    self.end_prose()
                    self.prose.append(HEADING_ID.sub("", self.source(node)))
                case "fence":
                    self.fence(node)
                case "paragraph" if self.is_drawn(node):
                    # It stands under its code, and its caption under it.
                    _, _, caption = self.source(node).partition("\n")
                    self.prose += [caption] if caption else []
                case "admonition" if "success" in node.info.split():
                    self.solution(node)
                case "admonition":
                    self.end_prose()
                    self.prose.append(f"**{node.children[0].children[0].content}**")
                    self.blocks(node.children)
                case "bullet_list" | "ordered_list" if _holds_code(node):
                    for item in node.children:  # no cell can stand in a list
                        self.end_prose()
                        first, *rest = item.children
                        self.prose.append(self.source(first))  # "1. " included
                        self.blocks(rest)
                case "html_block":
                    pass  # the frame of a grid of cards
                case _:
                    self.prose.append(self.source(node))

    def solution(self, node: SyntaxTreeNode) -> None:
        """Write the solution of an exercise, which the reader should not see beside it.

        Programs for notebooks fold each in its own way, and some not at all.
        """
        self.solved += 1
        before = self.cells, self.prose
        self.cells, self.prose = self.solutions, []
        self.prose.append(f"**{node.children[0].children[0].content} {self.solved}**")
        self.blocks(node.children)
        self.end_prose()
        self.cells, self.prose = before

    def fence(self, node: SyntaxTreeNode) -> None:
        """Write a block of code."""
        line = node.map[0] + 1
        if line in self.ran:
            cell, outputs = self.ran[line]
            self.code(cell.code, [_portable(output, cell.alt) for output in outputs])
            self.prose += [cell.caption] if cell.caption else []
        elif line in self.examples:
            example = self.examples[line]
            code = _MARK.sub(r"# (\1)", example.section.text.rstrip())
            if self.is_own(example):
                self.code(code, self.recorded(example))
                return
            # Of a module, which a cell at the top has written: perhaps half a class.
            self.prose.append(f"```python\n{textwrap.dedent(code)}\n```")
            if example.output:
                self.prose.append(f"```text\n{example.output.rstrip()}\n```")
        elif node.info != "text":  # recorded output stands under its code
            self.prose.append(self.source(node))

    def code(self, code: str, outputs: list[dict]) -> None:
        """Write a code cell."""
        self.end_prose()
        self.cells.append(code_cell(code, outputs))

    def recorded(self, example: Example) -> list[dict]:
        """Return what a section printed and drew when it was recorded."""
        outputs = []
        if example.output:
            outputs.append(
                {"output_type": "stream", "name": "stdout", "text": example.output}
            )
        if example.figure:
            file = self.page.root / "docs" / example.figure
            (alt,) = {
                image.alt
                for image in self.page.images
                if self.path(image.target) == example.figure
            }
            outputs.append(figure(file.read_bytes(), alt))
        return outputs

    def is_drawn(self, node: SyntaxTreeNode) -> bool:
        """Return whether a paragraph is a figure that a code cell has drawn."""
        if not is_figure(node):
            return False
        image = node.children[0].children[0]
        return self.path(image.attrs["src"]) in self.drawn

    def end_prose(self) -> None:
        """Make a cell of the prose so far."""
        if self.prose:
            self.cells.append(markdown_cell("\n\n".join(self.prose)))
            self.prose = []

    def source(self, node: SyntaxTreeNode) -> str:
        """Return the Markdown of a block, with absolute links."""
        text = textwrap.dedent("\n".join(self.lines[slice(*node.map)]).rstrip())
        return text if node.type == "fence" else _INLINE.sub(self.absolute_link, text)

    def absolute_link(self, match: re.Match) -> str:
        """Return a link with its whole address and without attributes."""
        target = match["target"]
        return f"]({self.absolute(target)})" if target else match[0]

    def absolute(self, target: str) -> str:
        """Return the whole address of what a link of this page leads to."""
        if "://" in target:
            return target
        path, mark, fragment = target.partition("#")
        url = File(self.path(path), None, "", use_directory_urls=True).url
        shared = self.path(path).startswith("assets/")
        language = "zh/" if self.page.chinese and not shared else ""
        return urljoin(self.site, language + url) + mark + fragment

    def path(self, target: str) -> str:
        """Return the path below docs/ of what a link leads to, in English."""
        here = self.page.path.removeprefix("docs/").replace(CHINESE, ".md")
        if not target:
            return here
        return posixpath.normpath(posixpath.join(posixpath.dirname(here), target))


def _holds_code(node: SyntaxTreeNode) -> bool:
    return any(part.type == "fence" for part in node.walk())


def figure(content: bytes, alt: str) -> dict:
    """Return a figure as the output of a cell.

    It is HTML, because JupyterLab draws no SVG of a notebook that comes from elsewhere,
    and no other form has a text for those who do not see it.
    """
    kind = PNG if content.startswith(b"\x89PNG") else SVG
    width, height = size_of(content)
    html = (
        f'<img alt="{escape(alt)}" width="{width}" height="{height}"'
        f' src="data:{kind};base64,{b64encode(content).decode()}">'
    )
    data = {"text/html": html, "text/plain": alt}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _portable(output: dict, alt: str) -> dict:
    """Return an output of a lab in a form that every program shows."""
    data = output.get("data", {})
    if PNG in data:
        return figure(b64decode(data[PNG]), alt)
    return figure(data[SVG].encode(), alt) if SVG in data else output
