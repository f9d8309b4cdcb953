"""The front page: what a reader sees of it first, and where it leads."""

import re

import pytest
from playwright.sync_api import expect

from browsing import PHONE, WIDE
from built import ROOT
from reading.pages import read_page

LANGUAGES = ("", "zh/")
HALF = 30  # minutes


def parts(path):
    """Return name, address and hours of each part, from the table of the front page."""
    page = read_page(ROOT, f"docs/index{'.zh' if path else ''}.md")
    for cell, _, hours in page.tables[0][1:]:
        name, address = re.fullmatch(r"\[(.+)\]\((.+)\)", cell).groups()
        yield name, address, hours


@pytest.mark.parametrize("path", LANGUAGES)
def test_parts_have_the_names_of_the_tabs(site, path):
    page = site.page(path)
    tabs = [" ".join(a.text.split()) for a in page.all("a", class_="md-tabs__link")]
    assert [name for name, *_ in parts(path)] == tabs[1 : 1 + len(list(parts(path)))]


@pytest.mark.parametrize("path", LANGUAGES)
def test_hours_are_the_sums_of_the_parts_own_estimates(path):
    for _, address, hours in parts(path):
        table = read_page(ROOT, f"docs/{address}").tables[0]
        minutes = sum(int(row[-1]) if row[-1].isdigit() else HALF for row in table[1:])
        said = float(hours.replace("½", ".5"))
        assert said == round(minutes / HALF) * HALF / 60


@pytest.mark.parametrize("path", LANGUAGES)
@pytest.mark.parametrize("reader", [PHONE, WIDE], ids=["phone", "wide"])
def test_the_first_screen_has_the_model_and_one_way_on(visit, path, reader):
    tab = visit(path, **reader)
    if path:
        tab.evaluate("document.querySelectorAll('.offer').forEach(o => o.remove())")
    for part in ("input", "output", "button"):
        expect(tab.locator(f".ask__line {part}")).to_be_in_viewport(ratio=1)
    primary = tab.locator("article .md-button--primary")
    expect(primary).to_have_count(1)
    expect(primary).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", LANGUAGES)
@pytest.mark.parametrize("reader", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_card_leads_to_its_lesson_wherever_it_is_pressed(visit, site, path, reader):
    tab = visit(path, **reader)
    card = tab.locator(".cards li").nth(4)
    card.scroll_into_view_if_needed()
    size = card.bounding_box()
    card.click(position={"x": size["width"] - 8, "y": size["height"] - 8})
    tab.wait_for_url(f"{site.address}{path}steps/loss/")


def test_a_marked_term_in_a_card_opens_its_own(visit, site):
    tab = visit(**WIDE)
    term = tab.locator(".cards g-t[f]").first
    term.click()
    expect(tab.locator("#term-card")).to_be_visible()
    assert tab.url == site.address
