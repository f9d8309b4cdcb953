"""The notebooks that the build makes: run in an empty folder, opened as a reader would."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from base64 import b64decode
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from built import ROOT
from checker.compare import same_output, side_by_side
from publishing.modules import writing_cells
from reading.blocks import parse
from reading.cells import without_words
from reading.imports import imported, names_in
from reading.pages import page_paths, read_page

ENGLISH = [path for path in page_paths(ROOT) if not path.endswith(".zh.md")]
NAMES = {
    path.removeprefix("docs/").removesuffix(".md"): read_page(ROOT, path)
    for path in ENGLISH
}
NAMES = {name: page for name, page in NAMES.items() if page.examples or page.cells}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """Make the environment a reader's, apart from the threads that outputs depend on."""
    for name in ("MPLBACKEND", "MATPLOTLIBRC", "PYTHONPATH"):  # the checker sets some
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def notebook_of(site, name, language="en"):
    """Read the notebook of a page from the built site."""
    return nbformat.read(site.folder / place_of(name, language), as_version=4)


def place_of(name, language="en"):
    """Return where the notebook of a page stands in the site, with its own name."""
    prefix, ending = {"en": ("", ""), "zh": ("zh/", ".zh")}[language]
    folder = "" if name == "index" else f"{name}/"
    return f"{prefix}{folder}code-first-{name.replace('/', '-')}{ending}.ipynb"


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def own_cells(notebook):
    """The code of the page: without the cells that install, and write modules."""
    return [
        cell
        for cell in code_cells(notebook)
        if "setup" not in cell.metadata.get("tags", [])
    ]


def printed(cell):
    """What a cell has printed, recorded: without spaces at the end of a line.

    What the cells at the top say does not count: it depends on what is there already.
    """
    if "setup" in cell.metadata.get("tags", []):
        return ""
    streams = [out for out in cell.outputs if out.output_type == "stream"]
    text = "".join(out.text for out in streams if out.name == "stdout")
    return re.sub(r"[ \t]+$", "", text, flags=re.M)


def figures(cell):
    """How many figures a cell has drawn."""
    return sum(output.output_type == "display_data" for output in cell.outputs)


def test_every_lesson_and_lab_offers_its_notebook(site):
    offers = {}
    for page in site.pages:
        links = page.all("a", class_="notebook")
        assert len(links) <= 1
        if links:
            assert "download" in links[0].attributes
            assert " ".join(links[0].text.split()) == "Notebook (.ipynb)"
            assert links[0].attributes["title"]
            file = page.file.parent / links[0].attributes["href"]
            assert file.is_file()
            offers[file.relative_to(site.folder).as_posix()] = links[0].attributes[
                "title"
            ]
    assert set(offers) == {
        place_of(name, language) for name in NAMES for language in ("en", "zh")
    }
    assert len(set(offers.values())) == 2
    assert len(list(site.folder.rglob("*.ipynb"))) == len(offers)


def test_both_languages_hold_the_same_code_and_outputs(site, subtests):
    for name in NAMES:
        with subtests.test(page=name):
            pairs = zip(
                code_cells(notebook_of(site, name)),
                code_cells(notebook_of(site, name, "zh")),
                strict=True,
            )
            for english, chinese in pairs:
                if english.source.startswith("%"):
                    assert english.source == chinese.source
                else:
                    assert without_words(english.source) == without_words(
                        chinese.source
                    )
                assert printed(english) == printed(chinese)
                assert figures(english) == figures(chinese)


