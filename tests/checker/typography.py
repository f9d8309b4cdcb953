"""Chinese typography: AutoCorrect, and the rules that it does not know."""

import re

import autocorrect_py

from reading.model import Page
from reading.problems import Problem

HAN = r"[\u3400-\u9fff]"


def typography_problems(page: Page) -> list[Problem]:
    """What is wrong with the typography of a Chinese page."""
    problems = []
    for result in autocorrect_py.lint_for(page.text, "markdown").lines:
        problems.append(
            Problem(
                page.path,
                result.line,
                f"Chinese typography: {result.old.strip()!r} should be"
                f" {result.new.strip()!r}",
            )
        )
    for block in page.blocks:
        if "您" in block.plain:
            problems.append(Problem(page.path, block.line, "write 你, not 您"))
    for line, (above, below) in enumerate(
        zip(page.text.splitlines(), page.text.splitlines()[1:], strict=False), 1
    ):
        if re.search(rf"({HAN}|[，。：；、）])$", above) and re.match(
            rf"\s*{HAN}", below
        ):
            problems.append(
                Problem(
                    page.path,
                    line + 1,
                    "a Chinese paragraph is one line; a break inside it shows as a space",
                )
            )
    return problems
