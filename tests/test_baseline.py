"""Browsers: what Baseline calls widely available is enough for scripts and styles."""

import pytest
from playwright.sync_api import expect

from baseline import newer_style, newer_syntax, without_newer
from built import ROOT
from moving import PAGES
from reading.files import files_below
from test_hardened import works_in

ASSETS = ROOT / "docs/assets"
SCRIPTS = files_below(ASSETS, "*.js")
STYLES = files_below(ASSETS, "*.css")

# Newer styles, and what one sees without them.
HARMLESS = {
    "accent-color": "sliders have the browser's colour",
    "break-after: avoid": "a heading may stand alone at the end of a sheet of paper",
    "break-before: avoid": "an output may stand on the next sheet of paper",
    "cursor: grab": "the pointer looks as ever; fingers have none",
    "cursor: grabbing": "the same",
    "cursor: help": "the same",
    "cursor: pointer": "the same",
    "font-family: math": "formulas have the fonts before it, or the text's",
    "forced-color-adjust": "icons are missing that have a name, in Safari",
    "forced-color-adjust: none": "the same",
    "text-autospace": "less air between Chinese and English",
    "text-autospace: no-autospace": "the same",
    "text-autospace: normal": "the same",
    "text-spacing-trim": "Chinese stops are wider",
    "text-spacing-trim: normal": "the same",
    "text-wrap: balance": "lines of a heading differ in length",
    "text-wrap: pretty": "a paragraph may end in a short line",
    "user-select": "Safari has it under its own name, which stands before it",
    "user-select: none": "the same",
}


# mkdocs.yml: the separator of search is a regular expression for browsers.
@pytest.mark.parametrize("file", [*SCRIPTS, ROOT / "mkdocs.yml"], ids=lambda f: f.name)
def test_syntax_that_every_supported_browser_reads(file):
    assert newer_syntax(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "x.split(/(?<=a)b/)",
        "/[\\p{L}--[a-z]]/v.test(x)",
        "/(?i:a)b/",
        "const x = await load()",
        'import x from "./x.json" with { type: "json" }',
        "  using file = open()",
    ],
)
def test_newer_syntax_is_found(code):
    assert newer_syntax(code) != []


def test_styles_use_nothing_newer_that_one_would_miss(subtests):
    used = set()
    for style in STYLES:
        with subtests.test(style=style.name):
            found = newer_style(style.read_text("utf-8"))
            used |= found
            assert found - HARMLESS.keys() == set()
    assert used == HARMLESS.keys()  # none is listed that is no longer used


@pytest.mark.parametrize(
    ("css", "newer"),
    [
        ("a { text-wrap: pretty; }", {"text-wrap: pretty"}),
        ("@media print { a { text-autospace: normal } }", {"text-autospace"}),
        (
            "a { & b { field-sizing: content } }",
            {"field-sizing", "field-sizing: content"},
        ),
        ("a:open::details-content { top: anchor(top) }", {":open", "anchor()"}),
        ("@supports (field-sizing: content) { a { field-sizing: content } }", set()),
        ("a:has(b) { color: color-mix(in srgb, red, blue) }", set()),
    ],
)
def test_newer_styles_are_found(css, newer):
    assert newer <= newer_style(css) and bool(newer) == bool(newer_style(css))


def test_what_is_widely_available_is_enough(browser, site):
    works_in(browser, site, without_newer(), set())


def test_what_is_widely_available_is_enough_for_figures(browser, site, subtests):
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(without_newer())
    tab = context.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    for path in {paths[-1] for paths in PAGES.values()}:
        with subtests.test(path=path):
            tab.goto(site.address + path)
            assert tab.evaluate("document.body.role") is None
            figure = tab.locator(".moving")
            figure.locator("svg, form").first.wait_for()
            for button in figure.get_by_role("button").all():
                button.click()
            assert errors == []
    expect(tab.locator("html.js")).to_be_attached()
    context.close()
