"""What the hashes of recorded pairs tell of pages whose paragraphs no longer pair."""

import hashlib

from checker.parity import pairs_of
from reading.model import Block, Page
from reading.problems import Problem

Pairs = list[tuple[str, str]]


def hash_of(block: Block) -> str:
    """Return the short hash of a block by which its text is known again."""
    return hashlib.sha256(block.text.encode()).hexdigest()[:8]


def order_problem(recorded: Pairs, english: Page, chinese: Page) -> Problem | None:
    """Paragraphs that nobody changed and that stand beside those of others.

    Args:
        recorded: hashes of the pairs of this page.
        english: the English page.
        chinese: the Chinese page, with as many blocks.
    """
    pairs = [
        (en, zh)
        for en, zh in pairs_of(english, chinese)
        if (hash_of(en), hash_of(zh)) not in recorded
    ]
    unpaired = {hash_of(en): en for en, _ in pairs}
    moved: list[tuple[Block, Block, Block]] = []
    for en, zh in pairs:
        own = [unpaired[e] for e, z in recorded if z == hash_of(zh) and e in unpaired]
        if own:
            moved.append((en, zh, own[0]))
    if not moved:
        return None
    (en, zh, own), *others = moved
    told = f"this is the Chinese of {english.path}:{own.line}, and stands beside line"
    told += f" {en.line}"
    if len(others) == 1 and others[0][2] is en:
        told = f"swapped with line {others[0][1].line}: {told}"
    elif others:
        told += f"; {len(moved)} stand in another order than the English"
    return Problem(
        chinese.path,
        zh.line,
        f"{told}\n"
        f"  {english.path}:{own.line}: {own.text}\n"
        f"  {chinese.path}:{zh.line}: {zh.text}\n"
        "  Put the paragraphs of both pages in the same order.",
    )


def alone(recorded: Pairs, english: Page, chinese: Page) -> str:
    """Say which paragraph one page alone got or lost, where one has more blocks.

    Returns:
        A line to follow another message; nothing if the hashes do not tell.
    """
    ours, theirs = ([b for b in p.blocks if b.text] for p in (chinese, english))
    new_zh = [b for b in ours if hash_of(b) not in [z for _, z in recorded]]
    new_en = [b for b in theirs if hash_of(b) not in [e for e, _ in recorded]]
    more = len(english.blocks) - len(chinese.blocks)
    if not recorded or not more or (new_en and new_zh):
        return ""
    if more > 0 and new_en:
        return _told(english, new_en[0], "is new, and has no Chinese")
    if more < 0 and new_zh:
        return _told(chinese, new_zh[0], "is new, and has no English")
    here = {hash_of(b) for b in ours} if more > 0 else {hash_of(b) for b in theirs}
    for e, z in recorded:
        for block in theirs if more > 0 else ours:
            if more > 0 and hash_of(block) == e and z not in here:
                return _told(english, block, "stayed, and its Chinese is gone")
            if more < 0 and hash_of(block) == z and e not in here:
                return _told(chinese, block, "stayed, and its English is gone")
    return ""


def _told(page: Page, block: Block, what: str) -> str:
    return f"\n  {page.path}:{block.line} {what}: {block.text}"
