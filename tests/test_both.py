"""Choosing to read in both languages at once, and one again."""

import re

import pytest
from playwright.sync_api import expect

from browsing import BOTH, CHINESE, LESSON, PHONE, WIDE, read_both


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
    read_both(tab)
    tab.wait_for_timeout(300)
    assert tab.evaluate(TOP) == place
    tab.reload()
    read_both(tab)
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
    read_both(tab)
    tab.goto(f"{site.address}line/solve/")
    read_both(tab)
    tab.get_by_role("link", name="English", exact=True).click()
    expect(tab.locator("html.both")).to_have_count(0)
    tab.go_back()
    tab.wait_for_url(f"{site.address}{LESSON}")  # as it is shown
    expect(tab.locator("html.both")).to_have_count(0)
    tab.reload()
    expect(tab.locator("html.both")).to_have_count(0)
    tab.goto(f"{site.address}{LESSON}?both")  # a link that is followed
    read_both(tab)


def test_a_page_that_cannot_be_fetched_stays_as_it_is(visit):
    tab = visit(LESSON)
    tab.route("**/both.json", lambda route: route.abort())
    tab.get_by_role("link", name=BOTH).click()
    tab.wait_for_timeout(500)
    expect(tab.get_by_role("link", name="English", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    expect(tab.locator("html.both")).to_have_count(0)
    assert "both" not in tab.url
