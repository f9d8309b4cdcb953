"""The built site in a real browser: what no other file is about."""

import pytest
from playwright.sync_api import expect

from browsing import CHINESE, CLIPBOARD, LESSON, PHONE, copied, search, violations
from built import Server, Site, build, small_project


def test_policy_stops_what_is_not_of_the_site(visit):
    tab = visit(LESSON)
    tab.evaluate("document.body.append(Object.assign(new Image, {src: '//x.test/'}))")
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {text: 'window.ran = true'}))"
    )
    assert tab.evaluate("window.ran") is None
    assert sum("Content Security Policy" in line for line in tab.complaints) == 2


def test_paper_is_light(visit):
    tab = visit(LESSON, color_scheme="dark")
    scheme = "document.body.dataset.mdColorScheme"
    assert tab.evaluate(scheme) == "slate"
    tab.evaluate(f"addEventListener('beforeprint', () => (window.printed = {scheme}))")
    tab.pdf()
    assert tab.evaluate("printed") == "default"
    assert tab.evaluate(scheme) == "slate"


def test_axe_finds_nothing_in_what_opens(visit):
    tab = visit(LESSON, **CHINESE, reduced_motion="reduce")
    expect(tab.locator(".offer")).to_be_visible()
    assert violations(tab) == []
    search(tab, "gradient")
    assert violations(tab) == []
    phone = visit(f"zh/{LESSON}", **PHONE, reduced_motion="reduce")
    phone.locator(".menu").click()
    phone.wait_for_timeout(400)
    assert violations(phone) == []


def test_axe_finds_nothing_on_404(visit):
    for scheme in ("light", "dark"):
        assert violations(visit("no/such/page/", color_scheme=scheme)) == []


def test_404_at_any_depth(visit, site):
    tab = visit("zh/no/such/page/")
    expect(tab.get_by_role("heading", name="Page not found")).to_be_visible()
    expect(tab.get_by_role("heading", name="找不到页面")).to_be_visible()
    assert tab.evaluate("document.images[0].naturalWidth") > 0
    assert "grid" in tab.evaluate("getComputedStyle(document.body).display")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
    tab.get_by_role("link", name="返回首页").click()
    assert tab.url == f"{site.address}zh/"


ANNOTATED = """# A {#a}

```python
--8<-- "index.py:all"
```

1.  One.
2.  Two.

```text
--8<-- "index.txt:all"
```
"""
CODE = """# --8<-- [start:all]
x = 1  # (1)!
if x:
    print("(2)")  # (2)!
# --8<-- [end:all]
"""
PRINTED = """--8<-- [start:all]
(2)
--8<-- [end:all]
"""


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """A page whose code has annotations."""
    folder = tmp_path_factory.mktemp("annotated")
    project = small_project(
        folder / "project", ANNOTATED, ANNOTATED, py=CODE, txt=PRINTED
    )
    server = Server(folder / "site")
    result = build(project, folder / "site", server.address)
    assert result.returncode == 0, result.stderr
    return Site(folder / "site", server.address)


def test_copy_leaves_annotations_out(annotated, browser):
    context = browser.new_context(**CLIPBOARD)
    tab = context.new_page()
    tab.goto(annotated.address)
    expect(tab.locator(".md-annotation")).to_have_count(2)
    clean = 'x = 1\nif x:\n    print("(2)")'
    tab.locator(".md-code__button").click()
    assert copied(tab) == clean
    tab.locator("pre code").first.evaluate(
        "code => getSelection().selectAllChildren(code)"
    )
    tab.keyboard.press("Control+C")
    assert copied(tab).rstrip("\n") == clean
    assert violations(tab) == []
    context.close()


def test_output_looks_like_the_output_of_the_code_above(visit):
    tab = visit(f"zh/{LESSON}")
    output = tab.get_by_role("group", name="输出").first
    expect(output).to_be_visible()
    assert output.locator("button").count() == 0
    label = "getComputedStyle(box, '::before').content"
    assert "输出" in output.evaluate(
        f"box => {label}"
    ) or "aria-label" in output.evaluate(f"box => {label}")
    code = output.locator("xpath=preceding-sibling::*[1]")
    below = code.bounding_box()
    assert below["y"] + below["height"] == pytest.approx(
        output.bounding_box()["y"], abs=1
    )
    tint = "box => getComputedStyle(box.querySelector('code')).backgroundColor"
    assert code.evaluate(tint) != output.evaluate(tint)


def test_everything_in_the_header_can_be_reached_by_key(visit):
    tab = visit(LESSON, viewport={"width": 900, "height": 700})
    tab.locator("button.menu").wait_for()
    names = []
    for _ in range(10):
        tab.keyboard.press("Tab")
        names.append(
            tab.evaluate(
                "(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()"
            )
        )
    wanted = {"Skip to content", "Switch to light mode", "English", "中文", "Search"}
    assert {"Navigation", "English + 中文"} | wanted <= set(names)
    tab.get_by_role("button", name="Navigation").press("Enter")
    expect(tab.locator(".md-nav--primary")).to_be_in_viewport()
    tab.set_viewport_size({"width": 1280, "height": 800})
    expect(tab.get_by_role("button", name="Navigation")).to_be_hidden()


def test_links_are_underlined_in_text_only(visit):
    tab = visit("steps/deploy/")
    line = "a => getComputedStyle(a).textDecorationLine"
    assert {a.evaluate(line) for a in tab.locator(".steps a").all()} == {"none"}
    text = tab.locator("article :is(p, li > span) > a:not(.md-button)").all()
    assert {a.evaluate(line) for a in text} == {"underline"}
