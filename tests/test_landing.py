"""Links land on their heading, and nothing moves by itself, also around figures that move."""

import pytest
from playwright.sync_api import expect

from browsing import BOTH, read_both, search
from moving import PAGES, open_figure

# A few pixels of margin under the sticky header.
UNDER = range(30)
WINDOWS = {
    "phone": {"width": 360, "height": 740},
    "wide": {"width": 1280, "height": 800},
}
everywhere = pytest.mark.parametrize(
    ("name", "language", "window"),
    [
        (name, language, window)
        for name in PAGES
        for language in ("", "zh/")
        for window in WINDOWS
    ],
)
HEADINGS = """article => [...article.querySelectorAll(':is(h2, h3)[id]')]
  .map(h => [h.id, Math.round(h.getBoundingClientRect().top + scrollY)])"""
BELOW = """figure => [...document.querySelectorAll('article h2[id]')]
  .find(h => figure.compareDocumentPosition(h) & 4).id"""
# How far under the header a heading stands; 0 if the page ends before it can stand there.
LANDED = """id => {
  const top = document.getElementById(id).getBoundingClientRect().top
  const header = document.querySelector('.md-header').getBoundingClientRect().bottom
  const page = document.documentElement
  const ended = page.scrollHeight - scrollY - innerHeight < 2
  return ended && top > header ? 0 : Math.round(top - header)
}"""
SHIFTED = """() => new Promise(done => {
  const shifts = []
  new PerformanceObserver(list => shifts.push(...list.getEntries()))
    .observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => done(shifts.filter(shift => !shift.hadRecentInput).map(shift => [
    shift.value, ...shift.sources.map(({ node }) => node?.className || node?.nodeName)
  ])), 200)
})"""
# Where the figure and what can be used of it is: its height, and places inside it.
CONTROLS = """figure => {
  const { top, left, height } = figure.getBoundingClientRect()
  const parts = [...figure.querySelectorAll('button:not(.ask__token), input, select, svg')]
  return [height, ...parts
    .filter(part => part.checkVisibility({ visibilityProperty: true }))
    .map(part => part.getBoundingClientRect())
    .map(place => [Math.round(place.top - top), Math.round(place.left - left)])]
}"""


def landed(tab, id_):
    """Return how far under the header a heading stands, once figures have been drawn."""
    tab.wait_for_load_state("networkidle")
    return tab.evaluate(LANDED, id_)


@everywhere
def test_a_figure_takes_the_room_that_was_kept(visit, name, language, window):
    path = language + PAGES[name][-1]
    tab = visit(path, viewport=WINDOWS[window])
    held = []
    tab.route(f"**/figures/{name}.js", lambda route: held.append(route))
    tab.reload()
    article = tab.locator("article")
    before = article.evaluate(HEADINGS)
    expect(tab.locator(".moving")).to_be_empty()
    held[0].continue_()
    tab.locator(".moving :is(svg, input)").first.wait_for()
    assert article.evaluate(HEADINGS) == before


@everywhere
def test_a_heading_below_a_figure_is_landed_on(visit, name, language, window):
    path = language + PAGES[name][-1]
    tab = visit(path, viewport=WINDOWS[window])
    id_ = tab.locator(".moving").evaluate(BELOW)
    tab = visit(f"{path}#{id_}", viewport=WINDOWS[window])
    tab.locator(".moving :is(svg, input)").first.wait_for()
    assert landed(tab, id_) in UNDER


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("path", ["line/descent/", "zh/line/descent/"])
def test_in_both_languages_too(visit, path, window):
    tab = visit(f"{path}?both#limit", viewport=WINDOWS[window])
    read_both(tab)
    assert landed(tab, "limit") in UNDER


def test_after_a_switch_of_language(visit):
    tab = visit("line/descent/#limit")
    tab.locator(".moving svg").first.wait_for()
    tab.get_by_role("link", name="中文", exact=True).click()
    tab.wait_for_url("**/zh/line/descent/#limit")
    assert landed(tab, "limit") in UNDER
    tab.get_by_role("link", name=BOTH).click()
    read_both(tab)
    assert landed(tab, "limit") in UNDER


def test_after_a_search(visit):
    tab = visit("")
    search(tab, "limit of the learning rate")
    link = tab.locator(".md-search-result__link[href*='descent/#limit']").first
    link.evaluate("link => link.click()")
    tab.wait_for_url("**/line/descent/**")
    assert landed(tab, "limit") in UNDER


@everywhere
def test_nothing_moves_by_itself(visit, name, language, window):
    tab = visit(language + PAGES[name][0], viewport=WINDOWS[window])
    tab.locator(".moving :is(svg, input)").first.wait_for()
    for _ in range(tab.evaluate("document.documentElement.scrollHeight / 700 | 0")):
        tab.mouse.wheel(0, 700)
        tab.wait_for_timeout(20)
    shifts = tab.evaluate(SHIFTED)
    assert sum(value for value, *_ in shifts) < 0.001, shifts


@everywhere
def test_controls_stay_under_the_hand(visit, name, language, window):
    if name == "ask":
        pytest.skip("it grows with its answers, below its controls")
    figure = open_figure(visit, language + PAGES[name][-1], viewport=WINDOWS[window])
    places = figure.evaluate(CONTROLS)

    def check(what):
        assert figure.evaluate(CONTROLS) == places, what

    buttons = figure.locator("button")
    for radio in figure.locator("input[type=radio]").all():
        radio.check()
        check("the other mode")
    for slider in figure.locator("input[type=range]:visible").all():
        for key in ("End", "Home"):
            slider.press(key)
            check(f"a slider, {key}")
            for button in buttons.all()[:3]:
                button.evaluate(
                    "button => { for (let n = 0; n < 3; n++) button.click() }"
                )
                check(f"a slider, {key}, {button.inner_text()}")
    for button in buttons.all():
        for _ in range(12 if name == "backward" else 3):
            button.evaluate("button => button.click()")
            check(button.inner_text())
    for handle in figure.locator(".moving__handle").all():
        for key in ("Up", "Right", "Down", "Left"):
            for _ in range(4):
                handle.press(f"Shift+Arrow{key}")
                check(f"a handle, {key}")
    for expression in figure.locator("select").all():
        expression.select_option(index=1)
        shown = figure.evaluate(CONTROLS)  # it has fewer numbers, so fewer sliders
        assert shown == places[: len(shown)]
