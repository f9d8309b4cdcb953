"""Whether both pages have the same blocks, links, numbers and formulas."""

import re
from itertools import zip_longest

from reading.cells import difference
from reading.model import Block, Page
from reading.problems import Problem

# What both languages write alike: decimal numbers, with their sign, and formulas.
ALIKE = re.compile(r"\$[^$]+\$|[-−]?\d+\.\d+")
COMMA = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")


def parity_problem(english: Page, chinese: Page) -> Problem | None:
    """The first difference between the blocks of the two pages."""
    for en, zh in zip_longest(english.blocks, chinese.blocks):
        if en is None:
            return Problem(
                chinese.path,
                zh.line,
                f"{zh.shape}: {english.path} has no such block; it ends before",
            )
        if zh is None:
            return Problem(
                chinese.path,
                len(chinese.text.splitlines()),
                f"the page ends, but {english.path}:{en.line} goes on with {en.shape}",
            )
        if en.shape != zh.shape and (
            problem := _line_problem(english, en, chinese, zh)
        ):
            return problem
        if en.shape != zh.shape:
            return Problem(
                chinese.path,
                zh.line,
                f"here is: {zh.shape}\n  where {english.path}:{en.line} has: {en.shape}\n"
                "  Both pages have the same blocks in the same order.",
            )
        if sorted(en.links) != sorted(zh.links):
            return Problem(
                chinese.path,
                zh.line,
                f"links to {', '.join(zh.links) or 'nothing'}\n  where"
                f" {english.path}:{en.line} links to {', '.join(en.links) or 'nothing'}",
            )
    return None


def _line_problem(english: Page, en: Block, chinese: Page, zh: Block) -> Problem | None:
    """The first line in which two cells of a lab, or two samples, differ."""
    cells = [
        cell
        for page, block in ((english, en), (chinese, zh))
        for cell in page.cells
        if cell.line == block.line and block.shape.startswith("code cell")
    ]
    if len(cells) == 2:
        (there, theirs), (here, ours) = difference(*(cell.code for cell in cells))
        told = "the cells differ in more than strings and comments"
    elif en.shape.partition(" block ")[:2] == zh.shape.partition(" block ")[:2]:
        lines = [block.shape.partition(" block ")[2].split("\n") for block in (en, zh)]
        rows = enumerate(zip_longest(*lines, fillvalue="nothing"), 1)
        here, (theirs, ours) = next(row for row in rows if row[1][0] != row[1][1])
        there, told = here, "the blocks differ"
    else:
        return None
    return Problem(
        chinese.path,
        zh.line + here,
        f"{told}; here is: {ours.strip()}\n"
        f"  where {english.path}:{en.line + there} has: {theirs.strip()}",
    )


def pairs_of(english: Page, chinese: Page) -> list[tuple[Block, Block]]:
    """Pairs of blocks with text; an image counts with its alternative text."""
    pairs = zip(english.blocks, chinese.blocks, strict=True)
    return [(en, zh) for en, zh in pairs if en.text or zh.text]


def number_problems(english: Page, chinese: Page) -> list[Problem]:
    """Blocks that do not hold the same decimals and formulas; counts may be words."""
    problems = []
    for en, zh in pairs_of(english, chinese):
        ours, theirs = (set(ALIKE.findall(block.text)) for block in (zh, en))
        if ours != theirs:
            problems.append(
                Problem(
                    chinese.path,
                    zh.line,
                    f"writes {', '.join(sorted(ours - theirs)) or 'nothing'} where"
                    f" {english.path}:{en.line} writes"
                    f" {', '.join(sorted(theirs - ours)) or 'nothing'}:\n  {zh.text}",
                )
            )
        for number in COMMA.findall(en.plain):
            bare = number.replace(",", "")
            if re.search(rf"(?<!\d){bare}(?!\d)", zh.plain):
                told = f"writes {bare} where {english.path}:{en.line} writes {number}"
                problems.append(Problem(chinese.path, zh.line, told))
    return problems
