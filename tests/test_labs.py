"""The labs of the site, published like any other page."""

import json
import re
import subprocess
import sys
from urllib.parse import urljoin

import nbformat
import pytest

from built import ROOT
from publishing.labs import cells_of, results_of
from reading.cells import without_words
from reading.pages import page_paths, read_page

LABS = [path for path in page_paths(ROOT) if read_page(ROOT, path).cells]
ENGLISH = [path for path in LABS if not path.endswith(".zh.md")]


def test_there_are_labs():
    assert len(ENGLISH) >= 3


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("x = 'zwei'  # two\nprint(f'{x} zwei')", True),
        ("x = 'one'\nprint(f'{x} two')", True),
        ("x = 'one'\nprint(f'{y} two')", False),
        ("x = 1\nprint(f'{x} two')", False),
        ("x = 'one'\nprint(f'{x:4} two')", False),
    ],
)
def test_what_counts_as_the_same_code(code, same):
    assert (
        without_words("x = 'one'\nprint(f'{x} two')") == without_words(code)
    ) == same


@pytest.mark.parametrize("path", LABS)
def test_cells_are_linted(path):
    lines = [""] * len(read_page(ROOT, path).text.split("\n"))
    for cell in read_page(ROOT, path).cells:
        code = cell.code.split("\n")
        lines[cell.line : cell.line + len(code)] = code
    shown = path.replace(".md", ".py")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", shown, "-"],
        cwd=ROOT,
        input="\n".join(lines).rstrip() + "\n",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.fail(done.stdout.replace(shown, path), pytrace=False)


@pytest.mark.parametrize("path", LABS)
def test_the_test_set_stays_closed(path):
    for cell in read_page(ROOT, path).cells:
        assert '"test"' not in cell.code


def test_outputs_and_figures_stand_under_their_cells(site, subtests):
    for path in LABS:
        with subtests.test(path=path):
            source = read_page(ROOT, path)
            (page,) = [p for p in site.pages if p.source == ROOT / path]
            figures = [
                image.attributes
                for image in page.all("img")
                if "assets/figures/labs/" in image.attributes["src"]
            ]
            assert [f["alt"] for f in figures] == [c.alt for c in source.cells if c.alt]
            for figure in figures:
                assert {"width", "height"} <= figure.keys()
                assert figure["loading"] == "lazy"
                assert 300 <= int(figure["width"]) <= 720
            outputs = page.all("div", class_="output")
            assert outputs
            for output in outputs:
                assert (
                    output.attributes["aria-label"]
                    == {"en": "Output", "zh": "输出"}[page.language]
                )


@pytest.mark.parametrize("path", LABS)
def test_numbers_in_the_text_stand_in_a_result_or_in_code(site, path):
    source = read_page(ROOT, path)
    (page,) = [p for p in site.pages if p.source == ROOT / path]
    shown = " ".join(box.text for box in page.all("div", class_="highlight"))
    missing = [
        f"{path}:{block.line}: nothing on the page shows {number}"
        for block in source.blocks
        for number in re.findall(r"(?<![\d.])\d+\.\d{3,}", block.text)
        if number not in shown and "/abs/" + number not in page.html  # arXiv's numbers
    ]
    if missing:
        pytest.fail("\n".join(missing), pytrace=False)


def test_search_finds_prose_of_labs_and_not_their_output(site):
    for folder, word in (("search", "valleys"), ("zh/search", "山谷")):
        index = json.loads(
            (site.folder / folder / "search_index.json").read_text("utf-8")
        )
        found = [
            entry for entry in index["sections"] if "labs/surface" in entry["location"]
        ]
        assert word in " ".join(sum((entry.get("text", []) for entry in found), []))
        assert "torch.optim" in " ".join(entry.get("code", "") for entry in found)
        assert "91 / 13741" not in json.dumps(found)


@pytest.mark.parametrize("path", LABS)
def test_a_lab_is_light_and_asks_nobody_else(site, visit, path):
    (page,) = [p for p in site.pages if p.source == ROOT / path]
    tab = visit(page.path)
    tab.wait_for_load_state("networkidle")
    assert all(url.startswith(site.address) for url in tab.requests)
    assert tab.complaints == []
    assert 20_000 < len(page.html.encode()) < 200 * 1024
    images = [image.attributes["src"] for image in page.all("img")]
    figures = [site.file(urljoin(page.url, src)) for src in images if "labs/" in src]
    assert figures
    assert [file for file in figures if file.stat().st_size >= 130_000] == []


@pytest.mark.parametrize("path", LABS)
def test_the_notebook_of_a_lab_holds_the_cells_that_were_run(site, path):
    """Labs are run once, by the build; this is what that run proves of the notebook."""
    lab = read_page(ROOT, path)
    (page,) = [p for p in site.pages if p.source == ROOT / path]
    (link,) = page.all("a", class_="notebook")
    shown = nbformat.read(page.file.parent / link.attributes["href"], as_version=4)
    cells = [cell for cell in shown.cells if cell.cell_type == "code"]
    if cells[0].source.startswith("def install"):
        del cells[0]
    ran, results = cells_of(lab), results_of(lab)
    assert [cell.source for cell in cells] == ran
    for cell, outputs in zip(cells[-len(results) :], results, strict=True):
        assert [out.output_type for out in cell.outputs] == [
            "display_data" if "image" in str(out.get("data")) else out["output_type"]
            for out in outputs
        ]
        assert "".join(out.get("text", "") for out in cell.outputs) == "".join(
            out.get("text", "") for out in outputs
        )
