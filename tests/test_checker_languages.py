"""The two languages: blocks, terms, numbers, typography, and what changed in one alone."""

import re

import pytest

import project
from good_project import EN, GLOSSARY, TRANSLATIONS, ZH, Project, mistakes

pytest_plugins = ["pytester", "good_project"]


@mistakes(
    [
        (
            "pages whose blocks differ",
            (ZH, "- 第一。\n- 第二。\n", "第一。\n"),
            r"(?s)lesson.zh.md:32: here is: paragraph\n.*lesson.md:32 has: bullet list of 2 items",
        ),
        (
            "lists of different length",
            (ZH, "- 第二。", "- 第二。\n- 第三。"),
            r"(?s)lesson.zh.md:32: here is: bullet list of 3 items.*lesson.md:32 has: .* of 2"
            r" items",
        ),
        (
            "a page that ends early",
            (ZH, "\n完。\n", ""),
            r"lesson.zh.md:47: the page ends, but docs/part/lesson.md:49 goes on with paragraph",
        ),
        (
            "a page that goes on",
            (ZH, "完。", "完。\n\n还有。"),
            r"lesson.zh.md:51: paragraph: docs/part/lesson.md has no such block",
        ),
        (
            "another formula",
            (ZH, "\\sum_i y_i", "\\sum_i x_i"),
            r"(?s)lesson.zh.md:19: here is: formula.*lesson.md:19 has: formula",
        ),
        (
            "another admonition",
            (ZH, "!!! failure", "??? failure"),
            r"(?s)lesson.zh.md:35: here is: admonition \?\?\? failure.*has: admonition !!! failure",
        ),
        (
            "another link",
            (ZH, "](#more)", "](#lesson)"),
            r"(?s)lesson.zh.md:3: links to .*#lesson\n.*lesson.md:3 links to .*#more",
        ),
        (
            "English that changed while its Chinese did not",
            (EN, "- Second.", "- Second, and last."),
            r"(?s)lesson.zh.md:33: the English changed and the Chinese did not\n.*Second, and last."
            r".*make record CONFIRM=docs/part/lesson.md:33",
        ),
        (
            "a term translated otherwise",
            (ZH, "损失很小", "代价很小"),
            r"(?s)lesson.zh.md:3: docs/part/lesson.md:3 says 'loss', and the glossary's Chinese for"
            r" it, 损失, is missing here",
        ),
        (
            "a number that differs",
            (ZH, "均值是 $m$", "均值 5.4 是 $m$"),
            r"lesson.zh.md:17: writes 5.4 where docs/part/lesson.md:17 writes nothing",
        ),
        (
            "an include in a sample",
            (EN, "The end.", '```markdown\n--8<-- "part/lesson.py:data"\n```'),
            r"lesson.md:49: an include in a markdown block; .* put a semicolon in front of it",
        ),
        (
            "a formula in a line that differs",
            (ZH, "是 $m$：", "是 $M$："),
            r"lesson.zh.md:17: writes \$M\$ where docs/part/lesson.md:17 writes \$m\$",
        ),
        (
            "a glossary whose tables disagree",
            ("docs/about/glossary.zh.md", "| 损失 |", "| 代价 |"),
            r"glossary.zh.md:3: .loss.* \| 代价.*: docs/about/glossary.md has .loss.* \| 损失",
        ),
        (
            "a glossary with an empty cell",
            (GLOSSARY, "| 损失 |", "| |"),
            r"glossary.md:3: 'loss': fill every cell",
        ),
        (
            "a glossary with other columns",
            (GLOSSARY, "| English |", "| Term |"),
            r"glossary.md:3: the columns of the glossary are English, 中文, Meaning",
        ),
        (
            "a heading without an id",
            (EN, "## More {#more}", "## More"),
            r"lesson.md:30: the heading has no id; end it in \{#short-id\}",
        ),
        (
            "a Chinese heading without an id",
            (ZH, "## 再来 {#more}", "## 再来"),
            r"lesson.zh.md:30: the heading has no id",
        ),
        (
            "ids that differ",
            (ZH, "{#more}", "{#mehr}"),
            r"(?s)lesson.zh.md:30: here is: heading 2 \{#mehr\}.*lesson.md:30 has: heading 2"
            r" \{#more",
        ),
        (
            "an id twice",
            (EN, "{#more}", "{#lesson}"),
            r"lesson.md:30: the id lesson is taken by the heading on line 1",
        ),
        (
            "two titles",
            (EN, "## More", "# More"),
            r"lesson.md:30: a page has one title .* this has 2",
        ),
        (
            "Chinese beside English without a space",
            (ZH, "均值是 $m$", "均值mean是 $m$"),
            r"lesson.zh.md:17: Chinese typography: .* should be '?.*均值 mean 是",
        ),
        (
            "half-width punctuation",
            (ZH, "损失很小。", "损失很小,是吧?"),
            r"lesson.zh.md:3: Chinese typography: .* should be .*损失很小，是吧？",
        ),
        (
            "Chinese quotation marks of another kind",
            (ZH, "完。", "「完」。"),
            r"lesson.zh.md:49: write “, not 「",
        ),
        (
            "a word that the site does not use",
            (ZH, "完。", "顺序，或者次序。"),
            r"lesson.zh.md:49: write 顺序, not 次序",
        ),
        (
            "another name of a term",
            (ZH, "损失很小。", "损失很小，代价也是。"),
            r"lesson.zh.md:3: the glossary calls 代价 损失",
        ),
        (
            "a hyphen for a minus sign",
            (EN, "The end.", "It is -2 at the end."),
            r"lesson.md:49: a negative number has a minus sign",
        ),
        (
            "a hyphen for a minus sign in Chinese",
            (ZH, "完。", "完（-2）。"),
            r"lesson.zh.md:49: a negative number has a minus sign",
        ),
        (
            "a name in another spelling",
            (EN, "The end.", "torch ends."),
            r"lesson.md:49: write PyTorch, or `torch` as code",
        ),
        (
            "the name of a lesson without 《》",
            (ZH, "[下文](#more)", "[一课](lesson.md)"),
            r"lesson.zh.md:3: the name of a lesson stands in 《》: \[《一课》\]",
        ),
        (
            "the name of a lesson that is called otherwise",
            (ZH, "[下文](#more)", "[《两课》](lesson.md)"),
            r"lesson.zh.md:3: 《两课》 leads to a page that is called 《一课》",
        ),
        ("您", (ZH, "完。", "您好。"), r"lesson.zh.md:49: write 你, not 您"),
        (
            "a Chinese paragraph of two lines",
            (ZH, "完。", "完了，\n真的。"),
            r"lesson.zh.md:50: a Chinese paragraph is one line",
        ),
    ]
)
def test_a_mistake_in_languages_is_told(good, change, message):
    good.tells(change, message)


