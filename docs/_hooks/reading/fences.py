"""Reads the code blocks of a page: includes, cells of a lab, samples."""

import re

from markdown_it.tree import SyntaxTreeNode

from reading.cells import unescaped, without_words
from reading.includes import DIRECTIVE, IncludeError, how, resolve
from reading.model import Cell, Example, Page

# Blocks that are shown and not run: commands for a shell, and samples of pages.
NOT_RUN = {"sh", "powershell", "markdown"}
# How jupytext writes the opening of a code cell.
_TEXT = r'"((?:[^"\\]|\\.)+)"'
CELL = re.compile(rf"```python(?: alt={_TEXT}(?: caption={_TEXT})?)?$")
FORMULA = re.compile(r"\$[^$]*\$|`[^`]*`")
# Inside a block it shows that the block before was not closed.
OPENING = re.compile(r"^ *```\w", re.M)
DRAWS = re.compile(r"^\s*plt\.show\(\)", re.M)


class Fences:
    """The code blocks of one page.

    Attributes:
        offsets: of each line of the page, where it begins.
        lines_inside: numbers of the lines that stand in a block.
    """

    def __init__(self, page: Page, lines: list[str]) -> None:
        self.page = page
        self.lines = lines
        self.offsets = [0]
        for line in lines:
            self.offsets.append(self.offsets[-1] + len(line))
        self.lines_inside: set[int] = set()
        self.broken = False  # whether the last block was code that could not be read

    def read(
        self, node: SyntaxTreeNode, line: int, within: str, before: Example | None
    ) -> Example | None:
        """Read a code block; return the example that it opens or adds to."""
        broken, self.broken = self.broken, False
        first, last = node.map
        opening = self.lines[first].strip()
        content = node.content.removesuffix("\n")
        if node.type == "fence":
            self.lines_inside.update(range(first + 1, last + 1))
            closing = self.lines[last - 1].strip()
            runs_on = OPENING.search(content) and not opening.endswith("markdown")
            if last - 1 == first or set(closing) != {node.markup[0]} or runs_on:
                self.page.problem(
                    line,
                    f"the block is never closed; add {node.markup}, or indent what is inside"
                    " a box or a list by four spaces",
                )
                self.broken = opening.startswith("```python")
                return None
            language = node.info.split()[0] if node.info.strip() else ""
            if self.page.lab and language == "python":
                self.cell(opening, content, line)
                return None
            if language in NOT_RUN:
                self.page.block(line, f"{within}{language} block {content}")
                if DIRECTIVE.search(content):
                    self.page.problem(
                        line,
                        f"an include in a {language} block; to show the directive itself,"
                        " put a semicolon in front of it",
                    )
                return None
        is_text = "text" in opening
        if opening not in ("```python", "```text"):
            shown = opening if node.type == "fence" else "indented code"
            self.page.problem(
                line, f"a code block that is not an include ({shown}); {how(is_text)}"
            )
            return None
        try:
            include = resolve(self.page.root, content, output=opening == "```text")
        except IncludeError as error:
            self.tell(line + 1, error)
            include = error.missing
        if include is None:
            self.broken = opening == "```python"
            return None
        self.page.block(line, f"{within}code {include}")
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

    def tell(self, line: int, error: IncludeError) -> None:
        """Note what is wrong with an include; the same cause is told once."""
        told = [problem.message for problem in self.page.problems]
        if error.cause and error.cause not in self.page.problems:
            self.page.problems.append(error.cause)
        elif not error.cause and str(error) not in told:
            self.page.problem(line, str(error), error.recorded)

    def cell(self, opening: str, code: str, line: int) -> None:
        """Read a code cell of a lab, and the text that stands for its figure."""
        found = CELL.match(opening)
        if not found:
            message = (
                f"cannot read {opening!r}; write ```python or"
                ' ```python alt="…" caption="…"'
            )
            self.page.problem(line, message)
            return
        alt, caption = (unescaped(text or "") for text in found.groups())
        if alt and not caption:
            told = 'the figure has no caption; after alt="…" write caption="…"'
            self.page.problem(line, told)
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
        self.page.cells.append(Cell(code, line, alt, caption))
        self.page.block(line, "code cell, apart from strings and comments\n" + shape)
        if alt:
            block = self.page.block(line, "image drawn by the cell")
            block.text = block.plain = alt
        if caption:
            block = self.page.block(line, "caption")
            block.text, block.plain = caption, FORMULA.sub(" ` ", caption)
