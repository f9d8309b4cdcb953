"""What the tests in a browser have in common: readers, pages, and what they do there."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from built import ROOT
from reading.pages import page_paths

WIDE = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
CHINESE = {"locale": "zh-CN"}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
LESSON = "line/descent/"
BOTH = "English + 中文"
# Material makes code that is cut focusable a moment after a window became narrow. What it
# forgets axe names. (wait_for_function evaluates strings, which the site's policy forbids.)
UNTIL_KEYS_SCROLL = """async () => {
  const codes = [...document.querySelectorAll('article pre > code')]
  const end = performance.now() + 3000
  while (performance.now() < end && codes.some(
    code => code.scrollWidth > code.clientWidth && code.tabIndex !== 0))
    await new Promise(done => setTimeout(done, 20))
}"""
PLAIN_CODE = """() => {
  const style = new CSSStyleSheet()
  style.replaceSync("article pre code { background-image: none !important }")
  document.adoptedStyleSheets = [style]
  const seen = new Set()
  const place = e => e.matches("article") ? "" : `${place(e.parentElement)}>` +
    [e.tagName, e.className, e.getAttribute("style")].join(".")
  for (const word of document.querySelectorAll("article pre span:not(:has(*))")) {
    const kind = place(word)
    if (seen.has(kind)) word.replaceWith(...word.childNodes)
    else if (word.textContent.length > 1) seen.add(kind)  // axe judges no shorter one
  }
}"""


def address_of(source):
    """Return where a page is published: zh/line/descent/ for docs/line/descent.zh.md."""
    name = source.removeprefix("docs/").removesuffix(".md")
    prefix = "zh/" if name.endswith(".zh") else ""
    name = f"/{name.removesuffix('.zh')}".removesuffix("/index").removeprefix("/")
    return f"{prefix}{name}/" if name else prefix


# The sources of all pages, by their addresses.
SOURCES = {address_of(source): source for source in page_paths(ROOT)}


def open_boxes(tab):
    """Open the boxes of a page that are folded."""
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")


def let_axe_read_code(tab):
    """Make the colours of code something that axe can judge, and soon.

    It cannot before a gradient such as the shadow at cut lines. And of coloured words one
    of each kind in each kind of place is enough: contrast depends on nothing else, and
    axe would look at a thousand words of a page for most of its time.
    """
    tab.evaluate(PLAIN_CODE)


def violations(tab, within="html", **options):
    """Return what axe-core finds in a part of a page, short enough to read."""
    options |= {
        "resultTypes": ["violations"],  # else most of the time goes into passes
        "preload": {"assets": ["media"]},  # no rule that is run looks at style sheets
    }
    if tab.evaluate("typeof axe") == "undefined":
        tab.evaluate(Axe().axe_script)
    found = tab.evaluate(
        "([within, options]) => axe.run(within, options).then(r => r.violations)",
        [within, options],
    )
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        for node in rule["nodes"]
    ]


def turn_dark(tab):
    """Let the reader's system prefer dark colours, and wait for them."""
    tab.emulate_media(color_scheme="dark")
    expect(tab.locator("body[data-md-color-scheme=slate]")).to_be_attached()


def assert_accessible(tab):
    """Fail where axe finds something: wide in light and in dark, on a phone in dark."""
    assert violations(tab) == []
    turn_dark(tab)
    assert violations(tab, runOnly=["color-contrast"]) == []
    narrow(tab)
    assert violations(tab) == []


def narrow(tab):
    """Make the window as narrow as a phone, and wait until Material has noticed."""
    tab.set_viewport_size(PHONE["viewport"])
    tab.evaluate(UNTIL_KEYS_SCROLL)


def assert_fits_a_phone(tab):
    """Fail where a page can be scrolled sideways."""
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert tab.evaluate("document.body.scrollWidth") <= 360


def read_both(tab):
    """Wait until a page is shown in both languages."""
    expect(tab.locator("html.both")).to_be_attached()


def copied(tab):
    """Return what the reader has copied."""
    return tab.evaluate("navigator.clipboard.readText()")


def search(tab, query):
    """Type a query and wait for the results."""
    tab.keyboard.press("/")
    box = tab.locator(".md-search__input")
    box.fill(query)
    box.press("End")
    tab.locator(".md-search-result__item").first.wait_for()
