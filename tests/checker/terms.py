"""Whether the Chinese page uses the terms of the glossary, and the glossary itself."""

import re
from collections.abc import Iterator
from pathlib import Path

from checker.parity import pairs_of
from reading.model import CHINESE, Page
from reading.pages import read_page
from reading.problems import Problem
from reading.terms import is_glossary, name_and_link, read_glossary


def term_problems(root: Path, english: Page, chinese: Page) -> list[Problem]:
    """English blocks with a term of the glossary whose Chinese block lacks it."""
    if is_glossary(english):
        return list(_glossary_problems(root, english, chinese))
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


def _glossary_problems(root: Path, english: Page, chinese: Page) -> Iterator[Problem]:
    """Tables of the glossary that the checker cannot read, or that disagree."""
    columns = ["Meaning", "Also called"], ["含义", "别名"]
    for page, last in zip((english, chinese), columns, strict=True):
        names_above: set[str] = set()
        for line, (header, *rows) in zip(page.table_lines, page.tables, strict=True):
            if header not in (["English", "中文", last[0]], ["English", "中文", *last]):
                wanted = ", ".join(["English", "中文", *last])
                message = f"the columns of the glossary are {wanted}"
                yield Problem(page.path, line, message)
            for row in rows:
                name, taught = name_and_link(row[0])
                if name in names_above:
                    yield Problem(page.path, line, f"{name!r} has two rows; keep one")
                names_above.add(name)
                if not all(row[:3]) or re.search(
                    "[`，,;]", "、".join(row[1:2] + row[3:])
                ):
                    told = "fill every cell; between two Chinese terms put 、"
                    yield Problem(page.path, line, f"{name!r}: {told}")
                elif len(row) > 3:
                    names = row[1].split("、") if page.chinese else [name]
                    if problem := _not_taught(root, page, names, taught):
                        yield Problem(page.path, line, f"{names[0]!r} {problem}")
    for line, ours, theirs in zip(
        chinese.table_lines, chinese.tables, english.tables, strict=True
    ):
        for row, other in zip(ours[1:], theirs[1:], strict=True):
            names, others = row[:2] + row[3:], other[:2] + other[3:]
            if names != others:
                told = f"{' | '.join(names)}: {english.path} has {' | '.join(others)}"
                yield Problem(chinese.path, line, told)


def _not_taught(root: Path, page: Page, names: list[str], taught: str) -> str | None:
    """Say what is wrong with the link from a row of the glossary to its lesson."""
    path, _, heading = taught.partition("#")
    if not heading:
        return "links to no heading; write [name](../part/lesson.md#heading)"
    if page.chinese:
        path = path.removesuffix(".md") + CHINESE
    if not (root / "docs" / path).is_file():
        return None  # links.py tells
    lesson = read_page(root, f"docs/{path}")
    start = lesson.ids.get(heading, 0)
    ends = [line for line in lesson.ids.values() if line > start]
    end = min(ends) if ends and start > min(lesson.ids.values()) else len(lesson.text)
    said = " ".join(b.plain for b in lesson.blocks if start <= b.line < end).lower()
    if start and not any(each.lower() in said for each in names):
        return f"links to docs/{path}#{heading}, where it does not stand"
    return None
