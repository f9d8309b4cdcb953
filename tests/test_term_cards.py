"""Cards of the terms of the glossary, in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import (
    CLIPBOARD,
    LESSON,
    PHONE,
    WIDE,
    copied,
    read_both,
    turn_dark,
    violations,
)

FETCHED = ["terms.js", "fetching.js", "terms.json", "terms.css"]


def term_of(tab, word, within="article"):
    return tab.locator(f"{within} g-t[f]").filter(has_text=word).first


def card_of(tab):
    return tab.locator("#term-card")


def is_beside(tab, term):
    """Whether the card is inside the window and does not cover its term."""
    card, word = card_of(tab).bounding_box(), term.bounding_box()
    width = tab.evaluate("document.documentElement.clientWidth")
    inside = card["x"] >= 0 and card["x"] + card["width"] <= width
    below = card["y"] >= word["y"] + word["height"]
    above = card["y"] + card["height"] <= word["y"]
    return inside and card["y"] >= 0 and (below or above)


@pytest.mark.parametrize(
    ("path", "within", "word", "languages", "says", "page"),
    [
        (LESSON, "article > p", "parameters", "zh en", ["参数", "training"], ""),
        (f"zh/{LESSON}", "article > p", "参数", "en zh", ["parameter", "训练"], "zh/"),
        (f"{LESSON}?both", ".counterpart", "参数", "en zh", ["parameter", "训练"], ""),
        (
            f"zh/{LESSON}?both",
            ".counterpart",
            "parameters",
            "zh en",
            ["参数", "that"],
            "zh/",
        ),
    ],
)
def test_card_by_pointer(visit, site, path, within, word, languages, says, page):
    tab = visit(path, **WIDE)
    term = term_of(tab, word, within)
    term.hover()
    card = card_of(tab)
    expect(card).to_be_visible()
    for place, (tag, language) in enumerate(
        zip(("strong", "span"), languages.split(), strict=True)
    ):
        part = card.locator(f"{tag}[lang={language}]")
        expect(part).to_contain_text(says[place])
    assert is_beside(tab, term)
    card.hover()  # as one who wants to follow the link does
    tab.wait_for_timeout(500)
    expect(card).to_be_visible()
    tab.mouse.move(5, 700)
    expect(card).to_have_count(0)
    term.hover()
    tab.keyboard.press("Escape")
    expect(card).to_have_count(0)
    tab.mouse.move(5, 700)
    term.hover()
    card.get_by_role("link").click()
    tab.wait_for_url(f"{site.address}{page}about/glossary/#term-parameter")


def test_card_at_the_end_of_the_window_opens_upwards(visit):
    tab = visit(LESSON, **WIDE)
    term = term_of(tab, "learning rate")
    term.evaluate("term => term.scrollIntoView({block: 'end', behavior: 'instant'})")
    term.hover()
    expect(card_of(tab)).to_be_in_viewport(ratio=1)
    assert is_beside(tab, term)


def test_passing_over_a_term_opens_nothing(visit):
    tab = visit(LESSON, **WIDE)
    term_of(tab, "parameters").hover()
    tab.mouse.move(5, 700)
    tab.wait_for_timeout(600)
    expect(card_of(tab)).to_have_count(0)


@pytest.mark.parametrize("path", [LESSON, f"zh/{LESSON}", f"{LESSON}?both"])
def test_card_by_touch(visit, path):
    tab = visit(path, **PHONE)
    if "both" in path:
        read_both(tab)
    terms = tab.locator("article g-t:visible")
    for number in range(0, terms.count(), max(terms.count() // 8, 1)):
        term = terms.nth(number)
        term.scroll_into_view_if_needed()
        term.tap()
        expect(card_of(tab)).to_be_visible()
        assert is_beside(tab, term)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        tab.touchscreen.tap(3, 400)  # the margin, where no term is
        expect(card_of(tab)).to_have_count(0)


def test_card_by_key(visit):
    tab = visit(LESSON, **WIDE)
    card, first = card_of(tab), term_of(tab, "parameters")
    tab.locator(".md-header a").last.focus()
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.matches('g-t')"):
            break
    expect(first).to_be_focused()
    expect(card).to_be_visible()
    expect(first).to_have_accessible_description(
        "参数 A number in the model that training changes."
    )
    assert is_beside(tab, first)
    tab.keyboard.press("Tab")
    expect(card.get_by_role("link", name="Glossary")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(first).to_be_focused()
    tab.wait_for_timeout(300)
    expect(card).to_have_count(0)
    tab.keyboard.press("Tab")
    expect(card.locator("strong")).to_have_text("正规方程")
    tab.keyboard.press("Shift+Tab")
    expect(card.locator("strong")).to_have_text("参数")
    tab.keyboard.press("Escape")
    assert tab.locator("g-t:not([f])").count() > 10
    assert tab.locator("g-t:not([f])[tabindex]").count() == 0


@pytest.mark.parametrize("path", [LESSON, "steps/update/", f"zh/{LESSON}"])
def test_marks_do_not_double_the_stops(visit, path):
    tab = visit(path, **WIDE)
    stops = "a[href], button, summary, input, select, [tabindex='0']"
    article = tab.locator("article")
    marks = article.locator("g-t[tabindex]").count()
    assert 5 < marks < article.locator(stops).count() / 2
    names = [
        name.lower() for name in article.locator("g-t[tabindex]").all_inner_texts()
    ]
    assert len(names) == len(set(names))


def test_the_row_of_a_card_is_landed_on(visit):
    tab = visit(LESSON, **WIDE)
    term_of(tab, "learning rate").hover()
    card_of(tab).get_by_role("link").click()
    tab.wait_for_url("**/about/glossary/#term-learning-rate")
    row = tab.locator("#term-learning-rate")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("学习率")
    header = tab.locator(".md-header").bounding_box()["height"]
    assert header < row.bounding_box()["y"] < header + 60


def test_nothing_is_fetched_before_it_is_needed(visit):
    tab = visit("line/solve/", **WIDE)
    tab.wait_for_load_state("networkidle")
    tab.mouse.wheel(0, 300)
    assert not [url for url in tab.requests if url.endswith(tuple(FETCHED))]
    tab.requests.clear()
    for word in ("parameters", "tensors", "parabola"):
        term_of(tab, word).hover()
        expect(card_of(tab).locator("strong")).to_be_visible()
    fetched = [url.rpartition("/")[2] for url in tab.requests]
    assert [name for name in fetched if not name.endswith(".svg")] == FETCHED


@pytest.mark.parametrize("path", [LESSON, f"zh/{LESSON}?both"])
def test_axe_finds_nothing_in_a_card(visit, path):
    tab = visit(path, **WIDE, reduced_motion="reduce")
    if "both" in path:
        read_both(tab)  # a paragraph that moves loses the focus
    tab.locator("g-t[f]").first.focus()
    expect(card_of(tab)).to_be_visible()
    assert violations(tab, "#term-card") == []
    turn_dark(tab)
    expect(card_of(tab)).to_be_visible()
    assert violations(tab, "#term-card", runOnly=["color-contrast"]) == []


def test_copying_and_paper_know_nothing_of_it(visit):
    tab = visit(LESSON, **WIDE, **CLIPBOARD)
    paragraph = tab.locator("article > p").first
    term = term_of(tab, "parameters")
    texts = []
    for reader in ("without the card", "with it"):
        if reader == "with it":
            term.hover()
            expect(card_of(tab)).to_be_visible()
        paragraph.evaluate("p => getSelection().selectAllChildren(p)")
        tab.keyboard.press("Control+C")
        texts.append(copied(tab))
    assert texts[0] == texts[1]
    tab.mouse.move(5, 700)
    term.hover()
    expect(card_of(tab)).to_be_visible()
    tab.emulate_media(media="print")
    expect(card_of(tab)).to_be_hidden()
    line = "term => getComputedStyle(term).textDecorationLine"
    assert term.evaluate(line) == "none"
    tab.emulate_media(media="screen")
    assert term.evaluate(line) == "underline"


def test_without_a_script_terms_are_words(visit):
    tab = visit(LESSON, java_script_enabled=False)
    term = term_of(tab, "parameters")
    assert tab.locator("g-t[tabindex]").count() == 0
    expect(term).to_have_css("cursor", "auto")
    expect(term).to_have_css("text-decoration-line", "none")
