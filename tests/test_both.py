"""Reading in both languages at once."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from built import ROOT, build, small_project
from playwright.sync_api import expect
from publishing.prose import disagreement, mark_blocks
from reading.pages import read_page
from test_browser import (
    CHINESE,
    LESSON,
    PHONE,
    assert_accessible,
    copied,
    open_whole,
    search,
)

WIDE = {"viewport": {"width": 1280, "height": 800}}
PROSE = ("heading", "paragraph", "image", "cell")
BOTH = "English + 中文"


def is_prose(block):
    last = block.shape.split(" › ")[-1]
    return last.split()[0] in PROSE or last.endswith(", title")


def english(site):
    return [page for page in site.pages if page.language == "en"]


def read_both(tab, url):
    """Open a page in both languages, and wait until it is."""
    tab.goto(f"{url}?both")
    expect(tab.locator("html.both")).to_be_attached()


def texts(tab, selector):
    return tab.locator(selector).evaluate_all(
        "all => all.map(e => (e.querySelector(':scope > img')?.alt ?? e.textContent)"
        ".replace('¶', '').replace(/\\s+/g, ' ').trim())"
    )


def test_every_block_is_followed_by_its_counterpart(site, visit, subtests):
    tab = visit(**WIDE)
    tab.emulate_media(media="print")  # Material keeps closed annotations elsewhere
    for page in english(site):
        pair = {"en": page, "zh": site.page(f"zh/{page.path}")}
        with subtests.test(page=page.path):
            source = page.source.relative_to(ROOT).as_posix()
            model = read_page(ROOT, source)
            sibling = read_page(ROOT, model.sibling)
            differ = [
                ours.text != theirs.text
                for ours, theirs in zip(model.blocks, sibling.blocks, strict=True)
                if is_prose(ours)
            ]
            blocks, code = {}, {}
            for language, side in pair.items():
                tab.evaluate("localStorage.clear()")
                tab.requests.clear()
                tab.goto(side.url)
                tab.wait_for_load_state("networkidle")
                assert not [url for url in tab.requests if "both" in url]
                blocks[language] = texts(tab, "[data-prose]")
                code[language] = texts(tab, "article :is(.highlight code, .formula)")
            for language, other in (("en", "zh"), ("zh", "en")):
                read_both(tab, pair[language].url)
                assert len(blocks[language]) == len(differ)
                found = tab.locator("[data-prose]").evaluate_all(
                    """(all, own) => all.map(block => {
                      const other = block.querySelector(".counterpart")
                      const before = other?.previousElementSibling
                      return other && [
                        other.lang,
                        other.textContent.replace(/\\s+/g, " ").trim(),
                        before.matches(`img, [lang=${own}]`)
                      ]
                    })""",
                    language,
                )
                expected = [
                    [other, text, True] if differs else None
                    for text, differs in zip(blocks[other], differ, strict=True)
                ]
                assert found == expected
                assert code[language] == texts(
                    tab, "article :is(.highlight code, .formula)"
                )
    assert tab.complaints == []


def test_nothing_scrolls_sideways_on_a_phone(site, visit, subtests):
    tab = visit("?both", **PHONE)
    for page in site.pages:
        with subtests.test(page=page.path):
            open_whole(tab, page)
            expect(tab.locator("html.both")).to_be_attached()
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360
            assert tab.evaluate("document.body.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["", "zh/steps/deploy/", LESSON, "zh/about/glossary/"])
def test_axe_finds_nothing(site, visit, path):
    tab = visit("?both", **WIDE, reduced_motion="reduce")
    open_whole(tab, site.page(path))
    expect(tab.locator("html.both")).to_be_attached()
    assert_accessible(tab)


def test_links_of_the_counterpart_lead_to_pages_of_this_language(site, subtests):
    pages = {page.file: page for page in site.pages}
    for page in site.pages:
        with subtests.test(page=page.path):
            both = json.loads(page.file.with_name("both.json").read_text("utf-8"))
            assert {both["lang"], page.language} == {"en", "zh"}
            html = "".join(filter(None, both["blocks"]))
            assert "<img" not in html and " id=" not in html
            for link in re.findall(r'href="([^"]+)"', html):
                url = urljoin(page.url, link)
                if not url.startswith(site.address):
                    continue
                leads = pages[site.file(url)]
                assert leads.language == page.language
                anchor = unquote(urlsplit(url).fragment)
                assert not anchor or anchor in leads.ids


def test_choice_survives_until_one_language_is_chosen(site, visit):
    tab = visit(LESSON, **CHINESE)
    tab.get_by_role("link", name=BOTH).click()
    tab.wait_for_url(f"{site.address}{LESSON}?both")
    counterpart = tab.locator("h1 .counterpart")
    expect(counterpart).to_have_text("一步步往下走")
    expect(tab.get_by_role("link", name=BOTH)).to_have_attribute("aria-current", "true")
    assert tab.locator(".language[aria-current]").count() == 1
    tab.reload()
    expect(counterpart).to_be_visible()
    tab.locator(".md-footer__link--next").click()
    expect(counterpart).to_have_text("让机器求导")
    expect(tab.locator(".offer")).to_be_hidden()
    tab.get_by_role("link", name="中文", exact=True).click()
    tab.wait_for_url(f"{site.address}zh/line/autograd/")
    expect(tab.locator("h1")).to_have_text(re.compile("^让机器求导"))
    tab.wait_for_load_state("networkidle")
    expect(counterpart).to_have_count(0)
    tab.get_by_role("link", name=BOTH).click()
    expect(counterpart).to_have_text("Let the machine differentiate")
    tab.get_by_role("link", name="中文", exact=True).click()
    expect(counterpart).to_have_count(0)
    assert tab.url == f"{site.address}zh/line/autograd/"
    tab.reload()
    tab.wait_for_load_state("networkidle")
    expect(counterpart).to_have_count(0)


def test_a_link_opens_both_at_its_heading(site, visit):
    tab = visit(f"zh/{LESSON}?both#which-way", **PHONE)
    heading = tab.locator("#which-way .counterpart")
    expect(heading).to_contain_text("which way is down?")
    expect(heading).to_be_in_viewport()
    assert tab.evaluate("__md_get('language')") == "both"


def test_a_link_to_both_needs_no_storage(browser, site):
    context = browser.new_context()
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name,"
        " {get() { throw new DOMException('denied', 'SecurityError') }})"
    )
    tab = context.new_page()
    tab.goto(f"{site.address}{LESSON}?both")
    expect(tab.locator("h1 .counterpart")).to_be_visible()
    expect(tab.get_by_role("link", name=BOTH)).to_have_attribute("aria-current", "true")
    context.close()


# The block at the top of the window, and how far it is from there.
TOP = """() => {
  const block = [...document.querySelectorAll("[data-prose]")].find(
    block => block.getBoundingClientRect().bottom > 80
  )
  const own = block.querySelector(".pair > [lang]") ?? block
  return [own.textContent, block.getBoundingClientRect().top]
}"""


@pytest.mark.parametrize("reader", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_place_is_kept(visit, reader):
    tab = visit(f"{LESSON}#step", **reader)
    tab.evaluate("scrollBy(0, 500)")
    tab.wait_for_timeout(300)
    text, top = tab.evaluate(TOP)
    place = [text, pytest.approx(top, abs=3)]
    tab.get_by_role("link", name=BOTH).click()
    expect(tab.locator("html.both")).to_be_attached()
    tab.wait_for_timeout(300)
    assert tab.evaluate(TOP) == place
    tab.reload()
    expect(tab.locator("html.both")).to_be_attached()
    tab.wait_for_timeout(500)
    assert tab.evaluate(TOP) == place
    tab.get_by_role("link", name="English", exact=True).click()
    expect(tab.locator("html.both")).to_have_count(0)
    tab.wait_for_timeout(300)
    assert tab.evaluate(TOP) == place


def test_a_single_language_is_as_it_was(visit):
    tab = visit(LESSON, **WIDE)
    tab.wait_for_load_state("networkidle")
    text = "document.querySelector('article').innerHTML.replace(/ tabindex=\"0\"/g, '')"
    before = tab.evaluate(text)
    tab.get_by_role("link", name=BOTH).click()
    expect(tab.locator("h1 .counterpart")).to_be_visible()
    tab.get_by_role("link", name="English", exact=True).click()
    expect(tab.locator(".counterpart")).to_have_count(0)
    assert tab.evaluate(text) == before


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
    tab = visit(
        "steps/deploy/",
        **WIDE,
        permissions=["clipboard-read", "clipboard-write"],
    )
    code = tab.locator(".highlight").filter(has_text="Dim(")
    code.scroll_into_view_if_needed()
    expect(code.locator(".md-annotation")).to_have_count(3)
    tab.get_by_role("link", name=BOTH).click()
    expect(tab.locator("html.both")).to_be_attached()
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


def test_third_choice_needs_a_script(visit):
    tab = visit(f"{LESSON}?both", java_script_enabled=False)
    expect(tab.get_by_role("link", name="English", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    expect(tab.get_by_role("link", name="中文", exact=True)).to_be_visible()
    expect(tab.get_by_role("link", name=BOTH)).to_have_count(0)


def test_the_later_choice_counts_on_the_way_back(visit, site):
    tab = visit(LESSON)
    tab.get_by_role("link", name=BOTH).click()
    expect(tab.locator("html.both")).to_be_attached()
    tab.goto(f"{site.address}line/solve/")
    expect(tab.locator("html.both")).to_be_attached()
    tab.get_by_role("link", name="English", exact=True).click()
    expect(tab.locator("html.both")).to_have_count(0)
    tab.go_back()
    tab.wait_for_url(f"{site.address}{LESSON}?both")
    expect(tab.locator("html.both")).to_have_count(0)
    tab.reload()
    expect(tab.locator("html.both")).to_have_count(0)
    tab.goto(f"{site.address}{LESSON}?both")  # a link that is followed
    expect(tab.locator("html.both")).to_be_attached()


def test_terms_of_both_languages_are_reached_by_key(visit):
    tab = visit(f"{LESSON}?both", **WIDE)
    expect(tab.locator("html.both")).to_be_attached()
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


def test_a_page_that_cannot_be_fetched_stays_as_it_is(visit):
    tab = visit(LESSON)
    tab.route("**/both.json", lambda route: route.abort())
    tab.get_by_role("link", name=BOTH).click()
    tab.wait_for_timeout(500)
    expect(tab.get_by_role("link", name="English", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    expect(tab.locator("html.both")).to_have_count(0)


class Marked(HTMLParser):
    """The text of each marked block."""

    def __init__(self, html):
        super().__init__()
        self.depth, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag != "img":
            self.depth.append("data-prose" in dict(attributes))
            if self.depth[-1]:
                self.found.append("")

    def handle_endtag(self, tag):
        self.depth.pop()

    def handle_data(self, data):
        if any(self.depth):
            self.found[-1] += data


def test_marks_of_lists_cells_titles_and_images():
    html = """<h2 id="a">A <em>b</em><a class="headerlink" href="#a">#</a></h2>
