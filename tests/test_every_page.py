"""Every page of the built site in a real browser, wide and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from browsing import (
    CLIPBOARD,
    PHONE,
    SOURCES,
    WIDE,
    assert_fits_a_phone,
    copied,
    open_boxes,
    turn_dark,
    violations,
)
from built import ROOT
from moving import FIGURES
from reading.pages import read_page

STILL = {"reduced_motion": "reduce"}


@pytest.mark.parametrize("path", SOURCES)
def test_wide(site, visit, subtests, path):
    tab = visit(path, again=True, **WIDE, **CLIPBOARD, **STILL)
    open_boxes(tab)
    with subtests.test("axe finds nothing in light colours"):
        assert violations(tab) == []
    with subtests.test("nor in the contrast of dark ones"):
        turn_dark(tab)
        assert violations(tab, runOnly=["color-contrast"]) == []
    with subtests.test("a button copies the code of the snippet"):
        buttons = tab.locator("article .language-python .md-code__button")
        codes = []
        for button in buttons.all():
            button.evaluate("button => button.click()")
            codes.append(copied(tab))
        assert codes == list(code_of(SOURCES[path]))
    with subtests.test("it fetches the figures that move on it, and no other"):
        own = {name for name, paths in FIGURES.items() if path in paths}
        expect(tab.locator(".moving")).to_have_count(len(own))
        fetched = set(re.findall(r"/figures/(\w+)\.js", " ".join(tab.requests)))
        assert fetched & FIGURES.keys() == own
        assert bool(own) == any("figures.css" in url for url in tab.requests)
        assert bool(own) or not fetched
    assert_quiet(site, tab, subtests)


@pytest.mark.parametrize("path", SOURCES)
def test_on_a_phone(site, visit, subtests, path):
    tab = visit(path, again=True, **PHONE, **STILL, color_scheme="dark")
    open_boxes(tab)
    with subtests.test("no page, output or formula scrolls sideways"):
        assert_fits_a_phone(tab)
        cut = tab.locator(".output code, .formula").evaluate_all(
            "boxes => boxes.filter(b => b.scrollWidth > b.clientWidth + 1)"
            ".map(b => b.textContent)"
        )
        assert cut == []
    with subtests.test("axe finds nothing in dark colours"):
        expect(tab.locator("body[data-md-color-scheme=slate]")).to_be_attached()
        assert violations(tab) == []
    assert_quiet(site, tab, subtests)


def assert_quiet(site, tab, subtests):
    """Check, after everything else, what the page asked for and complained about."""
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
