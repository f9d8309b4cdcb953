"""A browser that denies, lacks or translates something: everything else goes on."""

import pytest
from playwright.sync_api import expect

from browsing import CHINESE, LESSON, PHONE, read_both

THROWS = "() => { throw new DOMException('denied', 'SecurityError') }"
STORAGE = f"""for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {{ get: {THROWS} }})"""
# What a browser does not do, and which enhancements cannot work without it.
MISSING = {
    "storage": (STORAGE, {"roles"}),  # Material's script ends, and makes no buttons
    "no entries": ("performance.getEntriesByType = () => []", set()),
    "entries": (f"performance.getEntriesByType = {THROWS}", set()),
    "no languages": (
        "Object.defineProperty(Navigator.prototype, 'languages', { get: () => [] })",
        {"offer"},
    ),
    "languages": (
        f"Object.defineProperty(Navigator.prototype, 'languages', {{ get: {THROWS} }})",
        {"offer"},
    ),
    "replaceState": (f"History.prototype.replaceState = {THROWS}", set()),
    "MutationObserver": ("delete window.MutationObserver", {"roles"}),
    "IntersectionObserver": ("delete window.IntersectionObserver", set()),
    "fetch": (f"window.fetch = {THROWS}", {"both", "card"}),
    "getSelection": ("window.getSelection = () => null", {"copy"}),
    "popover": ("delete HTMLElement.prototype.showPopover", set()),
}
UNTIL = """async function until(works) {
  for (let n = 0; n < 50; n++)
    if (works()) return true
    else await new Promise(done => setTimeout(done, 100))
}"""
# Each enhancement, and how one sees that it works.
WORKS = {
    "offer": "() => !document.querySelector('.offer').hidden",
    "switch": """() => {
      document.querySelector("#step").scrollIntoView({ behavior: "instant" })
      const link = document.querySelector(".language[data-language=zh]")
      link.dispatchEvent(new MouseEvent("auxclick"))
      return link.hash === "#step"
    }""",
    "alternates": "() => document.querySelectorAll('link[rel=alternate]').length === 3",
    "scrollers": "() => document.querySelector('article pre > code[tabindex]') !== null",
    "menu": "() => document.querySelector('button.menu').getAttribute('aria-label') !== ''",
    "roles": "() => until(() => document.querySelector('.md-code__nav[role=none]') !== null)",
    "copy": """() => {
      getSelection()?.selectAllChildren(document.querySelector("article pre code"))
      const clipboardData = new DataTransfer()
      dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }))
      return clipboardData.getData("text/plain").startsWith("points =")
    }""",
    "paper": """() => {
      document.body.dataset.mdColorScheme = "slate"
      dispatchEvent(new Event("beforeprint"))
      const printed = document.body.dataset.mdColorScheme
      dispatchEvent(new Event("afterprint"))
      return printed === "default"
    }""",
    "code": "() => document.querySelector('article code').translate === false",
    "figure": "() => document.querySelector('.moving svg') !== null",
    "card": """async () => {
      document.querySelector("g-t[tabindex]").focus()
      return until(() => document.querySelector("#term-card") !== null)
    }""",
    "both": """async () => {
      document.querySelector(".language[data-language=both]").click()
      return until(() => document.querySelector("html.both h1 .counterpart") !== null)
    }""",
}


def works_in(browser, site, script, without):
    """Fail if an enhancement does not work in a browser that `script` has changed.

    Args:
        browser: the browser.
        site: the built site.
        script: run before any of the site's.
        without: those that need not work.
    """
    context = browser.new_context(**CHINESE, **PHONE)
    context.add_init_script(script)
    tab = context.new_page()
    tab.goto(site.address + LESSON)
    tab.locator(".moving svg").first.wait_for(timeout=9000)
    tab.locator("button.menu").wait_for()
    wanted = WORKS.keys() - without
    found = {name for name in WORKS if name in wanted and _try(tab, WORKS[name])}
    context.close()
    assert found == wanted


@pytest.mark.parametrize("missing", MISSING)
def test_an_enhancement_that_fails_ends_no_other(browser, site, missing):
    works_in(browser, site, *MISSING[missing])


def _try(tab, works):
    """Return whether an enhancement works; where it cannot even be asked, it does not."""
    return tab.evaluate(
        f"async () => {{ {UNTIL} try {{ return await ({works})() }} catch {{}} }}"
    )


LOST = {"": "could not be loaded", "zh/": "加载失败"}


def ask_for_both(tab):
    tab.locator(".language[data-language=both]").click()


def ask_for_a_card(tab):
    tab.locator(".md-header a").first.focus()
    tab.locator("g-t[f]").first.focus()


USES = {
    "both": (ask_for_both, "html.both h1 .counterpart"),
    "terms": (ask_for_a_card, "#term-card strong"),
}


