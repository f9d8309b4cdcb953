"""Every page in both languages at once."""

import json
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from browsing import (
    LESSON,
    PHONE,
    SOURCES,
    WIDE,
    assert_accessible,
    assert_fits_a_phone,
    let_axe_read_code,
    open_boxes,
    read_both,
)
from built import ROOT
from reading.mistakes import is_index, with_mistakes
from reading.model import ARCHIVE
from reading.pages import read_page

ENGLISH = [path for path in SOURCES if not path.startswith("zh/")]
CODE = "article :is(.highlight code, .formula)"
# Of each block, what stands under it in the other language.
COUNTERPARTS = """(all, own) => all.map(block => {
  const other = block.querySelector(".counterpart")
  const before = other?.previousElementSibling
  return other && [
    other.lang,
    other.textContent.replace(/\\s+/g, " ").trim(),
    before.matches(`img, [lang=${own}]`)
  ]
})"""
PROSE = ("heading", "paragraph", "image", "caption", "cell")


def published(source):
    """Read a page, the list of mistakes as the build writes it."""
    page = read_page(ROOT, source)
    return with_mistakes(ROOT, page) if is_index(source) else page


def is_prose(block):
    last = block.shape.split(" › ")[-1]
    return last.split()[0] in PROSE or last.endswith(", title")


# The texts of a page, as it was opened or as it is published; Material makes a button of
# the mark of an annotation.
TEXTS = """([selector, url]) => {
  const mark = /# \\(\\d+\\)!/g
  const text = e => e.querySelector(":scope > img")?.alt ??
    (e.closest(".highlight") ? e.textContent.replace(mark, "") : e.textContent)
  const read = page => [...page.querySelectorAll(selector)].map(
    e => text(e).replace("¶", "").replace(/\\s+/g, " ").trim())
  return !url ? read(document) : fetch(url).then(answer => answer.text())
    .then(html => read(new DOMParser().parseFromString(html, "text/html")))
}"""


def texts(tab, selector, url=None):
    return tab.evaluate(TEXTS, [selector, url])


@pytest.mark.parametrize("path", ENGLISH)
def test_every_block_is_followed_by_its_counterpart(site, visit, path):
    pages = (published(SOURCES[language + path]) for language in ("", "zh/"))
    pairs = zip(*(page.blocks for page in pages), strict=True)
    differ = [a.text != b.text for a, b in pairs if is_prose(a)]
    address = {"en": site.address + path, "zh": f"{site.address}zh/{path}"}
    # On a screen Material keeps closed annotations elsewhere.
    tab = visit(f"{path}?both", media="print", **WIDE)
    blocks = {name: texts(tab, "[data-prose]", url) for name, url in address.items()}
    code = {name: texts(tab, CODE, url) for name, url in address.items()}
    assert len(blocks["en"]) == len(blocks["zh"]) == len(differ)
    for language, other in (("en", "zh"), ("zh", "en")):
        if language == "zh":
            tab.set_viewport_size(WIDE["viewport"])
            tab.emulate_media(media="print")
            tab.goto(f"{address['zh']}?both")
        read_both(tab)
        expected = [
            [other, text, True] if differs else None
            for text, differs in zip(blocks[other], differ, strict=True)
        ]
        found = tab.locator("[data-prose]").evaluate_all(COUNTERPARTS, language)
        assert found == expected
        assert code[language] == texts(tab, CODE)
        tab.emulate_media(media="screen")
        tab.set_viewport_size(PHONE["viewport"])
        open_boxes(tab)
        assert_fits_a_phone(tab)
    assert tab.complaints == []


@pytest.mark.parametrize("path", ["", "zh/steps/deploy/", LESSON, "zh/about/glossary/"])
def test_axe_finds_nothing(visit, path):
    tab = visit(f"{path}?both", **WIDE, reduced_motion="reduce")
    open_boxes(tab)
    read_both(tab)
    let_axe_read_code(tab)
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
                if not url.startswith(site.address) or url.endswith(f"/{ARCHIVE}"):
                    continue
                leads = pages[site.file(url)]
                assert leads.language == page.language
                anchor = unquote(urlsplit(url).fragment)
                assert not anchor or anchor in leads.ids
