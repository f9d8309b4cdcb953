"""Measure what readers and contributors wait for, each beside a yardstick.

Run by ``make bench``. The yardstick of a page and of a build is bare Material: the same
pages, Markdown extensions and theme features, without our hooks, templates, styles and
second language. Times on a shared machine are noisy: read the ratios.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench_builds import build_times, first_page_time, serve_times
from bench_model import answer_time, model_speed, training_time
from bench_projects import LESSON, bare, copy_of_the_project, mkdocs
from built import ROOT, Server
from conftest import CHROMIUM, OPTIONS
from reading.files import files_below


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


def weights(site: Path, paths: list[str]) -> dict[str, tuple[int, int]]:
    """Load pages cold in Chromium; return gzip bytes and requests of each.

    Requests to other hosts (bare Material's fonts) are counted and not weighed.
    """
    server = Server(site)
    found = {}
    with chromium() as browser:
        for path in paths:
            page = browser.new_page()
            requests, sizes = [], []
            page.on("request", lambda request, seen=requests: seen.append(request.url))

            def weigh(response, sizes=sizes):
                if response.url.startswith(server.address):
                    sizes.append(len(gzip.compress(response.body(), 9)))

            page.on("response", weigh)
            page.goto(server.address + path, wait_until="networkidle")
            requests = [url for url in requests if url.startswith("http")]
            found[path] = sum(sizes), len(requests)
            page.close()
    return found


def page_weights(temporary: Path) -> None:
    ours = copy_of_the_project(temporary / "ours")
    mkdocs(ours, "build", SITE_URL="http://127.0.0.1/code-first/")
    theirs = bare(copy_of_the_project(temporary / "bare"))
    mkdocs(theirs, "build")
    pages = sorted(
        path.relative_to(ours / "site").parent.as_posix().replace(".", "")
        for path in (ours / "site").rglob("index.html")
    )
    paths = [f"{path}/" if path else "" for path in pages]
    both = f"{LESSON}/?both"

    def in_bare(path: str) -> str:
        if not path.startswith("zh/"):
            return path
        inside = path.removeprefix("zh/").rstrip("/")
        if (ROOT / "docs" / inside).is_dir():
            return f"{inside}/index.zh/".lstrip("/")
        return f"{inside}.zh/"

    weighed = weights(ours / "site", [*paths, both])
    yardstick = weights(theirs / "site", [in_bare(path) for path in paths])
    print("Weight of a page, cold (gzip KiB, requests)")
    print(f"  {'page':32}{'ours':>16}{'bare Material':>18}{'ratio':>8}")
    for path in paths:
        (size, count), (bare_size, bare_count) = weighed[path], yardstick[in_bare(path)]
        print(
            f"  {'/' + path:32}{size / 1024:9.1f} in {count:3}{bare_size / 1024:11.1f} in"
            f" {bare_count:3}{size / bare_size:8.2f}"
        )
    size, count = weighed[both]
    print(f"  {'/' + both:32}{size / 1024:9.1f} in {count:3}")


def check_time() -> None:
    """All examples in one process, against each snippet as a script of its own."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pytest", "-q", "docs"], cwd=ROOT, check=True)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    for snippet in files_below(ROOT / "snippets", "*.py"):
        subprocess.run(
            [sys.executable, snippet],
            env=os.environ | {"MPLBACKEND": "agg"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
    scripts = time.perf_counter() - start
    print(
        f"Check of every example: {seconds:.1f} s; the snippets one by one as scripts:"
        f" {scripts:.1f} s; ratio {seconds / scripts:.2f}"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        mkdocs(ROOT, "build", "--site-dir", f"{folder}/site")  # runs the labs
        with chromium() as browser:
            answer_time(browser, Server(Path(folder) / "site").address)
        page_weights(Path(folder) / "weights")
        build_times(Path(folder) / "builds")
        serve_times(Path(folder))
        first_page_time(Path(folder))
    check_time()
    model_speed()
    training_time()


if __name__ == "__main__":
    main()
