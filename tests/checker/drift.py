"""Paragraphs whose English changed and whose Chinese did not."""

import json
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from checker.files import write_whole
from checker.order import alone, hash_of, order_problem
from checker.parity import pairs_of, parity_problem
from reading.model import Page
from reading.pages import read_page
from reading.problems import Problem

RECORDED = "docs/_translations.json"


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


def pairing_problem(root: Path, english: Page, chinese: Page) -> Problem | None:
    """Why the paragraphs of two pages cannot be paired, told at the first of them."""
    recorded = recorded_pairs(root).get(english.path, [])
    problem = parity_problem(english, chinese)
    if [block.shape for block in english.blocks] == [b.shape for b in chinese.blocks]:
        return order_problem(recorded, english, chinese) or problem
    if problem:
        told = problem.message + alone(recorded, english, chinese)
        return replace(problem, message=told)
    return None


def drift_problems(root: Path, english: Page, chinese: Page) -> list[Problem]:
    """Pairs of which one language changed and the other did not, or that are new."""
    recorded = recorded_pairs(root).get(english.path, [])
    problems, new, only_chinese, kept = [], [], [], set()
    for en, zh in pairs_of(english, chinese):
        pair = hash_of(en), hash_of(zh)
        if pair in recorded:
            kept.add(pair)
        elif pair[1] in [z for _, z in recorded]:
            what = (
                "this is the Chinese of a paragraph that changed or is gone"
                if pair[0] in [e for e, _ in recorded]
                else "the English changed and the Chinese did not"
            )
            problems.append(
                Problem(
                    chinese.path,
                    zh.line,
                    f"{what}\n"
                    f"  {english.path}:{en.line}: {en.text}\n"
                    f"  {chinese.path}:{zh.line}: {zh.text}\n"
                    "  Change the Chinese too, then:"
                    f" make record PAGES={english.path}\n  If it still says the same:"
                    f" make record CONFIRM={english.path}:{en.line}",
                )
            )
        elif pair[0] in [e for e, _ in recorded]:
            only_chinese.append(zh)
        else:
            new.append(zh)
    gone = len(set(recorded) - kept) - len(only_chinese) - len(problems)
    in_both = (
        "new or changed in both languages" if gone > 0 else "new in both languages"
    )
    for blocks, what in (
        (only_chinese, "only the Chinese changed"),
        (new, in_both),
    ):
        if blocks:
            problems.append(
                Problem(
                    chinese.path,
                    blocks[0].line,
                    f"{what}: {len(blocks)} in all, this is the first. Read each beside"
                    f" the English, then run make record PAGES={english.path}",
                    recorded=True,
                )
            )
    if not problems and len(recorded) > len(pairs_of(english, chinese)):
        problems.append(
            Problem(
                chinese.path,
                1,
                f"{RECORDED} holds paragraphs that are gone; run"
                f" make record PAGES={english.path}",
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

    Raises:
        ValueError: the file cannot be read.
    """
    english = read_page(root, chinese.sibling)
    if english.problems:
        return []  # told at the English page, which must be mended first
    problem = pairing_problem(root, english, chinese)
    if problem:
        return [problem]
    drifted = [p for p in drift_problems(root, english, chinese) if not p.recorded]
    for name in confirmed:
        path, _, line = name.rpartition(":")
        held = [p for p in drifted if f"  {name}: " in p.message]
        drifted = [p for p in drifted if p not in held]
        if path == english.path and not held:
            drifted.append(
                Problem(path, int(line), "confirmed, but no English changed alone here")
            )
    if not drifted:
        pairs = pairs_of(english, chinese)
        _write(root, english.path, [(hash_of(en), hash_of(zh)) for en, zh in pairs])
    return drifted


def _write(root: Path, page: str, pairs: list[tuple[str, str]]) -> None:
    """Put the pairs of one page into the file, which holds those of all pages."""
    # Other workers of this run write the pairs of other pages.
    lock = root / ".cache/translations.lock"
    lock.parent.mkdir(exist_ok=True)
    with FileLock(lock):
        recorded = recorded_pairs(root) | {page: pairs}
        pages = [
            f"{json.dumps(path)}: [\n"
            + ",\n".join(json.dumps(pair) for pair in recorded[path])
            + "\n]"
            for path in sorted(recorded)
            if (root / path).is_file()
        ]
        content = "{\n" + ",\n".join(pages) + "\n}\n"
        write_whole(root / RECORDED, content.encode())
