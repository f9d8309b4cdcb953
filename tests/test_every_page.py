"""Every page of the built site in a real browser: wide, and then as on a phone."""

import re

import pytest
from playwright.sync_api import expect

from browsing import (
    CLIPBOARD,
    SOURCES,
    WIDE,
    assert_fits_a_phone,
    let_axe_read_code,
    narrow,
    open_boxes,
    turn_dark,
    violations,
)
from built import ROOT
from moving import FIGURES
from reading.pages import read_page

# Clicks each button, and returns what it has copied.
COPIED = """async buttons => {
  const codes = []
  for (const button of buttons) {
    button.click()
    codes.push(await navigator.clipboard.readText())
  }
  return codes
}"""
CUT = """boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1)
  .map(box => box.textContent)"""


@pytest.mark.parametrize("path", SOURCES)
def test_page(site, visit, subtests, path):
    tab = visit(path, **WIDE, **CLIPBOARD, reduced_motion="reduce")
    open_boxes(tab)
    let_axe_read_code(tab)
    with subtests.test("axe finds nothing in light colours"):
        assert violations(tab) == []
    with subtests.test("nor in the contrast of dark ones around the page"):
        turn_dark(tab)
        frame = [".md-header", ".md-sidebar", ".md-footer"]  # a phone shows the rest
        assert violations(tab, frame, runOnly=["color-contrast"]) == []
    with subtests.test("a button copies the code of the snippet"):
        buttons = tab.locator("article .language-python .md-code__button")
        assert buttons.evaluate_all(COPIED) == list(code_of(SOURCES[path]))
    with subtests.test("it fetches the figures that move on it, and no other"):
        own = {name for name, paths in FIGURES.items() if path in paths}
        expect(tab.locator(".moving")).to_have_count(len(own))
        fetched = set(re.findall(r"/figures/(\w+)\.js", " ".join(tab.requests)))
        assert fetched & FIGURES.keys() == own
        assert bool(own) == any("figures.css" in url for url in tab.requests)
        assert bool(own) or not fetched
    narrow(tab)
    with subtests.test("no page, output or formula scrolls sideways on a phone"):
        assert_fits_a_phone(tab)
        assert tab.locator(".output code, .formula").evaluate_all(CUT) == []
    with subtests.test("axe finds nothing on a phone, in dark colours"):
        assert violations(tab) == []
    with subtests.test("it asks only this site, and for nothing before it is needed"):
        assert [url for url in tab.requests if site.address not in url] == []
        for early in ("search_index", "sitemap", "both", "terms"):
            assert [url for url in tab.requests if early in url] == []
    with subtests.test("nothing complains"):
        assert tab.complaints == []


def code_of(source):
    """Return the code that a page shows, as it stands in the snippets, or in a lab."""
    page = read_page(ROOT, source)
    for cell in page.cells:
        yield cell.code
    included = re.findall(
        r'^ *```python\n *--8<-- "([^"]+):(\w+)"', page.text, flags=re.M
    )
    for file, name in included:
        text = (ROOT / "snippets" / file).read_text("utf-8")
        section = re.search(
            rf"\[start:{name}\]\n(.*?)^ *# --8<-- \[end:{name}\]", text, re.M | re.S
        )[1]
        yield re.sub(r"[ \t]*# \(\d+\)!$", "", section, flags=re.M).rstrip()
