"""A test that fails in a browser tells what the page complained about, and soon."""

import os
import re
import time

import pytest

from built import ROOT

pytest_plugins = ["pytester"]

PAGES = {
    "404.html": "Nothing",
    "broken/index.html": "<script>\n\nnosuch.x = 1\n</script>",
    "caught/index.html": "<script>try { null.x } catch (e) { console.warn(e) }</script>",
    "later/index.html": '<script>setTimeout("nosuch()", 400)</script>',
    "worker/index.html": (
        "<script>const code = 'try { null.x } catch (e) { console.warn(e) }'\n"
        "new Worker(URL.createObjectURL(new Blob([code])))</script>"
    ),
    "material/index.html": "<script src=../javascripts/bundle.js></script>",
    "javascripts/bundle.js": "nosuch()",
    "lost/index.html": "<script src=lost.js></script>",
}
TESTS = """\
from pathlib import Path

import pytest
from built import Server, Site

folder = Path(__file__).parent


@pytest.fixture(scope="session")
def site():
    return Site(folder, Server(folder).address)


@pytest.fixture(scope="module")
def shared(browser, site):
    tab = browser.new_context().new_page()
    tab.goto(site.address + "broken/")
    tab.locator("#fixture").wait_for(timeout=500)


def test_a_fixture_that_waits(shared):
    pass


@pytest.mark.parametrize("page", ["broken/", "caught/", "later/", "worker/"])
def test_a_reader(visit, page):
    visit(page).locator("#never").wait_for()


def test_another_context(browser, site):
    tab = browser.new_context().new_page()
    tab.goto(site.address + "lost/")
    assert tab.locator("#never").count()


def test_a_part(visit, subtests):
    tab = visit("lost/")
    with subtests.test():
        assert tab.locator("#never").count()


def test_of_material(visit):
    assert visit("material/").locator("#never").count()


def test_that_is_quiet(visit):
    assert visit("404.html").locator("#never").count()
"""


@pytest.fixture(scope="module")
def told(browser):
    """Skip without a browser."""


def test_every_failure_tells_what_the_page_complained_about(pytester, monkeypatch):
    for name, text in PAGES.items():
        file = pytester.path / name
        file.parent.mkdir(exist_ok=True)
        if name.endswith(".html"):
            text = f"<!doctype html><link rel=icon href=data:,>{text}"
        file.write_text(text, "utf-8")
    pytester.makepyfile(TESTS)
    path = os.pathsep.join(str(ROOT / folder) for folder in ("docs/_hooks", "tests"))
    monkeypatch.setenv("PYTHONPATH", path)
    start = time.monotonic()
    done = pytester.runpytest_subprocess("-p", "conftest", "-p", "no:cacheprovider")
    out = done.stdout.str()
    if "no Chromium" in out:
        pytest.skip("no Chromium")
    assert time.monotonic() - start < 25  # one time-out would take 30 seconds
    failed = re.split(r"(?m)^_+ (?:ERROR at setup of )?(test_\S+).* _+$", out)
    # Behind a part that failed comes its test, which says only that one has.
    told = dict(reversed(list(zip(failed[1::2], failed[2::2], strict=True))))
    mistake = "ReferenceError: nosuch is not defined"
    for test in ("test_a_fixture_that_waits", "test_a_reader[broken/]"):
        assert re.search(rf"{mistake}\n.*/code-first/broken/:3:", told[test])
    assert "/caught/:1: warning: TypeError: Cannot" in told["test_a_reader[caught/]"]
    assert mistake in told["test_a_reader[later/]"]
    assert "warning: TypeError: Cannot" in told["test_a_reader[worker/]"]
    for test in ("test_another_context", "test_a_part"):
        assert "/lost/lost.js:1: error: Failed to load resource" in told[test]
    assert f"uncaught {mistake}" in told["test_of_material"]
    assert "TargetClosedError" not in told["test_of_material"]  # it is not ours
    assert "Complaints" not in told["test_that_is_quiet"]
