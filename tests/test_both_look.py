"""How a page in both languages looks, and that all of it can be used."""

import pytest
from playwright.sync_api import expect

from browsing import BOTH, CLIPBOARD, LESSON, PHONE, WIDE, copied, read_both, search


def test_two_columns_on_a_wide_window_and_one_on_a_phone(visit):
    tab = visit(f"{LESSON}?both", **WIDE)
    other = tab.locator("article > p .counterpart").first
    own = tab.locator("article > p .pair > [lang=en]").first
    code = tab.locator("article > .highlight").first
    left, right, full = own.bounding_box(), other.bounding_box(), code.bounding_box()
    assert left["y"] == right["y"] and left["x"] + left["width"] < right["x"]
    assert min(left["width"], right["width"]) > 400
    assert full["width"] == pytest.approx(right["x"] + right["width"] - left["x"], 0.01)
    tab.set_viewport_size(PHONE["viewport"])
    above, below = own.bounding_box(), other.bounding_box()
    assert above["y"] + above["height"] <= below["y"]


def test_chinese_looks_chinese_and_english_english_wherever_they_stand(visit):
    style = """e => { const s = getComputedStyle(e)
      return [s.fontFamily, s.lineHeight, s.lineBreak, s.textSpacingTrim] }"""
    single = {}
    for language, path in (("en", LESSON), ("zh", f"zh/{LESSON}")):
        tab = visit(path, **WIDE)
        single[language] = tab.locator("article > p").first.evaluate(style)
        single[language][0] = single[language][0].split(", ")[0:3]
    for path in (LESSON, f"zh/{LESSON}"):
        tab = visit(f"{path}?both", **WIDE)
        for language in ("en", "zh"):
            text = tab.locator(f"article > p .pair > [lang={language}]").first
            found = text.evaluate(style)
            found[0] = found[0].split(", ")[0:3]
            assert found == single[language]


def open_note(code, number):
    """Open an annotation of a code block, and return it."""
    note = code.locator(".md-annotation").nth(number)
    note.locator(".md-annotation__index").click(force=True)  # it never stands still
    return note


def test_annotations_copying_and_search_work(visit):
    tab = visit("steps/deploy/", **WIDE, **CLIPBOARD)
    code = tab.locator(".highlight").filter(has_text="Dim(")
    code.scroll_into_view_if_needed()
    expect(code.locator(".md-annotation")).to_have_count(3)
    tab.get_by_role("link", name=BOTH).click()
    read_both(tab)
    note = open_note(code, 2)
    expect(note.locator("[lang=en]")).to_contain_text("The first dimension may have")
    expect(note.locator(".counterpart")).to_contain_text("第一维")
    code.locator(".md-code__button").click(force=True)
    assert "small.eval()\n" in copied(tab)
    search(tab, "gradient")
    tab.keyboard.press("Escape")
    tab.get_by_role("link", name="English", exact=True).click()
    expect(tab.locator("html.both")).to_have_count(0)
    note = open_note(code, 0)
    expect(note).to_contain_text("half the size")
    expect(note.locator(".counterpart")).to_have_count(0)


def test_print(visit):
    tab = visit(f"zh/{LESSON}?both", **WIDE)
    expect(tab.locator("h1 .counterpart")).to_be_visible()
    tab.emulate_media(media="print")
    expect(tab.locator(".languages")).to_be_hidden()
    expect(tab.locator(".md-code__nav").first).to_be_hidden()
    pair = tab.locator("article > p .pair").first
    assert pair.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    above, below = (pair.locator("> [lang]").nth(n).bounding_box() for n in (0, 1))
    assert above["y"] + above["height"] <= below["y"]


def test_terms_of_both_languages_are_reached_by_key(visit):
    tab = visit(f"{LESSON}?both", **WIDE)
    read_both(tab)
    term = tab.locator(".counterpart g-t[f]").first
    term.focus()
    expect(term).to_be_focused()
    expect(tab.locator("#term-card strong")).to_have_text("parameter")


def test_choices_fit_a_phone_under_their_full_names(visit):
    tab = visit(LESSON, **PHONE)
    expect(tab.get_by_role("link", name="English", exact=True)).to_have_count(0)
    for name in ("中文", BOTH):
        box = tab.get_by_role("link", name=name, exact=True).bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    tab.get_by_role("link", name=BOTH).click()
    expect(tab.get_by_role("link", name="English", exact=True)).to_be_visible()
