"""Texts that are left in the other language."""

from pathlib import Path

import pytest

from checker.languages import language_problems
from good_project import EN, ZH, Project
from reading.pages import read_text_of

pytest_plugins = ["pytester", "good_project"]

LAB = "---\njupyter:\n  kernelspec:\n    name: python3\n---\n\n"
CELL = '```python alt="{}" caption="{}"\nplt.show()\n```'


@pytest.mark.parametrize(
    "english",
    [
        "The loss grows.",
        "The loss `x` of $y$ grows with **every** step.",
        "损失变大了。The loss grows, for the step is too long. 就这样。",
        "## The step {#step}",
        "## Limits {#limits}",
        "| 甲 | 乙 |\n|---|---|\n| 一 | large |",
        "| 甲 | Value |\n|---|---|\n| 一 | 二 |",
        '!!! note "The step"\n\n    太长。',
        "- 一\n- Too long.",
        "1. 一\n\n    Too long.",
        "> Too long.",
        "![A line.](a.svg)\n一条直线。",
        "![一条直线。](a.svg)\nA line.",
        "看 ![A line.](a.svg)",
    ],
)
def test_english_on_a_chinese_page(tmp_path: Path, english: str):
    text = f"# 一课 {{#lesson}}\n\n损失很小。\n\n{english}\n\n完。\n"
    (problem,) = {*language_problems(read_text_of(tmp_path, "docs/a.zh.md", text))}
    told = "English on a Chinese page; write it in Chinese, and names from code as `code`: "
    assert told in str(problem)
    assert 5 <= problem.line <= 7


@pytest.mark.parametrize(
    "chinese",
    [
        "损失变大了。",
        "PyTorch 的损失 `loss` 变大了。",
        "The loss grows. 因为每一步都走得太长了。 That is all.",
        "## 步子 {#step}",
        "| a | b |\n|---|---|\n| One. | 大 |",
        '!!! note "步子"\n\n    Too long.',
        "- One.\n- 太长了。",
        "![一条直线。](a.svg)\nA line.",
        "![A line.](a.svg)\n一条直线。",
    ],
)
def test_chinese_on_an_english_page(tmp_path: Path, chinese: str):
    text = f"# A lesson {{#lesson}}\n\nThe loss is small.\n\n{chinese}\n\nThe end.\n"
    (problem,) = {*language_problems(read_text_of(tmp_path, "docs/a.md", text))}
    assert "Chinese on an English page; write it in English" in str(problem)
    assert 5 <= problem.line <= 7


@pytest.mark.parametrize(
    ("page", "cell", "problems"),
    [
        ("docs/a.zh.md", CELL.format("A line.", "一条直线。"), 1),
        ("docs/a.zh.md", CELL.format("一条直线。", "A line."), 1),
        ("docs/a.zh.md", CELL.format("一条直线。", "蓝线：$x$。"), 0),
        ("docs/a.md", CELL.format("A line.", "一条直线。"), 1),
        ("docs/a.md", CELL.format("A line.", "Blue: $x$."), 0),
    ],
)
def test_the_figure_of_a_lab(tmp_path: Path, page: str, cell: str, problems: int):
    title = "一课" if ".zh" in page else "A lesson"
    page = read_text_of(tmp_path, page, f"{LAB}# {title} {{#lab}}\n\n{cell}\n")
    assert len(language_problems(page)) == problems


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("docs/a.zh.md", "用 Adam 优化。\n\n## Adam {#adam}\n\n### AdamW {#adamw}"),
        (
            "docs/a.zh.md",
            "叫**过拟合**（overfitting），见 [Python](https://python.org)。",
        ),
        ("docs/a.zh.md", "forty-two thousand three hundred five = 四万二千三百零五"),
        ("docs/a.zh.md", "| `lr` | $x$ |\n|---|---|\n| 0.1 | `a b c d e f g` |"),
        ("docs/a.md", "For 7,305 the model writes 七千三百一十九, 7,319."),
        ("docs/a.md", "Say 你, never `您`; few of 的, 对于, 进行, 一个 and 被."),
    ],
)
def test_names_and_characters_may_stand_in_the_other_language(
    tmp_path: Path, page: str, text: str
):
    assert language_problems(read_text_of(tmp_path, page, text)) == []


def test_a_page_that_is_a_copy_of_the_other_is_told_once(good: Project):
    good.path(ZH).write_text(good.path(EN).read_text())
    told = good.failures()
    assert f"{ZH}:1: 12 texts are English on a Chinese page; write it" in told
    assert told.count("on a Chinese page") == 1


def test_the_glossary_holds_the_names_of_both_languages(good: Project):
    good.change("docs/about/glossary.zh.md", "哪边是上坡。", "Which way is up.")
    told = good.failures()
    assert "glossary.zh.md:9: English on a Chinese page; write it in Chinese" in told
    assert told.count("on a Chinese page") == 1