def test_a_number_without_its_comma(good: Project):
    good.change(EN, "The loss is small.", "The loss is 1,200.")
    good.tells(
        (ZH, "损失很小。", "损失是 1200。"),
        r"lesson.zh.md:3: writes 1200 where docs/part/lesson.md:3 writes 1,200",
    )


def test_a_term_with_two_rows(good: Project):
    for name in (GLOSSARY, GLOSSARY.replace(".md", ".zh.md")):
        rows = good.path(name).read_text(encoding="utf-8").rstrip("\n").split("\n")
        good.path(name).write_text("\n".join([*rows, rows[-1], ""]), encoding="utf-8")
    assert "glossary.md:7: 'gradient descent' has two rows" in good.failures()


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("loss", "links to no heading"),
        ("[loss](../part/lesson.md#more)", "links to .*#more, where it does not stand"),
    ],
)
def test_a_term_that_leads_to_no_lesson_of_it(good: Project, link: str, message: str):
    good.change(GLOSSARY, "[loss](../part/lesson.md#lesson)", link)
    chinese = GLOSSARY.replace(".md", ".zh.md")
    good.change(chinese, "[loss](../part/lesson.md#lesson)", link)
    told = good.failures()
    assert re.search("glossary.md:3: 'loss' links to", told), told
    assert re.search("glossary.zh.md:3: '损失' links to", told), told


def test_a_page_without_its_sibling(good: Project):
    good.path(ZH).unlink()
    assert f"{EN}:1: there is no Chinese page beside it; write {ZH}" in good.failures()
    good.path(ZH).write_text(project.FILES[ZH])
    good.path(EN).unlink()
    assert f"{ZH}:1: there is no English page beside it; write {EN}" in good.failures()


@pytest.mark.parametrize(
    "broken", ["[]", '{"docs/part/lesson.md": [1]}', "<<<<<<< HEAD\n{}"]
)
def test_translations_that_cannot_be_read_are_told_once(good: Project, broken: str):
    good.path(TRANSLATIONS).write_text(broken)
    told = good.check().stderr.str()
    assert told.startswith(f"ERROR: {TRANSLATIONS}:1: cannot be read"), told
    assert told.count(f"{TRANSLATIONS}:1:") == 1


def test_translations_that_somebody_deleted(committed: Project):
    committed.path(TRANSLATIONS).unlink()
    told = committed.check().stderr.str()
    assert f"{TRANSLATIONS}:1: is gone; take it back with git checkout" in told
