"""Fixtures: the site built once, and a browser."""

import os
import shutil

import pytest
from built import ROOT, Server, Site, build

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The real site, built strictly and served under a base path."""
    folder = tmp_path_factory.mktemp("site")
    server = Server(folder)
    result = build(ROOT, folder, server.address)
    assert result.returncode == 0, result.stderr
    return Site(folder, server.address)


@pytest.fixture(scope="session")
def browser():
    """Chromium: the system's, or the one that Playwright brought."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, CHROMIUM)), None)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        except api.Error:
            without = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            without(
                "no Chromium: install your system's (Debian: apt install chromium) or"
                " Playwright's (playwright install chromium)"
            )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, site):
    """Return a function that opens a page of the site as a reader of some kind.

    The page keeps a record of its requests in `requests`, and of everything that the
    browser complained about in `complaints`.
    """
    contexts = []

    def visit(path="", **reader):
        context = browser.new_context(**{"locale": "en-US"} | reader)
        contexts.append(context)
        tab = context.new_page()
        tab.requests, tab.complaints = [], []
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.on("console", lambda line: tab.complaints.append(line.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.goto(site.address + path)
        return tab

    yield visit
    for context in contexts:
        context.close()
