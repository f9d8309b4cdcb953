"""The built site in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from built import ROOT, Server, Site, build, small_project
from playwright.sync_api import expect
from reading.pages import read_page

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
CHINESE = {"locale": "zh-CN"}
LESSON = "line/descent/"


def test_pages_ask_only_this_site_and_nothing_complains(site, visit, subtests):
    tab = visit()
    for page in site.pages:
        with subtests.test(page=page.path):
            tab.requests.clear()
            tab.complaints.clear()
            tab.goto(page.url)
            tab.wait_for_load_state("networkidle")
            assert [url for url in tab.requests if site.address not in url] == []
            assert not any("search_index" in url for url in tab.requests)
            assert not any("sitemap" in url for url in tab.requests)
            assert tab.complaints == []


def test_policy_stops_what_is_not_of_the_site(visit):
    tab = visit(LESSON)
    tab.evaluate("document.body.append(Object.assign(new Image, {src: '//x.test/'}))")
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {text: 'window.ran = true'}))"
    )
    assert tab.evaluate("window.ran") is None
    assert sum("Content Security Policy" in line for line in tab.complaints) == 2


def open_whole(tab, page):
    """Visit a page, and open its boxes that are folded."""
    tab.goto(page.url)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")


def violations(tab, **options):
    """Return what axe-core finds, short enough to read."""
    options |= {"resultTypes": ["violations"]}  # else most of the time goes into passes
    found = Axe().run(tab, options=options).response["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        for node in rule["nodes"]
    ]


def assert_accessible(tab):
    """Fail where axe finds something: wide in light and in dark, on a phone in dark."""
    assert violations(tab) == []
    tab.emulate_media(color_scheme="dark")
    expect(tab.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    assert violations(tab, runOnly=["color-contrast"]) == []
    tab.set_viewport_size({"width": 360, "height": 740})
    assert violations(tab) == []


def test_axe_finds_nothing(site, visit, subtests):
    tab = visit(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    for page in site.pages:
        with subtests.test(page=page.path):
            tab.set_viewport_size({"width": 1280, "height": 800})
            tab.emulate_media(color_scheme="light")
            open_whole(tab, page)
            assert_accessible(tab)


def test_paper_is_light(visit):
    tab = visit(LESSON, color_scheme="dark")
    scheme = "document.body.dataset.mdColorScheme"
    assert tab.evaluate(scheme) == "slate"
    tab.evaluate(f"addEventListener('beforeprint', () => (window.printed = {scheme}))")
    tab.pdf()
    assert tab.evaluate("printed") == "default"
    assert tab.evaluate(scheme) == "slate"


def test_axe_finds_nothing_in_what_opens(visit):
    tab = visit(LESSON, **CHINESE, reduced_motion="reduce")
    expect(tab.locator(".offer")).to_be_visible()
    assert violations(tab) == []
    search(tab, "gradient")
    assert violations(tab) == []
    phone = visit(f"zh/{LESSON}", **PHONE, reduced_motion="reduce")
    phone.locator(".menu").click()
    phone.wait_for_timeout(400)
    assert violations(phone) == []


def test_axe_finds_nothing_on_404(visit):
    for scheme in ("light", "dark"):
        assert violations(visit("no/such/page/", color_scheme=scheme)) == []


def test_no_page_output_or_formula_scrolls_sideways_on_a_phone(site, visit, subtests):
    tab = visit(**PHONE)
    for page in site.pages:
        with subtests.test(page=page.path):
            open_whole(tab, page)
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360
            assert tab.evaluate("document.body.scrollWidth") <= 360
            cut = tab.locator(".output code, .formula").evaluate_all(
                "boxes => boxes.filter(b => b.scrollWidth > b.clientWidth + 1)"
                ".map(b => b.textContent)"
            )
            assert cut == []


def test_switch_keeps_the_page_and_the_heading_and_remembers(visit, site):
    tab = visit(LESSON)
    tab.locator("#which-way").evaluate("heading => heading.scrollIntoView()")
    tab.get_by_role("link", name="中文", exact=True).click()
    tab.wait_for_url(f"{site.address}zh/{LESSON}#which-way")
    expect(tab.locator("#which-way")).to_be_in_viewport()
    tab.locator("#step").evaluate("heading => heading.scrollIntoView()")
    tab.get_by_role("link", name="English", exact=True).click()
    tab.wait_for_url(f"{site.address}{LESSON}#step")
    tab.get_by_role("link", name="中文", exact=True).click()
    tab.goto(site.address)
    offer = tab.get_by_role("complementary", name="中文")
    expect(offer).to_be_visible()  # Chinese was chosen, and this page is English
    offer.get_by_role("link").click()
    tab.wait_for_url(f"{site.address}zh/")
    expect(tab.locator(".offer")).to_be_hidden()


def test_switch_at_the_top_of_a_page_leads_to_the_top(visit, site):
    tab = visit()
    tab.get_by_role("link", name="中文", exact=True).click()
    tab.wait_for_url(f"{site.address}zh/")


@pytest.mark.parametrize(
    ("path", "locale", "offered"),
    [
        (LESSON, "zh-CN", "zh"),
        (f"zh/{LESSON}", "en-GB", "en"),
        (LESSON, "en-US", None),
        (LESSON, "fr-FR", None),
        (f"zh/{LESSON}", "zh-TW", None),
    ],
)
def test_offer_to_who_reads_the_other_language(visit, site, path, locale, offered):
    tab = visit(path, locale=locale)
    tab.wait_for_load_state("networkidle")
    assert tab.url == site.address + path  # never led away
    offer = tab.locator(".offer")
    if offered:
        expect(offer).to_be_visible()
        assert offer.get_attribute("lang") == offered
    else:
        expect(offer).to_be_hidden()


def test_declined_offer_does_not_return(visit):
    tab = visit(LESSON, **CHINESE)
    close = tab.locator(".offer [data-decline]")
    close.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".offer")).to_be_hidden()
    tab.reload()
    tab.wait_for_load_state("networkidle")
    expect(tab.locator(".offer")).to_be_hidden()


def test_accepted_offer_is_remembered(visit, site):
    tab = visit(LESSON, **CHINESE)
    tab.locator(".offer a").click()
    tab.wait_for_url(f"{site.address}zh/{LESSON}")
    assert tab.evaluate("__md_get('language')") == "zh"
    assert tab.evaluate("__md_scope.pathname") == "/code-first/"


def test_offer_survives_a_browser_that_denies_storage(browser, site):
    context = browser.new_context(**CHINESE)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('denied', 'SecurityError') }})"
    )
    tab = context.new_page()
    tab.goto(site.address + LESSON)
    tab.locator(".offer [data-decline]").click()
    expect(tab.locator(".offer")).to_be_hidden()
    context.close()


def test_reading_and_switching_without_scripts(visit, site):
    tab = visit(LESSON, java_script_enabled=False, **CHINESE)
    expect(tab.locator("article math").first).to_be_visible()
    expect(tab.locator(".offer")).to_be_hidden()
    expect(tab.locator(".md-search")).to_be_hidden()
    tab.get_by_role("link", name="中文", exact=True).click()
    tab.wait_for_url(f"{site.address}zh/{LESSON}")
    expect(tab.locator("html")).to_have_attribute("lang", "zh")
    tab.locator(".md-footer__link").first.click()
    assert tab.url.startswith(f"{site.address}zh/")


def test_404_at_any_depth(visit, site):
    tab = visit("zh/no/such/page/")
    expect(tab.get_by_role("heading", name="Page not found")).to_be_visible()
    expect(tab.get_by_role("heading", name="找不到页面")).to_be_visible()
    assert tab.evaluate("document.images[0].naturalWidth") > 0
    assert "grid" in tab.evaluate("getComputedStyle(document.body).display")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
    tab.get_by_role("link", name="返回首页").click()
    assert tab.url == f"{site.address}zh/"


def sections_of(page):
    """Return the code that a page shows, as it stands in the snippets, or in a lab."""
    for cell in read_page(ROOT, page.source.relative_to(ROOT).as_posix()).cells:
        yield cell.code
    included = re.findall(
        r'^ *```python\n *--8<-- "([^"]+):(\w+)"', page.source.read_text("utf-8"), re.M
    )
    for file, name in included:
        text = (ROOT / "snippets" / file).read_text("utf-8")
        section = re.search(
            rf"\[start:{name}\]\n(.*?)^ *# --8<-- \[end:{name}\]", text, re.M | re.S
        )[1]
        yield re.sub(r"[ \t]*# \(\d+\)!$", "", section, flags=re.M).rstrip()


def copied(tab):
    return tab.evaluate("navigator.clipboard.readText()")


def test_copy_gives_the_code_of_the_snippet(site, visit, subtests):
    tab = visit(permissions=["clipboard-read", "clipboard-write"])
    for page in site.pages:
        with subtests.test(page=page.path):
            open_whole(tab, page)
            buttons = tab.locator("article .language-python .md-code__button")
            codes = []
            for button in buttons.all():
                button.evaluate("button => button.click()")
                codes.append(copied(tab))
            assert codes == list(sections_of(page))


ANNOTATED = """# A {#a}

