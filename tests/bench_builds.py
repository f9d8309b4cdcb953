"""Measure how long a build takes, and how soon an edit is shown."""

import re
import shutil
import signal
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_projects import LESSON, bare, copy_of_the_project, mkdocs, without_hooks
from built import free_address, serve


def build_times(temporary: Path) -> None:
    """Builds with nothing kept but the labs, and with everything kept."""
    print("Build (seconds; labs have been run; in brackets: to bare Material)")
    print(f"  {'lessons':26}{'bare':>8}{'empty cache':>20}{'full cache':>20}")
    for lessons, repeats in ((0, 3), (100, 1), (1000, 1)):
        ours = copy_of_the_project(temporary / f"ours{lessons}", lessons)
        theirs = bare(copy_of_the_project(temporary / f"bare{lessons}", lessons))
        yardstick, empty, full = [], [], []
        for _ in range(repeats):  # in turn: the speed of a machine changes
            yardstick.append(mkdocs(theirs, "build"))
            for kept in (ours / ".cache/site").glob("*"):
                if not kept.name.startswith("lab-"):
                    kept.unlink()
            empty.append(mkdocs(ours, "build"))
            full.append(mkdocs(ours, "build"))
        pages = len(list((ours / "site").rglob("index.html")))
        name = f"{lessons} copies of a lesson" if lessons else "the site as it is"
        least = min(yardstick)
        cells = [f"{min(s):7.1f} ({min(s) / least:.2f})" for s in (empty, full)]
        per_page = [f"{1000 * min(s) / pages:5.1f}" for s in (yardstick, empty, full)]
        print(f"  {name:26}{least:8.1f}{cells[0]:>20}{cells[1]:>20}")
        print(f"  {'  ms a page, ' + str(pages) + ' pages':26}", end="")
        print(f"{per_page[0]:>8}{per_page[1]:>20}{per_page[2]:>20}")


def serve_times(temporary: Path) -> None:
    """How long an edit takes to be shown; beside it the same with empty pages.

    A page that holds a title costs next to nothing of ours, so the yardstick is what
    MkDocs, its theme and its plugins take for as many pages.
    """
    for lessons, aim in ((0, 1), (1000, 4)):
        ours = temporary / f"builds/ours{lessons}"  # everything is kept
        theirs = shutil.copytree(ours, temporary / f"empty{lessons}")
        for page in (theirs / "docs").rglob("*.md"):
            title = re.search(r"^# .*$", page.read_text("utf-8"), re.M)[0]
            page.write_text(f"{title}\n", "utf-8")
        seconds, yardstick = edit_time(ours), edit_time(without_hooks(theirs))
        print(
            f"An edit shown by make serve, {lessons} more lessons: {seconds:.1f} s"
            f" (aim: {aim} s); MkDocs with as many empty pages: {yardstick:.1f} s"
        )


@contextmanager
def served(project: Path) -> Iterator[str]:
    """Serve a project as `make serve` does, and give its address."""
    address = free_address()
    with tempfile.TemporaryFile() as log:
        server = serve(project, address, log)
        try:
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


def edit_time(project: Path) -> float:
    """Serve a project, edit a page some times; return the median of the seconds."""
    page = project / f"docs/{LESSON}.md"
    text = page.read_text("utf-8")
    seconds = []
    with served(project) as address:
        url = f"{address}{LESSON}/"
        _wait_for(url, "</html>", 600)
        for number in range(6):
            time.sleep(1)
            page.write_text(f"{text}\nEdit number {number}.\n", "utf-8")
            start = time.perf_counter()
            _wait_for(url, f"Edit number {number}.")
            seconds.append(time.perf_counter() - start)
    page.write_text(text, "utf-8")
    return statistics.median(seconds[1:])  # the first edit reads what is kept


def first_page_time(temporary: Path) -> None:
    """How long `make serve` takes to show the front page when nothing is kept."""
    project = copy_of_the_project(temporary / "fresh")
    shutil.rmtree(project / ".cache")
    start = time.perf_counter()
    with served(project) as address:
        _wait_for(address, "</html>")
        seconds = time.perf_counter() - start
    print(f"The first page of the first make serve: {seconds:.1f} s (aim: 15 s)")


def _wait_for(url: str, text: str, seconds: float = 60) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(url) as response:
                if text in response.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{url} does not show {text!r} within {seconds} s")