<ul>
<li>tight <code>x</code><ul>
<li><a href="y">inner</a></li>
</ul>
</li>
<li>
<p>loose</p>
</li>
</ul>
<details class="note"><summary>Sum</summary><p>In <b>it</b></p></details>
<div class="admonition"><p class="admonition-title">Title</p></div>
<table><tr><th>h</th><td></td></tr></table>
<p><img alt="What &quot;one&quot; sees." src="a.svg"></p>
<pre><code>&lt;p&gt;no</code></pre><math><mtd><mi>p</mi></mtd></math>"""
    marked, blocks = mark_blocks(html)
    assert [(block.kind, block.html) for block in blocks] == [
        ("heading", "A <em>b</em>"),
        ("paragraph", "tight <code>x</code>"),
        ("paragraph", '<a href="y">inner</a>'),
        ("paragraph", "loose"),
        ("title", "Sum"),
        ("paragraph", "In <b>it</b>"),
        ("title", "Title"),
        ("cell", "h"),
        ("cell", ""),
        ("image", "What &quot;one&quot; sees."),
    ]
    found = Marked(marked).found
    assert found[:3] == ["A b#", "tight x", "inner"] and len(found) == len(blocks)
    plain = marked.replace(" data-prose", "").replace("<span>", "")
    assert plain.replace("</span>", "") == html


def test_a_source_that_is_published_as_something_else_is_told(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A {#a}\n\nOne.\n\n![x](b.svg)\n")
    page = read_page(tmp_path, "docs/a.md")
    _, blocks = mark_blocks('<h1>A</h1><p>One.</p><p><img alt="x" src="b.svg"></p>')
    assert disagreement(page, blocks) is None
    # A notebook draws what its source does not hold.
    assert disagreement(page, [*blocks, blocks[-1]]) is None
    assert disagreement(page, blocks[:1]) == (
        "docs/a.md: 2 blocks of text are published as 1"
    )
    assert disagreement(page, blocks[::-1]) == (
        "docs/a.md:1: this heading is published as a paragraph"
    )


def test_pages_that_cannot_be_paired_fail_the_build(tmp_path):
    project = small_project(tmp_path / "project", "# A {#a}\n\nOne.\n", "# 一 {#a}\n")
    result = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert result.returncode != 0
    assert "index.html: the Chinese page has not the same blocks" in result.stderr
