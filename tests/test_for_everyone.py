"""The frame of a page, for everyone: by key, by ear, in other colours, on paper."""

import re

import pytest
from playwright.sync_api import expect

from browsing import CHINESE, LESSON, PHONE, WIDE, read_both, violations

FOCUSED = """() => {
  const { x, y, width } = document.activeElement.getBoundingClientRect()
  const at = document.elementFromPoint(x + width / 2, y + 5)
  return [
    document.activeElement.textContent.trim(),
    document.activeElement.closest(".md-sidebar--primary") !== null,
    document.activeElement.contains(at) || at?.contains(document.activeElement) === true
  ]
}"""


def focused(tab):
    """Return the name of what has the focus, whether it is in the menu, and seen."""
    return tab.evaluate(FOCUSED)


@pytest.mark.parametrize("path", ["steps/deploy/", "zh/about/checking/", "mistakes/"])
def test_the_narrow_menu_by_key(visit, path):
    tab = visit(path, **PHONE, reduced_motion="reduce")
    menu = tab.locator("button.menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    tab.keyboard.press("Tab")
    for _ in range(25):  # nothing of the closed menu is reached
        tab.keyboard.press("Tab")
        assert not focused(tab)[1]
    menu.focus()
    tab.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    tab.wait_for_timeout(400)
    names = []
    while True:
        name, inside, seen = focused(tab)
        if names and not inside:  # behind the last entry is the browser's own frame
            break
        assert inside and seen, (name, names)
        names.append(name)
        tab.keyboard.press("Tab")
        assert len(names) < 40
    assert len(names) > 3
    assert violations(tab) == []
    tab.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    expect(tab.locator(".md-sidebar--primary")).to_be_hidden()


def test_panels_of_the_menu_open_and_close_by_key(visit):
    tab = visit("steps/deploy/", **PHONE, reduced_motion="reduce")
    tab.locator("button.menu").focus()
    tab.keyboard.press("Enter")
    (steps, back), (page, first) = (
        (
            tab.locator(f".md-nav__link[for={toggle}] button"),
            tab.locator(f".md-nav__title[for={toggle}] button"),
        )
        for toggle in ("__nav_3", "__toc")
    )
    for button in (steps, back):
        expect(button).to_have_accessible_name("The ten steps of training")
    expect(back).to_be_focused()
    page.press("Enter")
    expect(first).to_be_focused()
    tab.keyboard.press("Tab")
    assert focused(tab)[0] == "Save and load"
    first.press("Enter")
    expect(page).to_be_focused()
    back.press("Space")
    expect(steps).to_be_focused()
    expect(steps).to_have_attribute("aria-expanded", "false")
    tab.keyboard.press("Shift+Tab")
    assert focused(tab)[0] == "The ten steps of training"  # its page
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/steps/")


def test_the_menu_is_left_by_pointer_and_by_a_wider_window(visit):
    tab = visit(LESSON, **PHONE, reduced_motion="reduce")
    menu = tab.locator("button.menu")
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    tab.mouse.click(350, 400)
    expect(menu).to_be_focused()
    menu.click()
    tab.set_viewport_size(WIDE["viewport"])
    tab.locator(".md-tabs__link").last.focus()
    expect(tab.locator(".md-tabs__link").last).to_be_focused()
    assert tab.locator("[inert]").count() == 0


@pytest.mark.parametrize("path", [LESSON, f"zh/{LESSON}", "steps/", "zh/line/"])
def test_both_languages_keep_a_table_of_contents(visit, path):
    tab = visit(f"{path}?both", **WIDE)
    read_both(tab)
    contents = tab.locator(".md-nav--secondary a[href^='#']:visible")
    headings = tab.locator("article h2[id]")
    expect(contents).to_have_count(headings.count())
    contents.last.click()
    expect(headings.last).to_be_in_viewport()
    expect(contents.last).to_be_in_viewport()
    for part in (".md-sidebar--primary", ".md-content"):
        assert tab.locator(part).evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("language", ["", "zh/"])
def test_headings_are_read_without_their_links(visit, language):
    tab = visit(language + LESSON)
    heading = tab.locator("#which-way")
    name = {"": "The gradient: which way is down?", "zh/": "梯度：哪边是下坡？"}[
        language
    ]
    expect(heading).to_have_accessible_name(name)
    assert "¶" not in tab.locator("article").aria_snapshot()
    assert tab.locator("article a.headerlink:not([tabindex='-1'])").count() == 0


def test_the_way_back_from_the_other_language_offers_nothing(visit, site):
    tab = visit(LESSON, **CHINESE)
    expect(tab.locator(".offer")).to_be_visible()
    tab.locator(".language[data-language=zh]").click()
    tab.wait_for_url(f"{site.address}zh/{LESSON}")
    tab.go_back()
    tab.wait_for_url(site.address + LESSON)
    tab.wait_for_load_state("networkidle")
    expect(tab.locator(".offer")).to_be_hidden()
    tab.goto(f"{site.address}line/solve/")  # by a link
    expect(tab.locator(".offer")).to_be_visible()


LUMINANCE = """button => {
  const canvas = document.createElement("canvas").getContext("2d")
  const light = color => {
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(value =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const code = button.closest("pre").querySelector("code")
  const [a, b] = [
    light(getComputedStyle(code).getPropertyValue("--md-code-bg-color")),
    light(getComputedStyle(button).color)
  ].sort((a, b) => b - a)
  return (a + 0.05) / (b + 0.05)
}"""


@pytest.mark.parametrize("reader", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_that_copies_can_be_seen(visit, reader, scheme):
    tab = visit(LESSON, **reader, color_scheme=scheme)
    button = tab.locator(".md-code__button").first
    button.scroll_into_view_if_needed()
    tab.wait_for_timeout(400)
    assert button.evaluate(LUMINANCE) >= 3
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    code = tab.locator(".language-python code").first
    if reader is PHONE:  # it covers no code
        line = code.locator("span").first.bounding_box()
        assert box["y"] + box["height"] <= line["y"]


MARKS = """e => {
  const told = getComputedStyle(e)
  return [told.textDecorationLine, told.outlineStyle === "none" ? 0 : told.outlineWidth]
}"""


@pytest.mark.parametrize(
    "colours", [{"forced_colors": "active"}, {"contrast": "more"}], ids=str
)
def test_what_is_current_is_told_by_more_than_colour(visit, colours):
    tab = visit("steps/data/#transforms", **WIDE)
    tab.emulate_media(**colours)
    toc = ".md-sidebar--secondary .md-nav__link"
    expect(tab.locator(f"{toc}--active")).to_have_count(1)
    for current, other in {
        ".md-tabs__item--active a": ".md-tabs__item:not(.md-tabs__item--active) a",
        ".language[aria-current]": ".language:not([aria-current])",
        ".steps li a[aria-current]": ".steps li a:not([aria-current])",
        f"{toc}--active .md-ellipsis": f"{toc}:not({toc}--active) .md-ellipsis",
        ".md-nav--primary a.md-nav__link--active .md-ellipsis": (
            ".md-nav--primary a.md-nav__link:not(.md-nav__link--active) .md-ellipsis"
        ),
    }.items():
        marks = tab.locator(current).first.evaluate(MARKS)
        assert marks != tab.locator(other).first.evaluate(MARKS), current
        assert "underline" in marks
    icon = tab.locator(".md-code__button").first
    colour = "(e, part) => getComputedStyle(e, part).backgroundColor"
    assert icon.evaluate(colour, "::after") != tab.locator("body").evaluate(colour)
    tab.emulate_media(forced_colors="none", contrast="no-preference")


@pytest.mark.parametrize("path", [LESSON, "zh/steps/data/"])
def test_a_dark_system_gets_dark_colours_without_a_script(visit, path):
    scripted = visit(path, color_scheme="dark")
    plain = visit(path, color_scheme="dark", java_script_enabled=False)
    expect(scripted.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    for part in (
        *("body", "article h1", "article p", "article a", ".md-nav__link"),
        *("pre > code", ".output code", ".k", ".mi", ".md-footer", ".md-footer__link"),
    ):
        wanted, got = scripted.locator(part).first, plain.locator(part).first
        for colour in ("color", "background-color"):
            value = got.evaluate(f"e => getComputedStyle(e)['{colour}']")
            expect(wanted).to_have_css(colour, value)  # once it has faded in
    assert not any("dark.css" in url for url in scripted.requests)


# The first sheet has room for a code, but not for its output; the next one for the output
# and what follows, but not for the code as well.
SHEETS = """article => {
  const block = height => {
    const made = document.createElement("div")
    Object.assign(made.style, { height: `${height}px`, breakInside: "avoid" })
    return made
  }
  const output = article.querySelector(".output")
  const code = output.previousElementSibling
  document.body.replaceChildren(article)
  article.replaceChildren(block(450), code, output, block(480))
}"""


@pytest.mark.parametrize(("style", "sheets"), [("", 3), ("break-before: auto", 2)])
def test_code_and_its_output_stay_together_on_paper(visit, style, sheets):
    tab = visit(LESSON, media="print", viewport={"width": 600, "height": 800})
    tab.locator("article").evaluate(SHEETS)
    tab.locator(".output").evaluate(f"output => output.style = '{style}'")
    paper = tab.pdf(width="600px", height="800px")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == sheets


@pytest.mark.parametrize(
    ("path", "first", "query"),
    [("no/such/page/", "en", "gradient"), ("zh/no/such/page/", "zh", "梯度")],
)
def test_the_page_for_addresses_not_found_knows_the_site(
    visit, site, path, first, query
):
    tab = visit(path, viewport=PHONE["viewport"])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    section = tab.locator("section").first
    assert section.get_attribute("lang") == first
    expect(tab.locator("html")).to_have_attribute("lang", first)
    name = {"en": "Code first", "zh": "代码先行"}[first]
    front = {"en": site.address, "zh": f"{site.address}zh/"}[first]
    expect(section.get_by_role("link", name=name)).to_have_attribute("href", front)
    section.get_by_role("searchbox").fill(query)
    section.get_by_role("searchbox").press("Enter")
    tab.wait_for_url(f"{front}?q=*")
    expect(tab.locator(".md-search__input")).to_have_value(query)
    tab.locator(".md-search-result__item").first.wait_for()


def test_content_has_a_plain_form_before_the_new_one(site):
    """`content: x / ""` is dropped by Safari before 17.4 and Firefox before 128."""
    for sheet in sorted(site.folder.glob("assets/stylesheets/*.css")):
        if ".min." in sheet.name:
            continue
        css = sheet.read_text("utf-8")
        for rule in re.findall(r"\{([^{}]*)\}", css):
            texts = re.findall(r"content:\s*([^;]+);", rule)
            for n, text in enumerate(texts):
                plain = text.partition(" / ")[0]
                assert plain == text or texts[:n] == [plain], (sheet.name, text)
