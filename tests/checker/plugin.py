"""What pytest calls: options of the checker, its items, and what is said at the end.

``pytest`` checks all, ``pytest docs/line/descent.md`` one page, ``pytest --changed``
runs the examples of the pages that changed since the last commit, ``pytest --record``
writes what the examples print and draw.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from checker import run, workers
from checker.files import changed_files, committed
from checker.items import Pages, refused_at_once
from checker.named import check_confirmed, pages_to_record
from checker.settings import shared_problem
from reading.imports import imported
from reading.model import FIGURES, Page, output_path
from reading.weights import recorded_weights

SHOWN = re.compile(r"--8<--.*|" + re.escape(FIGURES) + r"[^)\s]+")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pages", "pages and their examples")
    group.addoption(
        "--record",
        action="store_true",
        help="run everything, and write outputs, figures and translations",
    )
    group.addoption(
        "--confirm",
        action="append",
        default=[],
        metavar="PAGE:LINE",
        help="with --record: this English paragraph changed, its Chinese still holds",
    )
    group.addoption(
        "--changed",
        action="store_true",
        help="run only the examples of pages that changed since the last commit",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse options before anything is read; a worker is refused nothing more.

    Raises:
        pytest.UsageError: an option names what is not there, this is no checkout, or
            mkdocs.yml or docs/_translations.json cannot be read.
    """
    if problem := shared_problem(config.rootpath):
        raise pytest.UsageError(problem)
    if config.getoption("--record"):
        config.args[:] = pages_to_record(config)
    check_confirmed(config)
    changed = None
    if config.getoption("--changed"):
        try:
            changed = changed_files(config.rootpath)
        except RuntimeError as error:
            raise pytest.UsageError(str(error)) from None
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(workers)
    config.pluginmanager.register(Checker(config, changed))


class Checker:
    """The hooks of one run.

    Attributes:
        written: files that were recorded, each once.
        refused: pages that were not, and why.
    """

    def __init__(self, config: pytest.Config, changed: set[str] | None) -> None:
        self.config = config
        self.pages = pages = Pages(config)
        self.changed = changed
        self.written: dict[str, None] = {}
        self.refused: dict[str, str] = {}
        self.pytest_collect_file = pages.pytest()

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Keep both pages of a pair in one worker of xdist: they share a run."""
        page = page_of(item)
        if page and item.config.pluginmanager.hasplugin("xdist"):
            english = page.sibling if page.chinese else page.path
            item.add_marker(pytest.mark.xdist_group(english))

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out examples that --changed or --record does not run by themselves.

        With --record the item of a page runs all of it; what can be refused at once comes
        first, so that nobody waits for it.
        """
        if self.pages.recording:
            keep = [item for item in items if page_of(item) and is_whole(item)]
        elif self.changed is not None:
            keep = [item for item in items if is_whole(item) or self.is_changed(item)]
        else:
            return
        left = set(items) - set(keep)
        if not self.pages.recording:
            self.pages.not_run |= {page_of(item).path for item in left}
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        if self.pages.recording and not config.option.collectonly:
            keep.sort(
                key=lambda item: not refused_at_once(self.pages.root, page_of(item))
            )
        items[:] = keep

    def is_changed(self, item: pytest.Item) -> bool:
        """Whether anything changed that the examples of the item's page depend on.

        Of the page itself that is what it includes: prose does not change what code does.
        """
        page, root = page_of(item), self.pages.root
        used = set()
        for example in page.examples:
            path = example.section.path
            modules = imported(root, path)
            modules += recorded_weights(root, modules)
            used |= {f"snippets/{p}" for p in modules}
            used |= {f"snippets/{output_path(path)}", f"docs/{example.figure}"}
        if used & self.changed:
            return True
        return page.path in self.changed and shown_by(page.text) != shown_by(
            committed(root, page.path)
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Start what code runs in, if code will run."""
        pages = [page_of(item) for item in session.items]
        runs = [
            example.section.path
            for page, item in zip(pages, session.items, strict=True)
            if page and (self.pages.recording or not is_whole(item))
            for example in page.examples
        ]
        if runs and not session.config.option.collectonly:
            run.warm_up(self.pages.root, set(runs))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """Send with the report which files its item has recorded."""
        item.user_properties += [("recorded", file) for file in self.pages.written]
        self.pages.written.clear()
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what was recorded or refused; say at once what was refused."""
        self.written |= {
            f: None for name, f in report.user_properties if name == "recorded"
        }
        if self.pages.recording and report.failed:
            page = report.nodeid.partition("::")[0]
            why = report.longreprtext.partition("\n")[0]
            why = why if why.startswith(page) else f"{page}: {why}"
            self.refused.setdefault(page, why)
            terminal = self.config.pluginmanager.get_plugin("terminalreporter")
            if terminal:  # a worker has none
                terminal.ensure_newline()
                terminal.write_line(f"refused {why}")

    def pytest_terminal_summary(self, terminalreporter) -> None:
        """Say what was recorded, and what was not."""
        if not self.pages.recording:
            return
        for file in self.written:
            terminalreporter.write_line(f"recorded {file}")
        if not self.written:
            terminalreporter.write_line("recorded nothing: all was as it is")
        for why in self.refused.values():
            terminalreporter.write_line(f"refused {why}")


def page_of(item: pytest.Item) -> Page | None:
    """Return the page that an item checks, if it does."""
    return item.example.parsed[1] if hasattr(item, "example") else None


@cache
def shown_by(text: str) -> list[str]:
    """Return the includes and figures of a page, in order."""
    return SHOWN.findall(text)


def is_whole(item: pytest.Item) -> bool:
    """Whether an item checks no single example: that of a page, or a test of others."""
    return not hasattr(item, "example") or item.example.parsed[2] is None
