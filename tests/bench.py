"""Measure what readers and contributors wait for, each beside a yardstick.

Run by ``make bench``. The yardstick of a page and of a build is bare Material: the same
pages, Markdown extensions and theme features, without our hooks, templates, styles and
second language. Times on a shared machine are noisy: read the ratios.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml
from built import ROOT, Server
from conftest import CHROMIUM, OPTIONS
from mkdocs.utils import yaml_load
from playwright.sync_api import sync_playwright

LESSON = "line/descent"
PER_PART = 20


def mkdocs(project: Path, *arguments: str, **environment: str) -> float:
    """Run MkDocs in a project; return seconds."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "-q", *arguments],
        cwd=project,
        env=os.environ | environment,
        check=True,
    )
    return time.perf_counter() - start


def copy_of_the_project(folder: Path, lessons: int = 0) -> Path:
    """Copy what a build needs; with ``lessons``, that many copies of one as well."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("docs", "snippets", ".cache"):  # labs have been run
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    parts = []
    for first in range(0, lessons, PER_PART):
        part = f"part{first // PER_PART}"
        for name in ("docs", "snippets"):
            (folder / name / part).mkdir()
        parts.append(f"  - {part}:")
        for number in range(first, min(first + PER_PART, lessons)):
            lesson = f"{part}/lesson{number}"
            parts.append(f"      - {lesson}.md")
            for suffix in (".py", ".txt"):
                shutil.copy(
                    ROOT / f"snippets/{LESSON}{suffix}",
                    folder / f"snippets/{lesson}{suffix}",
                )
            for suffix in (".md", ".zh.md"):
                text = (ROOT / f"docs/{LESSON}{suffix}").read_text(encoding="utf-8")
                text = text.replace(f'8<-- "{LESSON}.', f'8<-- "{lesson}.')
                # Links to the neighbours of the lesson lead there, not to copies.
                text = re.sub(r"\]\((?=[\w-]+\.md)", "](../line/", text)
                (folder / f"docs/{lesson}{suffix}").write_text(text, encoding="utf-8")
    config = re.sub(r"(?m)^nav:\n", "\\g<0>" + "".join(f"{p}\n" for p in parts), config)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def bare(project: Path) -> Path:
    """Turn a copy of the project into bare Material with the same pages."""
    config = yaml_load((project / "mkdocs.yml").read_text(encoding="utf-8"))
    nav = []
    for entry in config["nav"]:
        nav.append(entry)
        ((title, pages),) = (
            entry.items() if isinstance(entry, dict) else ((None, [entry]),)
        )
        chinese = [path.replace(".md", ".zh.md") for path in pages]
        nav += chinese if title is None else [{f"{title} (zh)": chinese}]
    keep = {
        "site_name": config["site_name"],
        "nav": nav,
        "theme": {"name": "material", "features": config["theme"]["features"]},
        "plugins": ["search"],
        "exclude_docs": config["exclude_docs"],
        "markdown_extensions": config["markdown_extensions"],
    }
    shutil.rmtree(project / "docs/assets/javascripts")
    shutil.rmtree(project / "docs/assets/stylesheets")
    (project / "mkdocs.yml").write_text(yaml.safe_dump(keep, allow_unicode=True))
    return project


def weights(site: Path, paths: list[str]) -> dict[str, tuple[int, int]]:
    """Load pages cold in Chromium; return gzip bytes and requests of each.

    Requests to other hosts (bare Material's fonts) are counted and not weighed.
    """
    server = Server(site)
    found = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, CHROMIUM)), None),
            args=OPTIONS,
        )
        for path in paths:
            page = chromium.new_page()
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
        chromium.close()
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


def build_times(temporary: Path) -> None:
    print("Build (seconds)")
    print(
        f"  {'lessons':32}{'ours':>16}{'bare Material':>18}{'ratio':>8}{'ms a page':>12}"
    )
    for lessons, repeats in ((0, 3), (100, 1), (1000, 1)):
        ours = copy_of_the_project(temporary / f"ours{lessons}", lessons)
        theirs = bare(copy_of_the_project(temporary / f"bare{lessons}", lessons))
        seconds = min(mkdocs(ours, "build") for _ in range(repeats))
        yardstick = min(mkdocs(theirs, "build") for _ in range(repeats))
        pages = len(list((ours / "site").rglob("index.html")))
        name = f"{lessons} copies of a lesson" if lessons else "the site as it is"
        print(
            f"  {name:32}{seconds:16.1f}{yardstick:18.1f}{seconds / yardstick:8.2f}"
            f"{1000 * seconds / pages:12.1f}"
        )


def serve_time(temporary: Path) -> None:
    """How long an edit takes to be shown, on 40 pages."""
    project = copy_of_the_project(temporary / "serve", 20)
    with tempfile.TemporaryFile() as log:
        address = "127.0.0.1:8137"
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", address],
            cwd=project,
            stdout=log,
            stderr=log,
        )
        try:
            page = project / "docs/part0/lesson0.md"
            url = f"http://{address}/part0/lesson0/"
            _wait_for(url, "Walk downhill")
            seconds = []
            for number in range(3):
                page.write_text(page.read_text() + f"\nEdit number {number}.\n")
                start = time.perf_counter()
                _wait_for(url, f"Edit number {number}.")
                seconds.append(time.perf_counter() - start)
        finally:
            server.terminate()
            server.wait()
    print(f"Edit shown by make serve, 40 pages: {min(seconds):.1f} s (aim: 2 s)")


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


def check_time() -> None:
    """All examples in one process, against each snippet as a script of its own."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pytest", "-q", "docs"], cwd=ROOT, check=True)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    for snippet in sorted((ROOT / "snippets").rglob("*.py")):
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
        page_weights(Path(folder) / "weights")
        build_times(Path(folder) / "builds")
        serve_time(Path(folder))
    check_time()


if __name__ == "__main__":
    main()
