"""Indentation of which Markdown makes something else than was meant.

The site takes four spaces for each box or list around a block. With fewer, the block
ends them, and everything after it is read as something else.
"""

import re

from reading.problems import Problem

FENCE = re.compile(r"`{3,}|~{3,}")
# What begins a block without an empty line before it.
BEGINS = re.compile(r"`{3,}|~{3,}|[-*+] |\d+\. |!!! |\?\?\?")


def indent_problems(path: str, text: str) -> list[Problem]:
    """Find lines of a page that begin a block and are indented by no multiple of four.

    Args:
        path: how messages name the page.
        text: the page.
    """
    problems = []
    fence, inside = "", 0  # the marks of the open code block, and its indentation
    is_first = True  # of a block, for an empty line stands before it
    lines = text.split("\n")
    front = lines.index("---", 1) if "---" in lines[1:] and lines[0] == "---" else 0
    for number, line in enumerate(lines[front:], front + 1):
        rest = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if fence and indent < inside and indent % 4 == 0 and rest:
            fence = ""  # never closed, which is told where it was opened
        begins = is_first or BEGINS.match(rest)
        if rest and indent % 4 and (indent < inside if fence else begins):
            less = indent - indent % 4
            told = (
                f"indented by {indent} spaces; each box or list around it takes four, so"
                f" write {less} or {less + 4}"
            )
            problems.append(Problem(path, number, told))
        if fence:
            fence = "" if rest.strip(fence[0]) == "" and fence in rest else fence
        elif found := FENCE.match(rest):
            fence, inside = found[0], indent
        is_first = not rest
    return problems