```python
--8<-- "index.py:all"
```

1.  One.
2.  Two.

```text
--8<-- "index.txt:all"
```
"""
CODE = """# --8<-- [start:all]
x = 1  # (1)!
if x:
    print("(2)")  # (2)!
# --8<-- [end:all]
"""
PRINTED = """--8<-- [start:all]
(2)
--8<-- [end:all]
"""


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """A page whose code has annotations."""
    folder = tmp_path_factory.mktemp("annotated")
    project = small_project(
        folder / "project", ANNOTATED, ANNOTATED, py=CODE, txt=PRINTED
    )
    server = Server(folder / "site")
    result = build(project, folder / "site", server.address)
    assert result.returncode == 0, result.stderr
    return Site(folder / "site", server.address)


def test_copy_leaves_annotations_out(annotated, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(annotated.address)
    expect(tab.locator(".md-annotation")).to_have_count(2)
    clean = 'x = 1\nif x:\n    print("(2)")'
    tab.locator(".md-code__button").click()
    assert copied(tab) == clean
    tab.locator("pre code").first.evaluate(
        "code => getSelection().selectAllChildren(code)"
    )
    tab.keyboard.press("Control+C")
    assert copied(tab).rstrip("\n") == clean
    assert violations(tab) == []
    context.close()


def test_output_looks_like_the_output_of_the_code_above(visit):
    tab = visit(f"zh/{LESSON}")
    output = tab.get_by_role("group", name="输出").first
    expect(output).to_be_visible()
    assert output.locator("button").count() == 0
    label = "getComputedStyle(box, '::before').content"
    assert "输出" in output.evaluate(
        f"box => {label}"
    ) or "aria-label" in output.evaluate(f"box => {label}")
    code = output.locator("xpath=preceding-sibling::*[1]")
    below = code.bounding_box()
    assert below["y"] + below["height"] == pytest.approx(
        output.bounding_box()["y"], abs=1
    )
    tint = "box => getComputedStyle(box.querySelector('code')).backgroundColor"
    assert code.evaluate(tint) != output.evaluate(tint)


def test_everything_in_the_header_can_be_reached_by_key(visit):
    tab = visit(LESSON, viewport={"width": 900, "height": 700})
    names = []
    for _ in range(10):
        tab.keyboard.press("Tab")
        names.append(
            tab.evaluate(
                "(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()"
            )
        )
    wanted = {"Skip to content", "Switch to light mode", "English", "中文", "Search"}
    assert {"Navigation", "English + 中文"} | wanted <= set(names)
    tab.get_by_role("button", name="Navigation").press("Enter")
    expect(tab.locator(".md-nav--primary")).to_be_in_viewport()
    tab.set_viewport_size({"width": 1280, "height": 800})
    expect(tab.get_by_role("button", name="Navigation")).to_be_hidden()


def test_links_are_underlined_in_text_only(visit):
    tab = visit("steps/deploy/")
    line = "a => getComputedStyle(a).textDecorationLine"
    assert {a.evaluate(line) for a in tab.locator(".steps a").all()} == {"none"}
    text = tab.locator("article :is(p, li > span) > a:not(.md-button)").all()
    assert {a.evaluate(line) for a in text} == {"underline"}


def test_choice_of_colours_is_shared_by_both_languages(visit):
    tab = visit(LESSON, color_scheme="light")
    tab.locator("label[title='Switch to light mode']").click()
    tab.locator("label[title='Switch to dark mode']").click()
    expect(tab.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    tab.get_by_role("link", name="中文", exact=True).click()
    expect(
        tab.locator("html[lang=zh] body[data-md-color-scheme=slate]")
    ).to_be_attached()


def search(tab, query):
    """Type a query and wait for the results."""
    tab.keyboard.press("/")
    box = tab.locator(".md-search__input")
    box.fill(query)
    box.press("End")
    tab.locator(".md-search-result__item").first.wait_for()
