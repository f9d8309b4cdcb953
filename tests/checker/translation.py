"""Whether the Chinese page says what the English page says, as far as one can count."""

import hashlib
import json
import re
from itertools import zip_longest
from pathlib import Path

import autocorrect_py
from reading.model import Block, Page
from reading.pages import read_page
from reading.problems import Problem
from reading.terms import is_glossary, read_glossary

from checker.files import write_whole

RECORDED = "docs/_translations.json"
HAN = r"[\u3400-\u9fff]"
# What both languages write alike: decimal numbers, with their sign, and formulas.
ALIKE = re.compile(r"\$[^$]+\$|[-−]?\d+\.\d+")


def translation_problems(root: Path, page: Page) -> list[Problem]:
    """What is wrong with a Chinese page, beside its English one.

    Where the blocks differ, paragraphs cannot be paired, so nothing else is compared.
    """
    english = read_page(root, page.sibling)
    typography = _typography(page)
    if english.problems or page.problems:
        return typography  # blocks that cannot be read cannot be compared
    parity = _parity(english, page)
    if parity:
        return [parity, *typography]
    problems = [*typography, *_terms(root, english, page), *_numbers(english, page)]
    drift = _drift(root, english, page)
    # Whoever still has something to mend need not hear yet that it must be recorded.
    return sorted(problems + [p for p in drift if not p.recorded or not problems])


def _parity(english: Page, chinese: Page) -> Problem | None:
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


# Drift


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _pairs(english: Page, chinese: Page) -> list[tuple[Block, Block]]:
    """Pairs of blocks with text; an image counts with its alternative text."""
    pairs = zip(english.blocks, chinese.blocks, strict=True)
    return [(en, zh) for en, zh in pairs if en.text or zh.text]


def recorded_pairs(root: Path) -> dict[str, list[tuple[str, str]]]:
    """Hashes of every pair of blocks that was recorded, by English page.

    Raises:
        ValueError: the file cannot be read.
    """
    path = root / RECORDED
    if not path.is_file():
        return {}
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
        return {
            page: [(en, zh) for en, zh in pairs] for page, pairs in recorded.items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{RECORDED}:1: cannot be read ({error}); take back the last good one with"
            f" git checkout HEAD -- {RECORDED}, then run make record"
        ) from None


def _drift(root: Path, english: Page, chinese: Page) -> list[Problem]:
    """Pairs of which the English changed and the Chinese did not, or that are new."""
    recorded = recorded_pairs(root).get(english.path, [])
    problems, new = [], []
    for en, zh in _pairs(english, chinese):
        pair = _hash(en.text), _hash(zh.text)
        if pair in recorded:
            continue
        if pair[1] in [chinese_hash for _, chinese_hash in recorded]:
            problems.append(
                Problem(
                    chinese.path,
                    zh.line,
                    "the English changed and the Chinese did not\n"
                    f"  {english.path}:{en.line}: {en.text}\n"
                    f"  {chinese.path}:{zh.line}: {zh.text}\n"
                    "  Change the Chinese too and run make record. If it still says the"
                    f" same: make record CONFIRM={english.path}:{en.line}",
                )
            )
        else:
            new.append(zh)
    if new:
        problems.append(
            Problem(
                chinese.path,
                new[0].line,
                f"new or changed in both languages: {len(new)} in all, this is the first."
                " Read each beside the English, then run make record",
                recorded=True,
            )
        )
    if not problems and len(recorded) > len(_pairs(english, chinese)):
        problems.append(
            Problem(
                chinese.path,
                1,
                f"{RECORDED} holds paragraphs that are gone; run make record",
                recorded=True,
            )
        )
    return problems


def record_pairs(root: Path, chinese: Page, confirmed: list[str]) -> list[Problem]:
    """Record the pairs of one page; one that drifted is kept as it was, and returned.

    Args:
        root: the folder that holds docs/.
        chinese: the Chinese page.
        confirmed: English paragraphs, as ``docs/page.md:line``, whose Chinese still holds.
    """
    english = read_page(root, chinese.sibling)
    if english.problems:
        return []  # told at the English page, which must be mended first
    parity = _parity(english, chinese)
    if parity:
        return [parity]
    recorded = recorded_pairs(root)
    drifted = [p for p in _drift(root, english, chinese) if not p.recorded]
    for name in confirmed:
        path, _, line = name.rpartition(":")
        held = [p for p in drifted if f"  {name}: " in p.message]
        drifted = [p for p in drifted if p not in held]
        if path == english.path and not held:
            drifted.append(
                Problem(path, int(line), "confirmed, but no English changed alone here")
            )
    if not drifted:
        pairs = [
            (_hash(en.text), _hash(zh.text)) for en, zh in _pairs(english, chinese)
        ]
        recorded[english.path] = pairs
    recorded = {
        path: recorded[path] for path in sorted(recorded) if (root / path).is_file()
    }
    pages = [
        f"{json.dumps(path)}: [\n"
        + ",\n".join(json.dumps(pair) for pair in pairs)
        + "\n]"
        for path, pairs in recorded.items()
    ]
    write_whole(root / RECORDED, ("{\n" + ",\n".join(pages) + "\n}\n").encode())
    return drifted


# Numbers and terms


def _numbers(english: Page, chinese: Page) -> list[Problem]:
    """Blocks that do not hold the same decimals and formulas; counts may be words."""
    problems = []
    for en, zh in _pairs(english, chinese):
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
    return problems


def _terms(root: Path, english: Page, chinese: Page) -> list[Problem]:
    """English blocks with a term of the glossary whose Chinese block lacks it."""
    if is_glossary(english):
        return _glossary_problems(english, chinese)
    glossary = read_glossary(root)
    problems = []
    for en, zh in _pairs(english, chinese):
        for term in dict.fromkeys(term for *_, term in glossary.in_english(en.plain)):
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
    for page, last in ((english, "Meaning"), (chinese, "含义")):
        for line, (header, *rows) in zip(page.table_lines, page.tables, strict=True):
            if header != ["English", "中文", last]:
                message = f"the columns of the glossary are English, 中文, {last}"
                problems.append(Problem(page.path, line, message))
            for row in rows:
                if not all(row) or re.search("[`，,;]", row[1]):
                    message = (
                        f"{row[0]!r}: fill every cell; between two Chinese terms put 、"
                    )
                    problems.append(Problem(page.path, line, message))
    for line, ours, theirs in zip(
        chinese.table_lines, chinese.tables, english.tables, strict=True
    ):
        for row, other in zip(ours, theirs, strict=True):
            if row[:2] != other[:2]:
                message = (
                    f"{' | '.join(row[:2])}: {english.path} has {' | '.join(other[:2])}"
                )
                problems.append(Problem(chinese.path, line, message))
    return problems


# Typography


def _typography(page: Page) -> list[Problem]:
    """Chinese typography: AutoCorrect, and the rules that it does not know."""
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
