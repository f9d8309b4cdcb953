"""Every lesson has the parts that contributing.md promises."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reading.files import files_below
from reading.model import CHINESE, Block
from reading.pages import page_paths, read_page

ROOT = Path(__file__).parent.parent
LESSONS = [
    path
    for path in page_paths(ROOT)
    if not path.endswith((CHINESE, "/index.md"))
    and (ROOT / "snippets" / path.removeprefix("docs/")).with_suffix(".py").is_file()
]

WORD = re.compile(r"\w[\w'’.,-]*")
SHORTEST, LONGEST = 400, 1_600  # words


def missing_parts(blocks: list[Block]) -> Iterator[str]:
    """What a lesson lacks: a box, exercises with solutions that run, the end."""
    if not any(block.shape.startswith("admonition !!! failure") for block in blocks):
        yield 'no mistake is made; add a box, !!! failure "Break it: …"'
    exercises = section(blocks, "exercises")
    lists = [b for b in exercises if b.shape.startswith("ordered list of")]
    solutions = [
        b for b in exercises if b.shape.endswith("› admonition ??? success, title")
    ]
    executed = [b for b in exercises if "› admonition ??? success › code" in b.shape]
    if not lists:
        yield 'no exercises; add "## Check yourself {#exercises}" and a numbered list'
    elif lists[0].shape != f"ordered list of {len(solutions)} items":
        yield f"{lists[0].shape}, and {len(solutions)} solutions (??? success)"
    elif len({b.shape for b in executed if ".py:" in b.shape}) < len(solutions):
        yield "a solution without code; solve each exercise in the snippet"
    end = section(blocks, "in-short")
    headings = [b.shape for b in blocks if b.shape.startswith("heading 2")]
    if headings[-1:] != ["heading 2 {#in-short}"]:
        yield 'the last section is not "## In short {#in-short}"'
    elif not any(block.shape == "bullet list of 3 items" for block in end):
        yield "In short is a list of three"
    elif not any(".md" in link for link in end[-1].links):
        yield "the last paragraph leads nowhere; link to the next lesson"


def length_problem(blocks: list[Block]) -> str:
    """Say that a lesson is far outside the 600 to 1,200 words that contributing.md asks."""
    texts = (block.plain for block in blocks if not block.shape.startswith("image"))
    words = sum(len(WORD.findall(text)) for text in texts)
    if SHORTEST <= words <= LONGEST:
        return ""
    return (
        f"{words:,} words, without code and formulas; a lesson has 600 to 1,200, and never"
        f" {'fewer' if words < SHORTEST else 'more'} than"
        f" {SHORTEST if words < SHORTEST else LONGEST:,}: join or divide lessons"
    )


def section(blocks: list[Block], name: str) -> list[Block]:
    """What stands under a heading, up to the heading after it."""
    found: list[Block] = []
    inside = False
    for block in blocks:
        if block.shape.startswith("heading 2"):
            inside = block.shape == f"heading 2 {{#{name}}}"
        elif inside:
            found.append(block)
    return found


def test_only_one_lesson_opens_the_test_set():
    opened = {
        path.name: path.read_text(encoding="utf-8").count('Digits("test")')
        for path in files_below(ROOT / "snippets/steps", "*.py")
    }
    assert {name: times for name, times in opened.items() if times} == {
        "validate.py": 1
    }


def test_lessons_are_found():
    assert "docs/line/descent.md" in LESSONS


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_has_its_parts(path: str):
    page = read_page(ROOT, path)
    if page.problems:
        pytest.skip("what it lacks is known once the mistakes of its page are mended")
    blocks = page.blocks
    problems = [*missing_parts(blocks), length_problem(blocks)]
    if problems := [problem for problem in problems if problem]:
        pytest.fail("\n".join(f"{path}:1: {p}" for p in problems), pytrace=False)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("admonition !!! failure", "no mistake is made"),
        ("ordered list of", "no exercises"),
        ("ordered list › admonition ??? success, title", "and 0 solutions"),
        ("ordered list › admonition ??? success › code", "a solution without code"),
        ("heading 2 {#in-short}", "the last section is not"),
        ("bullet list of", "In short is a list of three"),
        ("paragraph", "the last paragraph leads nowhere"),
    ],
)
def test_a_part_that_is_missing_is_named(part: str, message: str):
    blocks = read_page(ROOT, "docs/line/descent.md").blocks
    left = [block for block in blocks if not block.shape.startswith(part)]
    assert [problem.find(message) >= 0 for problem in missing_parts(left)] == [True]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            399,
            "399 words, without code and formulas; a lesson has 600 to 1,200, and never"
            " fewer than 400",
        ),
        (400, ""),
        (1_600, ""),
        (1_601, "and never more than 1,600: join or divide lessons"),
    ],
)
def test_a_lesson_that_is_far_too_short_or_long(words: int, told: str):
    text = Block(1, "paragraph", plain="1,200.5 ` " * (words - 2) + "isn't well-known.")
    blocks = [text, Block(2, "image a.svg", plain="What one sees.")]
    found = length_problem(blocks)
    assert told in found and bool(told) == bool(found)


def test_the_model_is_short_enough_to_read():
    model = ROOT / "snippets/language-model/gpt.py"
    assert len(model.read_text(encoding="utf-8").splitlines()) <= 100
