"""Fixtures: the site, built once for all workers, and a browser; the order of the tests."""

import os
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock

from built import ROOT, Server, Site, build
from checker.scripts import script_problems
from complaints import HEARD, is_a_mistake, listened

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OPTIONS += ["--js-flags=--single-threaded"]  # every core has its worker already

PLACE = pytest.StashKey[tuple[str, str]]()

# What a reader has who says nothing else.
VIEWPORT = {"width": 1280, "height": 720}
EMULATED = {"color_scheme": "light", "reduced_motion": "no-preference"}


def pytest_configure(config):
    """Serve the site from the process that was started first, which outlives workers.

    Its address is known before it is built, for the build writes it into the pages.
    """
    if hasattr(config, "workerinput"):
        config.stash[PLACE] = config.workerinput["site"]
        return
    folder = TemporaryDirectory(prefix="built-site-")
    config.add_cleanup(folder.cleanup)
    config.stash[PLACE] = folder.name, Server(Path(folder.name, "site")).address
    # Notebooks run in Jupyter as it comes, not as whoever tests has set it up.
    for place in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        os.environ[place] = str(Path(folder.name, place.lower()))
    for setting in ("JUPYTER_PATH", "PYTHONSTARTUP"):
        os.environ.pop(setting, None)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker of pytest-xdist where the site is."""
    node.workerinput["site"] = node.config.stash[PLACE]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Let workers begin with the build, and end with what is quick.

    While one worker builds the site, the others do what needs none. Workers hand out
    tests in this order, with those of one group together.
    """
    if not hasattr(config, "workerinput"):
        return

    def kind(item):
        fixtures = getattr(item, "fixturenames", ())
        return ("site" in fixtures) + ("site" in fixtures and "browser" not in fixtures)

    items.sort(key=kind)
    first = next((item for item in items if kind(item)), None)
    if first:
        items.remove(first)
        items.insert(0, first)


def pytest_runtest_logstart():
    """Forget what the browser complained about in the test before."""
    HEARD.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Add to a failure, also of a subtest or a fixture, what the browser complained about."""
    report = yield
    if report.failed and HEARD:
        report.sections.append(("Complaints of the browser", "\n".join(HEARD)))
    return report


@pytest.fixture(scope="session")
def site(pytestconfig):
    """The real site, built strictly by the worker that is first to ask for it."""
    folder, address = pytestconfig.stash[PLACE]
    outcome = Path(folder, "outcome.txt")
    with FileLock(Path(folder, "lock")):
        if not outcome.exists():
            result = build(ROOT, Path(folder, "site"), address)
            told = re.sub(r"(?m)^INFO .*\n", "", result.stderr)
            problem = f"the site cannot be built:\n{told}" if result.returncode else ""
            outcome.write_text(problem, "utf-8")
    if problem := outcome.read_text("utf-8"):
        pytest.fail(problem, pytrace=False)
    return Site(Path(folder, "site"), address)


@pytest.fixture(scope="session")
def browser():
    """Chromium: the system's, or the one that Playwright brought.

    Where it cannot read a script of the site, every test would wait for what never comes.
    """
    api = pytest.importorskip("playwright.sync_api")
    if problems := script_problems(ROOT):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)
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
        browser.new_context = listened(browser.new_context)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def readers(browser):
    """The tabs of readers of each kind, by what sets them apart."""
    readers = {}
    yield readers
    for tab in readers.values():
        tab.context.close()


@pytest.fixture
def visit(request, browser, readers, site):
    """Return a function that opens a page of the site as a reader of some kind.

    The page keeps a record of its requests in `requests`, and of everything that the
    browser complained about in `complaints`. At a mistake in a script it is closed, so
    that a test that waits for something there fails at once. Each visit of a test is
    another reader's. A reader has the tab that one in an earlier test had, with scripts
    and styles in its cache and nothing else: a new tab takes three times as long. `alone`
    a reader has a browser to itself, for tests that change more of it than `leave` undoes.
    """
    tabs = []

    def visit(path="", media="screen", alone=False, **reader):
        emulated = {name: reader.pop(name, value) for name, value in EMULATED.items()}
        size = reader.pop("viewport", VIEWPORT)
        kind = request.node.nodeid if alone else f"{len(tabs)} {sorted(reader.items())}"
        if kind not in readers:
            tab = browser.new_context(**{"locale": "en-US"} | reader).new_page()
            tab.on("request", lambda request: tab.requests.append(request.url))
            tab.on("console", lambda line: complain(tab, line.text))
            tab.on("pageerror", lambda error: complain(tab, error.stack or str(error)))
            readers[kind] = tab
        tab = readers[kind]
        tabs.append(tab)
        tab.requests, tab.complaints = [], []
        tab.set_viewport_size(size)
        tab.emulate_media(media=media, **emulated)
        tab.goto(site.address + path)
        return tab

    yield visit
    for kind, tab in list(readers.items()):
        if kind == request.node.nodeid or tab.is_closed():
            readers.pop(kind).context.close()
        elif tab in tabs:
            leave(tab)


def complain(tab, text):
    """Note a complaint of a page, and close the page at a mistake in a script."""
    tab.complaints.append(text)
    if is_a_mistake(text):
        tab.close()


def leave(tab):
    """Leave a page so that nothing of it comes into the next test."""
    tab.unroute_all()
    tab.mouse.move(0, 0)
    tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.goto("about:blank")
