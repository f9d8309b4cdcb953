"""Switching between the languages, and the offer to do so, in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import CHINESE, LESSON


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


def test_choice_of_colours_is_shared_by_both_languages(visit):
    tab = visit(LESSON, color_scheme="light")
    tab.locator("label[title='Switch to light mode']").click()
    tab.locator("label[title='Switch to dark mode']").click()
    expect(tab.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    tab.get_by_role("link", name="中文", exact=True).click()
    expect(
        tab.locator("html[lang=zh] body[data-md-color-scheme=slate]")
    ).to_be_attached()
