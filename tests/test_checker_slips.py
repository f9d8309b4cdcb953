"""Slips of the hand, in either language."""

import re

import pytest

from checker.slips import check_slips
from good_project import ZH, Project
from reading.model import Page
from reading.pages import read_text_of

pytest_plugins = ["pytester", "good_project"]


def told(tmp_path, path: str, text: str) -> str:
    """Return what is told of a page."""
    checked = Page(tmp_path, path, text)
    check_slips(read_text_of(tmp_path, path, text), checked)
    return "\n".join(map(str, checked.problems))


def test_a_slip_fails_the_check(good: Project):
    good.tells(
        (ZH, "## 再来", "＃＃ 再来"),
        "lesson.zh.md:30: ＃＃ is full-width, and no Markdown; write ##",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '！！！ failure wrong "题"',
            "！！！ is full-width, and no Markdown; write !!!",
        ),
        ("１．第一。", r"１． is full-width, and no Markdown; write 1\."),
        ("The end。", r"。 in English; write \."),
        ("The end（now）.", r"（ in English; write \("),
        ("The end. TODO: more.", "TODO is not for readers"),
        ("此处待补。", "待补 is not for readers"),
        ("The the end.", "'The the': the word stands there twice"),
        ("课的的末尾。", "'的的': the word stands there twice"),
        (r"It is $\fraq{1}{m}$.", r"the formula \$\\fraq\{1\}\{m\}\$ cannot be set: "),
        ("$$\n\\frac{1}{N\n$$", r"the formula \$\\frac\{1\}\{N\$ cannot be set: "),
        ("The mean is $m.", r"\$ is never closed, and published as text"),
        ("The `end.", "` is never closed"),
        ("**完。", r"\*\* is never closed"),
        ("The&nbsp;end.", "&nbsp;: write the character itself"),
        ("### More {#more}", "a heading of level 3 under one of level 1; write ##"),
        ("The  \nend.", "ends in a space, and two of them break the line"),
        (
            "[It](http://127.0.0.1:8000/a/).",
            "the link http://127.0.0.1:8000/a/ leads to",
        ),
    ],
)
def test_a_slip_is_told(tmp_path, text: str, message: str):
    path = "docs/page.zh.md" if re.search("[\u4e00-\u9fff]", text) else "docs/page.md"
    found = told(tmp_path, path, f"# A {{#a}}\n\n{text}\n")
    assert re.match(rf"{re.escape(path)}:3: {message}", found), found


@pytest.mark.parametrize(
    "text",
    [
        "`a` costs ``a ` b``, `$5` or `&nbsp;`, and `a**2`.",
        "The **loss** is $a_{**}$, and $x$ is $y$.",
        "He had that. That is all: bye and bye-bye.",
        "## More {#more}\n\n### Deep {#deep}\n\n## Last {#last}",
        "[The site](https://localhost.example.org/).",
    ],
)
def test_what_is_no_slip(tmp_path, text: str):
    assert told(tmp_path, "docs/page.md", f"# A {{#a}}\n\n{text}\n") == ""
