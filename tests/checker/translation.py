"""Whether the Chinese page says what the English page says, as far as one can count."""

from pathlib import Path

from checker.drift import drift_problems, pairing_problem
from checker.links import link_problems
from checker.parity import number_problems
from checker.terms import term_problems
from checker.typography import typography_problems
from reading.model import Page
from reading.pages import read_page
from reading.problems import Problem


def translation_problems(root: Path, page: Page) -> list[Problem]:
    """What is wrong with a Chinese page, beside its English one.

    Where the blocks differ, paragraphs cannot be paired, so nothing else is compared.
    """
    english = read_page(root, page.sibling)
    if page.unread:
        return []
    typography = typography_problems(page)
    if english.problems or page.problems:
        return typography  # blocks that cannot be read cannot be compared
    pairing = pairing_problem(root, english, page)
    if pairing:
        told = [p for p in link_problems(root, english) if not p.recorded]
        is_told = any(f"{p.path}:{p.line} " in pairing.message for p in told)
        return typography if is_told else [pairing, *typography]
    problems = [
        *typography,
        *term_problems(root, english, page),
        *number_problems(english, page),
    ]
    drift = drift_problems(root, english, page)
    # Whoever still has something to mend need not hear yet that it must be recorded.
    return sorted(problems + [p for p in drift if not p.recorded or not problems])