def test_sections_and_recorded_results_are_the_pages(site, subtests):
    for name, page in NAMES.items():
        with subtests.test(page=name):
            own = [e for e in page.examples if e.section.path == page.snippet]
            if not own:  # a lab
                continue
            cells = own_cells(notebook_of(site, name))
            for example, cell in zip(own, cells, strict=True):
                shown = re.sub(r"(# \(\d+\))!", r"\1", example.section.text.rstrip())
                assert cell.source == shown
                assert printed(cell) == (example.output or "")
                assert figures(cell) == bool(example.figure)
                if example.figure:
                    html = cell.outputs[-1].data["text/html"]
                    svg = (ROOT / "docs" / example.figure).read_bytes()
                    assert b64decode(re.search(r'base64,([^"]+)"', html)[1]) == svg


def test_prose_keeps_headings_formulas_and_annotations(site, subtests):
    for name, page in NAMES.items():
        with subtests.test(page=name):
            prose = "\n\n".join(
                cell.source
                for cell in notebook_of(site, name).cells
                if cell.cell_type == "markdown"
            )
            assert len(re.findall(r"^#+ ", prose, re.M)) >= len(page.ids)
            text = page.text
            assert prose.count("$$") == text.count("$$")
            for left in ("{#", "{ .", "{ data", "--8<--", "!!! ", "??? ", "(1)!"):
                assert left not in prose
    deploy = [cell.source for cell in notebook_of(site, "steps/deploy").cells]
    at = next(n for n, source in enumerate(deploy) if "  # (1)\n" in source)
    assert deploy[at + 1].startswith("1. ")


def test_links_are_absolute_and_lead_somewhere(site, subtests):
    for name in NAMES:
        for language in ("en", "zh"):
            with subtests.test(page=name, language=language):
                for cell in notebook_of(site, name, language).cells:
                    if cell.cell_type != "markdown":
                        continue
                    for node in parse(cell.source).walk(include_self=False):
                        for link in (node.attrs.get("href"), node.attrs.get("src")):
                            if link is None:
                                continue
                            assert link.startswith(("https://", site.address)), link
                            if link.startswith(site.address):
                                assert site.file(link).is_file(), link


def test_what_is_installed_is_pinned_as_here(site, subtests):
    pinned = (ROOT / "constraints.txt").read_text("utf-8").split()
    packages = {"torch": "torch", "matplotlib": "matplotlib", "sklearn": "scikit-learn"}
    for name in NAMES:
        with subtests.test(page=name):
            cells = code_cells(notebook_of(site, name))
            sources = [re.sub(r"%%module .*", "", cell.source) for cell in cells]
            imports = {name.partition(".")[0] for s in sources for name in names_in(s)}
            call = cells[0].source.rpartition("\n")[2]
            needed = re.fullmatch(r"install\((.*)\)", call)
            needed = json.loads(needed[1]) if needed else {}
            pins = [f"{package}=={version}" for package, version in needed.items()]
            assert set(pins) <= set(pinned)
            assert {p for module, p in packages.items() if module in imports} <= {
                pin.partition("==")[0] for pin in pins
            }


# The checker runs the code of every lesson as its notebook does, and the tests above hold
# the notebook to that code. What a real kernel adds is shown by one lesson of each kind,
# of each the quickest: with a module of ours and a figure, with figures alone, with
# several modules and torch, with recorded weights and processes of its own. Labs are run
# in a kernel when the site is built, a test in test_labs.py holds their notebooks to that,
# and one in test_lab_runs.py runs a small one.
IN_A_KERNEL = [
    "line/autograd",
    "line/solve",
    "steps/architecture",
    "language-model/parallel",
]


def test_modules_are_written_as_the_checker_writes_them(site, subtests):
    for name, page in NAMES.items():
        with subtests.test(page=name):
            if page.lab:
                continue
            notebook = notebook_of(site, name)
            cells = [cell.source for cell in code_cells(notebook)]
            written = writing_cells(ROOT, imported(ROOT, page.snippet)[1:])
            own = [cell.source for cell in own_cells(notebook)]
            assert cells[-len(own) - len(written) : -len(own)] == written
            assert len(cells) - len(own) - len(written) <= 1  # the one that installs
            assert not any(cell.startswith("%%") for cell in own)


