"""Whether both pages have the same blocks, links, numbers and formulas."""

import re
from itertools import zip_longest

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