@pytest.mark.parametrize("language", LOST)
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("kind", ["js", "css", "json"])
def test_what_was_lost_is_said_and_fetched_again(visit, language, use, kind):
    tab = visit(language + LESSON)
    act, works = USES[use]
    broken = {"status": 503, "body": "{}", "content_type": "application/json"}
    pattern = f"**/{use}.{kind}*"
    if kind == "json":  # a server's error is a loss too
        tab.route(pattern, lambda route: route.fulfill(**broken))
    else:
        tab.route(pattern, lambda route: route.abort())
    act(tab)
    dialog = tab.get_by_role("status").filter(has_text=LOST[language])
    expect(dialog).to_be_visible()
    expect(tab.locator(works)).to_have_count(0)
    tab.unroute(pattern)
    act(tab)
    expect(tab.locator(works).first).to_be_visible()


def test_a_figure_that_was_lost_can_be_asked_for_again_in_its_room(visit):
    tab = visit("about/glossary/")  # so that the next page is asked for with the route
    tab.route("**/figures/walk.js*", lambda route: route.abort())
    tab.goto(tab.url.replace("about/glossary/", LESSON))
    room = tab.locator("#moving-walk")
    expect(room).to_contain_text(LOST[""])
    expect(tab.locator("img[data-figure]")).to_be_visible()
    height = room.bounding_box()["height"]
    again = room.get_by_role("button", name="Try again")
    again.click()
    expect(again).to_be_visible()
    tab.unroute("**/figures/walk.js*")
    again.click()
    expect(room.locator("svg").first).to_be_visible()
    expect(room).not_to_contain_text(LOST[""])
    assert room.bounding_box()["height"] == height


def test_a_question_asked_while_offline_can_be_asked_again(visit):
    tab = visit("zh/", reduced_motion="reduce")
    line = tab.locator(".ask__line")
    tab.route("**/figures/ask.js*", lambda route: route.abort())
    line.get_by_role("button").click()
    expect(line.locator("output")).to_contain_text("下载失败")
    tab.unroute("**/figures/ask.js*")
    line.get_by_role("button").click()
    expect(tab.locator("#moving-ask .ask__answer")).to_contain_text("四")


# What Chrome does to a page that it translates; others write over the text itself.
TRANSLATE = """() => {
  const kept = "[translate=no], .notranslate, script, style, svg, textarea"
  document.documentElement.lang = "de"
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts = []
  while (all.nextNode()) texts.push(all.currentNode)
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest(kept)) continue
    const [outer, inner] = [0, 0].map(() => document.createElement("font"))
    inner.textContent = `übersetzt ${text.data.length}`
    outer.append(inner)
    text.replaceWith(outer)
  }
  for (const name of ["title", "aria-label", "alt", "placeholder"])
    for (const element of document.querySelectorAll(`[${name}]`))
      element.setAttribute(name, "übersetzt")
}"""


@pytest.mark.parametrize(("language", "other"), [("", "参数"), ("zh/", "parameter")])
def test_a_translated_page_has_its_cards_and_both_languages(visit, language, other):
    tab = visit(language + LESSON)
    tab.locator(".moving svg").first.wait_for()
    code = tab.locator("article pre > code").first.inner_text()
    formula = tab.locator("article math").first.inner_html()
    tab.evaluate(TRANSLATE)
    assert tab.locator("article pre > code").first.inner_text() == code
    assert tab.locator("article math").first.inner_html() == formula
    tab.locator("g-t[f]").first.focus()
    expect(tab.locator("#term-card strong").first).to_have_text(other)
    tab.keyboard.press("Escape")
    tab.locator(".language[data-language=both]").click()
    read_both(tab)
    wanted = {"": "一步步往下走", "zh/": "Walk downhill"}[language]
    expect(tab.locator("h1 .counterpart")).to_have_text(wanted)
    assert tab.complaints == []


@pytest.mark.parametrize("path", ["language-model/generate/", "zh/line/misfit/", ""])
def test_figures_of_a_translated_page_speak_its_language(visit, path):
    """The worst case: the page is translated before any of our scripts runs."""
    tab = visit("about/glossary/", reduced_motion="reduce")

    def translated(route):
        response = route.fetch()
        html = response.text()
        for lang in ('<html lang="en"', '<html lang="zh"'):
            html = html.replace(lang, '<html lang="de"')
        route.fulfill(response=response, body=html)

    address = tab.url.replace("about/glossary/", path)
    tab.route(address, translated)
    tab.goto(address)
    figure = tab.locator(".moving").first
    figure.locator("table").first.wait_for(state="attached")
    assert tab.evaluate("document.documentElement.lang") == "de"
    texts = tab.locator("article").inner_text()
    assert "undefined" not in texts
    names = tab.locator("article [aria-label]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert not any("undefined" in name for name in names)
    spoken = figure.locator(".moving__help").first.inner_text()
    assert any("\u3400" <= letter <= "\u9fff" for letter in spoken) == ("zh" in path)
    assert tab.complaints == []