def test_solutions_stand_at_the_end(site, subtests):
    for name, page in NAMES.items():
        for language in ("en", "zh"):
            with subtests.test(page=name, language=language):
                cells = notebook_of(site, name, language).cells
                titles = [
                    cell.source
                    for cell in cells
                    if re.fullmatch(r"\*\*(Solution|解答) \d+\*\*.*", cell.source, re.S)
                ]
                assert len(titles) == page.text.count("??? success")
                if not titles:
                    continue
                heading = {"en": "## Solutions", "zh": "## 参考解答"}[language]
                start = [cell.source for cell in cells].index(heading)
                assert titles[0] == cells[start + 1].source
                before = "".join(cell.source for cell in cells[:start])
                assert "**Solution" not in before and "**解答" not in before
                end = {"en": "solutions of its exercises", "zh": "练习的解答"}
                assert end[language] in cells[0].source


@pytest.mark.parametrize("name", IN_A_KERNEL)
def test_running_it_gives_what_it_shows(site, name, tmp_path):
    shown = notebook_of(site, name)
    ran = nbformat.from_dict(shown)
    for cell in code_cells(ran):
        cell.outputs = []
    NotebookClient(
        ran,
        timeout=300,
        coalesce_streams=True,
        resources={"metadata": {"path": tmp_path}},
    ).execute()
    for before, after in zip(code_cells(shown), code_cells(ran), strict=True):
        expected, got = printed(before), printed(after)
        if not same_output(expected, got, exact=False):
            pytest.fail(f"{after.source}\n\n{side_by_side(expected, got)}")
        assert figures(before) == figures(after)


@pytest.fixture
def lab(tmp_path):
    """JupyterLab on an empty folder: the folder and its address."""
    folder = tmp_path / "reader"
    folder.mkdir()
    places = {
        f"JUPYTER_{name}_DIR": str(tmp_path / name.lower())
        for name in ("CONFIG", "DATA", "RUNTIME")
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        + ["--port=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
        + ["--LabApp.news_url=None"],
        env=os.environ | places,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(120):
            if found := list((tmp_path / "runtime").glob("jpserver-*.json")):
                break
            time.sleep(0.5)
        yield folder, json.loads(found[0].read_text())["url"]
    finally:
        program.terminate()
        program.wait(30)


def test_a_reader_runs_one_in_jupyterlab(site, lab, browser):
    folder, address = lab
    shown = notebook_of(site, "line/autograd", "zh")
    name = Path(place_of("line/autograd", "zh")).name
    shutil.copy(site.folder / place_of("line/autograd", "zh"), folder)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{address}lab/tree/{name}")
    cells = tab.locator(".jp-Notebook .jp-Cell")
    title = tab.locator(".jp-MarkdownOutput h1")
    title.wait_for(timeout=60_000)
    assert title.inner_text().startswith("让机器求导")
    # The recorded figure is there before anything has run, and so are formulas.
    picture = tab.locator(".jp-OutputArea img").first
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.naturalWidth") > 300
    assert picture.get_attribute("alt")
    assert tab.locator(".jp-MarkdownOutput mjx-container").count() > 0
    tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    tab.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    tab.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    number = len(code_cells(shown))
    last = tab.locator(".jp-InputPrompt", has_text=f"[{number}]:")
    last.wait_for(timeout=120_000)
    tab.keyboard.press("Control+s")
    for _ in range(60):
        with suppress(nbformat.reader.NotJSONError):  # while it is being written
            saved = nbformat.read(folder / name, as_version=4)
            if code_cells(saved)[-1].execution_count == number:
                break
        time.sleep(0.5)
    for before, after in zip(code_cells(shown), code_cells(saved), strict=True):
        assert same_output(printed(before), printed(after), exact=False)
        assert figures(before) == figures(after)
    assert (folder / "engine.py").is_file()
    assert cells.count() == len(shown.cells)
    context.close()
