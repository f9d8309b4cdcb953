"""What is said of paragraphs that moved, came, went or changed in one language."""

import re

import pytest

from good_project import EN, TRANSLATIONS, ZH, Project

pytest_plugins = ["pytester", "good_project"]

FIRST = "损失很小。见[术语表](../about/glossary.md#glossary)和[下文](#more)。"
ITEMS, ITEMS_ZH = "- First.\n- Second.", "- 第一。\n- 第二。"


@pytest.mark.parametrize(
    "changes, message",
    [
        (
            [(ZH, ITEMS_ZH, "- 第二。\n- 第一。")],
            f"{ZH}:32: swapped with line 33: this is the Chinese of {EN}:33, and stands",
        ),
        (
            [(EN, ITEMS, "- Second.\n- First.")],
            f"{ZH}:32: swapped with line 33: this is the Chinese of {EN}:33, and stands",
        ),
        (
            [(ZH, FIRST, "\\g"), (ZH, "完。", FIRST), (ZH, "\\g", "完。")],
            f"{ZH}:3: swapped with line 49: this is the Chinese of {EN}:49, and stands",
        ),
        (
            [
                (EN, ITEMS, f"- New.\n{ITEMS}"),
                (ZH, ITEMS_ZH, f"{ITEMS_ZH}\n- 新的。"),
            ],
            f"{ZH}:32: this is the Chinese of {EN}:33, and stands beside line 32; 2 stand in"
            " another order",
        ),
    ],
    ids=["Chinese items", "English items", "with links", "a new item at two places"],
)
def test_an_order_that_differs_is_told_once(good: Project, changes, message: str):
    pairs = good.path(TRANSLATIONS).read_bytes()
    for change in changes:
        good.change(*change)
    for option in ((), ("--record",)):
        told = good.failures(*option)
        assert message in told, told
        assert len(re.findall(rf"^{ZH}:", told, re.M)) == 1, told
    assert good.path(TRANSLATIONS).read_bytes() == pairs


@pytest.mark.parametrize(
    "changes, message",
    [
        ([(ZH, "- 第二。", "- 第二项。")], ":33: only the Chinese changed: 1 in all"),
        (
            [(EN, ITEMS, f"- New.\n{ITEMS}"), (ZH, ITEMS_ZH, f"- 新的。\n{ITEMS_ZH}")],
            ":32: new in both languages: 1 in all",
        ),
        (
            [(EN, "- Second.", "- Last."), (ZH, "- 第二。", "- 最后。")],
            ":33: new or changed in both languages: 1 in all",
        ),
        (
            [(EN, "- Second.", "- Last."), (ZH, ITEMS_ZH, "- 第二。\n- 最后。")],
            ":32: this is the Chinese of a paragraph that changed or is gone",
        ),
    ],
)
def test_what_the_hashes_show_is_told(good: Project, changes, message: str):
    for change in changes:
        good.change(*change)
    assert f"{ZH}{message}" in good.failures()


@pytest.mark.parametrize(
    "change, message",
    [
        (
            (EN, "The end.", "One more.\n\nThe end."),
            f"{EN}:49 is new, and has no Chinese: One more.",
        ),
        (
            (ZH, "完。", "多的。\n\n完。"),
            f"{ZH}:49 is new, and has no English: 多的。",
        ),
        (
            (EN, "    Twice the mean.\n\n", ""),
            f"{ZH}:37 stayed, and its English is gone: 均值的两倍。",
        ),
        (
            (ZH, "    均值的两倍。\n\n", ""),
            f"{EN}:37 stayed, and its Chinese is gone: Twice the mean.",
        ),
    ],
)
def test_what_one_page_alone_got_or_lost(good: Project, change, message: str):
    good.change(*change)
    told = good.failures()
    assert f"\n  {message}" in told, told
