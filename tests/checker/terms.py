"""Whether the Chinese page uses the terms of the glossary, and the glossary itself."""

import re
from pathlib import Path

from checker.parity import pairs_of
from reading.model import Page
from reading.problems import Problem
from reading.terms import is_glossary, read_glossary


def term_problems(root: Path, english: Page, chinese: Page) -> list[Problem]:
    """English blocks with a term of the glossary whose Chinese block lacks it."""
    if is_glossary(english):
        return _glossary_problems(english, chinese)
    glossary = read_glossary(root)
    problems = []
    for en, zh in pairs_of(english, chinese):
        for term in dict.fromkeys(term for *_, term in glossary.in_english(en.plain)):
            without = re.sub("|".join(map(re.escape, term.chinese)), "", zh.plain)
            for name in term.also:
                if name in without and not name.isascii():
                    told = f"the glossary calls {name} {term.chinese[0]}: {zh.text}"
                    problems.append(Problem(chinese.path, zh.line, told))
            if not any(name.lower() in zh.plain.lower() for name in term.chinese):
                problems.append(
                    Problem(
                        chinese.path,
                        zh.line,
                        f"{english.path}:{en.line} says {term.english!r}, and the"
                        f" glossary's Chinese for it, {'、'.join(term.chinese)}, is missing"
                        f" here:\n  {zh.text}\n  Use it, or choose another English word.",
                    )
                )
    return problems


def _glossary_problems(english: Page, chinese: Page) -> list[Problem]:
    """Tables of the glossary that the checker cannot read, or that disagree."""
    problems = []
    columns = ["Meaning", "Also called"], ["含义", "别名"]
    for page, last in zip((english, chinese), columns, strict=True):
        for line, (header, *rows) in zip(page.table_lines, page.tables, strict=True):
            if header not in (["English", "中文", last[0]], ["English", "中文", *last]):
                wanted = ", ".join(["English", "中文", *last])
                message = f"the columns of the glossary are {wanted}"
                problems.append(Problem(page.path, line, message))
            for row in rows:
                if not all(row[:3]) or re.search(
                    "[`，,;]", "、".join(row[1:2] + row[3:])
                ):
                    message = (
                        f"{row[0]!r}: fill every cell; between two Chinese terms put 、"
                    )
                    problems.append(Problem(page.path, line, message))
    for line, ours, theirs in zip(
        chinese.table_lines, chinese.tables, english.tables, strict=True
    ):
        for row, other in zip(ours[1:], theirs[1:], strict=True):
            names, others = row[:2] + row[3:], other[:2] + other[3:]
            if names != others:
                message = (
                    f"{' | '.join(names)}: {english.path} has {' | '.join(others)}"
                )
                problems.append(Problem(chinese.path, line, message))
    return problems
