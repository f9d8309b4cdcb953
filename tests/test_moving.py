"""What holds of every figure that moves."""

import pytest
from playwright.sync_api import expect

from browsing import turn_dark, violations
from built import ROOT
from moving import FIGURES, PAGES

SCRIPTS = ROOT / "docs/assets/javascripts/figures"


def test_pages_name_them_in_both_languages(site):
    found = {}
    for page in site.pages:
        for image in page.all("img"):
            if name := image.attributes.get("data-figure"):
                assert (SCRIPTS / f"{name}.js").is_file()
                found.setdefault(name, set()).add(page.path)
    assert found == FIGURES


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "width"), [("", 1280), ("zh/", 360)])
def test_axe_finds_nothing(visit, name, language, width):
    size = {"width": width, "height": 740}
    tab = visit(language + PAGES[name][-1], viewport=size)
    button = tab.locator(".moving button").first
    for _ in range(7):  # the backward pass has then begun
        button.click()
    tab.wait_for_timeout(400)  # colours of the button change slowly
    assert violations(tab, ".moving") == []
    turn_dark(tab)
    tab.wait_for_timeout(400)
    assert violations(tab, ".moving") == []


def test_nothing_lies_over_it(visit):
    tab = visit("line/misfit/", viewport={"width": 360, "height": 740})
    top = tab.locator(".md-top")
    for selector, shown in (("#yardsticks", True), (".moving", False)):
        place = tab.locator(selector)
        place.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY)")
        tab.wait_for_timeout(300)
        tab.mouse.wheel(0, -120)  # upwards: now Material offers "Back to top"
        expect(top).to_be_visible(visible=shown)


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_the_picture_stands_alone(visit, name):
    tab = visit(PAGES[name][-1], java_script_enabled=False)
    expect(tab.locator(f"img[data-figure={name}]")).to_be_visible()
    expect(tab.locator(".moving")).to_be_hidden()
