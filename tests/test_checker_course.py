"""Lessons that a reader who goes from lesson to lesson does not come to."""

from pathlib import Path

import pytest

from checker.course import course_problems
from good_project import Project

pytest_plugins = ["pytester", "good_project"]

PAGES = {
    "index": "# Part {#part}\n\n[Begin](one.md)\n\n"
    "| Lesson |\n|---|\n| [One](one.md) |\n| [Two](two.md) |\n\n- [More](more.md)\n",
    "one": "# One {#one}\n\n[Two](two.md) is next.\n",
    "more": "# More {#more}\n\nIt has no code.\n",
    "two": "# Two {#two}\n\nThe end.\n",
}
NAV = ["part/index.md", "part/one.md", "part/more.md", "part/two.md"]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """A part of two lessons, with a page between them that is none."""
    for folder in ("docs/part", "snippets/part"):
        (tmp_path / folder).mkdir(parents=True)
    for name, text in PAGES.items():
        (tmp_path / f"docs/part/{name}.md").write_text(text)
    for name in ("one", "two"):
        (tmp_path / f"snippets/part/{name}.py").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("page", "old", "new", "told"),
    [
        (
            "index",
            "| [Two](two.md) |\n",
            "",
            "index.md:5: no row leads to docs/part/two.md",
        ),
        (
            "index",
            "two.md",
            "two.md#two",
            "index.md:5: no row leads to docs/part/two.md",
        ),
        # The button is no row.
        (
            "index",
            "| [One](one.md) |\n",
            "",
            "index.md:5: no row leads to docs/part/one.md",
        ),
        (
            "index",
            "- [More](more.md)",
            "[More](more.md)",
            "no row leads to docs/part/more",
        ),
        (
            "one",
            "[Two](two.md)",
            "[More](more.md)",
            "one.md:3: the last paragraph does not lead to docs/part/two.md, which follows",
        ),
        ("two", "The end.", "The last one.", ""),
    ],
)
def test_a_lesson_that_one_does_not_come_to(
    part: Path, page: str, old: str, new: str, told: str
):
    text = PAGES[page].replace(old, new)
    assert text != PAGES[page]
    (part / f"docs/part/{page}.md").write_text(text)
    problems = [*course_problems(part, ["docs/index.md", {"Part": [{"A": NAV}]}])]
    assert [told in str(problem) for problem in problems] == [True] * bool(told)


def test_the_tree_tells(good: Project):
    for name, text in (
        ("index.md", "# Part {#part}\n"),
        ("index.zh.md", "# 部分 {#part}\n"),
    ):
        good.path(f"docs/part/{name}").write_text(text)
    good.change("mkdocs.yml", "- part/lesson", "- part/index.md\n      - part/lesson")
    told = "docs/part/index.md:1: no row leads to docs/part/lesson.md; add it, in both"
    assert told in good.tree()
