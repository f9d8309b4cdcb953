"""Terms of the glossary: their marks in the pages, and their cards."""

import json
from functools import partial

import pytest
from built import ROOT
from playwright.sync_api import expect
from reading.terms import OTHER_SENSES, Glossary, Term, mark, read_glossary, unmarked
from test_browser import LESSON, PHONE, copied, violations

WIDE = {"viewport": {"width": 1280, "height": 800}}
FETCHED = ["terms.js", "sheet.js", "terms.css", "terms.json"]

GRADIENT = Term("gradient", ("梯度",), "s")
DESCENT = Term("gradient descent", ("梯度下降",), "s")
LOSS = Term("loss", ("损失",), "s")
STEP = Term("step", ("步",), "s")
BATCH = Term("mini-batch", ("小批量",), "s")
BY_STEP = Term("step by step", ("一步步", "逐步"), OTHER_SENSES)
GLOSSARY = Glossary([GRADIENT, DESCENT, LOSS, STEP, BATCH, BY_STEP])


def marked(html, find=GLOSSARY.in_english):
    """Return HTML with [first] and (further) marks."""
    html, _ = mark(html, find, set())
    for tag, sign in (("<g-t f>", "["), ("<g-t>", "("), ("</g-t>", "]")):
        html = html.replace(tag, sign)
    return html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("The loss, the losses.", "The [loss], the (losses]."),
        ("Gradients of\nGradient\ndescent", "[Gradients] of\n[Gradient\ndescent]"),
        ("gradient-descent, mini-batches", "[gradient-descent], [mini-batches]"),
        ("lossless, a-loss, closs", "lossless, a-loss, closs"),
        ("Go step by step. A step.", "Go step by step. A [step]."),
        ("<code>loss</code> loss", "<code>loss</code> [loss]"),
        ("gradient<code>x</code>descent", "[gradient]<code>x</code>descent"),
        ('<a href="loss">loss</a> loss', '<a href="loss">loss</a> [loss]'),
        (
            "<strong>loss</strong> <em>a loss</em>",
            "<strong>[loss]</strong> <em>a (loss]</em>",
        ),
        ("<strong>gradient</strong> descent", "<strong>gradient</strong> descent"),
        ("<math><mi>loss</mi></math>", "<math><mi>loss</mi></math>"),
        ("a &lt; loss &amp; b", "a &lt; [loss] &amp; b"),
    ],
)
def test_marks_in_english(html, expected):
    assert marked(html) == expected
    assert unmarked(mark(html, GLOSSARY.in_english, set())[0]) == html


@pytest.mark.parametrize(
    ("html", "used", "expected"),
    [
        ("损失和损失", {LOSS}, "[损失]和(损失]"),
        ("损失和梯度", {LOSS}, "[损失]和梯度"),
        ("梯度下降和梯度", {GRADIENT}, "梯度下降和[梯度]"),
        ("梯度下降和梯度", {GRADIENT, DESCENT}, "[梯度下降]和[梯度]"),
        ("一步步走，走一步", {STEP, BY_STEP}, "一步步走，走一[步]"),
        ("逐步走，走一步", {STEP}, "逐步走，走一[步]"),
        ("步子大，步长小，走一步停", {STEP}, "步子大，步长小，走一[步]停"),
        ("<code>损失</code><a>损失</a>", {LOSS}, "<code>损失</code><a>损失</a>"),
        ("损失", set(), "损失"),
    ],
)
def test_marks_in_chinese(html, used, expected):
    find = partial(GLOSSARY.in_chinese, used=frozenset(used))
    assert marked(html, find) == expected


def test_terms_in_links_are_used_by_the_paragraph():
    _, used = mark("<a>loss</a> step by step", GLOSSARY.in_english, set())
    assert used == {LOSS, BY_STEP}


# What holds of the marks of a page, asked of its HTML without running its scripts.
MARKS = """async ({url, terms, cards}) => {
  const { find } = await import(terms)
  const rows = await (await fetch(cards)).json()
  const html = await (await fetch(url)).text()
  const page = new DOMParser().parseFromString(html, "text/html")
  const wrong = []
  let seen = new Set()
  for (const e of page.querySelectorAll("article :is(h2, g-t)")) {
    if (e.matches("h2")) { seen = new Set(); continue }
    const found = find(rows, e.textContent)
    if (!found) { wrong.push(`no row: ${e.textContent}`); continue }
    if (e.hasAttribute("f") === seen.has(found))
      wrong.push(`not the first: ${e.textContent}`)
    seen.add(found)
    if (e.closest("h1, h2, h3, h4, code, math, a, button, summary, th, .admonition-title"))
      wrong.push(`out of place: ${e.textContent}`)
    if (!e.closest("[data-prose]")) wrong.push(`not in prose: ${e.textContent}`)
  }
  return [page.querySelectorAll("g-t").length, wrong]
}"""


def test_every_mark_has_a_row_and_stands_in_prose(site, visit, subtests):
    tab = visit()
    total = 0
    for page in site.pages:
        with subtests.test(page=page.path):
            prefix = "zh/" if page.language == "zh" else ""
            count, wrong = tab.evaluate(
                MARKS,
                {
                    "url": page.url,
                    "terms": f"{site.address}assets/javascripts/terms.js",
                    "cards": f"{site.address}{prefix}about/glossary/terms.json",
                },
            )
            assert wrong == []
            assert (count == 0) == page.path.endswith("about/glossary/")
            total += count
    assert total > 2000


def test_cards_say_what_the_glossary_says(site):
    english, chinese = (
        json.loads(
            (site.folder / path / "about/glossary/terms.json").read_text("utf-8")
        )
        for path in ("", "zh")
    )
    terms = [term for term in read_glossary(ROOT).terms if term.is_marked]
    assert set(english) == {term.english.lower() for term in terms}
    assert english["gradient"][0]["term"] == "梯度"
    assert "partial derivatives" in english["gradient"][0]["meaning"]
    assert "step by step" not in english and "一步步" not in chinese
    assert [card["term"] for card in chinese["反向传播"]] == [
        "backward pass",
        "backpropagation",
    ]
    assert "<code>train()</code>" in english["training mode"][0]["meaning"]
    for cards in (english, chinese):
        for card in sum(cards.values(), []):
            assert all(card.values()), card
            assert card["section"] in site.page("about/glossary/").ids


def test_marks_do_not_reach_the_search_index(site):
    for folder in ("search", "zh/search"):
        index = (site.folder / folder / "search_index.json").read_text("utf-8")
        assert "g-t" not in index and "data-prose" not in index


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
    tab.wait_for_url(f"{site.address}{page}about/glossary/#model")


def test_card_at_the_end_of_the_window_opens_upwards(visit):
    tab = visit(LESSON, **WIDE)
    term = term_of(tab, "chain rule")
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
        expect(tab.locator("html.both")).to_be_attached()
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
    tab.locator("g-t[f]").first.focus()
    expect(card_of(tab)).to_be_visible()
    assert violations(tab) == []
    tab.emulate_media(color_scheme="dark")
    expect(tab.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    expect(card_of(tab)).to_be_visible()
    assert violations(tab, runOnly=["color-contrast"]) == []


def test_copying_and_paper_know_nothing_of_it(visit):
    tab = visit(LESSON, **WIDE, permissions=["clipboard-read", "clipboard-write"])
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
