"""The labs: run while the site is built, and published like any other page."""

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from built import ROOT, build, small_project
from publishing.labs import cells_of, results_of
from reading.cells import without_words
from reading.pages import page_paths, read_page

LABS = [path for path in page_paths(ROOT) if read_page(ROOT, path).cells]
ENGLISH = [path for path in LABS if not path.endswith(".zh.md")]

HEAD = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

# {title} {{#lab}}

"""
CELLS = """\
```python
from helper import number

print("{word}", number)  # {word}
print(number + 1, flush=True)
```

{word} 1.

```python alt="{word}"
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
```
"""


def project_with_lab(folder, english=CELLS, chinese=CELLS):
    """A small project whose one page is a lab that imports a module."""
    project = small_project(folder, "# A {#a}\n", "# 一 {#a}\n")
    config = (project / "mkdocs.yml").read_text("utf-8")
    config = config.replace("nav: [index.md]", "nav: [index.md, labs/lab.md]")
    (project / "mkdocs.yml").write_text(config, "utf-8")
    (project / "docs/labs").mkdir(exist_ok=True)
    (project / "snippets/line").mkdir()
    (project / "snippets/line/helper.py").write_text("number = 4\n")
    write(project, "lab.md", "Lab", english.format(word="Two"))
    write(project, "lab.zh.md", "实验", chinese.format(word="二"))
    return project


def write(project, name, title, text):
    (project / "docs/labs" / name).write_text(HEAD.format(title=title) + text, "utf-8")


def kept(project):
    return sorted((project / ".cache/site").glob("lab-*"))


def test_there_are_labs():
    assert len(ENGLISH) >= 3


@pytest.mark.parametrize("path", ENGLISH)
def test_cells_of_both_languages_differ_in_strings_and_comments_only(path):
    english, chinese = (
        read_page(ROOT, p) for p in (path, read_page(ROOT, path).sibling)
    )
    assert [without_words(cell.code) for cell in english.cells] == [
        without_words(cell.code) for cell in chinese.cells
    ]


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
        text = " ".join(
            entry["text"].replace("\u200b", "")
            for entry in index["docs"]
            if "labs/surface" in entry["location"]
        )
        assert word in text
        assert "import torch" in text
        assert "91 / 13741" not in text


@pytest.mark.parametrize("path", LABS)
def test_a_lab_is_light_and_asks_nobody_else(site, visit, path):
    (page,) = [p for p in site.pages if p.source == ROOT / path]
    tab = visit(page.path)
    tab.wait_for_load_state("networkidle")
    assert all(url.startswith(site.address) for url in tab.requests)
    assert tab.complaints == []
    assert 20_000 < len(page.html.encode()) < 200 * 1024
    images = [url for url in tab.requests if url.endswith((".png", ".svg"))]
    assert all(site.file(url).stat().st_size < 130_000 for url in images)


def test_results_are_kept_for_both_languages_and_the_next_build(tmp_path):
    project = project_with_lab(tmp_path / "project")
    first = build(project, tmp_path / "one", "http://127.0.0.1/")
    assert first.returncode == 0, first.stderr
    # What is said differs, so each language runs its own.
    assert first.stderr.count("Running docs/labs/") == 2
    second = build(project, tmp_path / "two", "http://127.0.0.1/")
    assert second.returncode == 0, second.stderr
    assert "Running" not in second.stderr
    for file in ("labs/lab/index.html", "zh/labs/lab/lab.zh.ipynb"):
        assert (tmp_path / "one" / file).read_text() == (
            tmp_path / "two" / file
        ).read_text()
    html = (tmp_path / "two/zh/labs/lab/index.html").read_text("utf-8")
    assert re.search(r"<code>.*二 4\n5\n", html, re.DOTALL)


def test_comments_and_prose_may_differ_and_share_a_result(tmp_path):
    english = CELLS.replace('"{word}", ', "").replace("{word} 1", "Prose")
    project = project_with_lab(tmp_path / "project", english, english)
    done = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Running docs/labs/") == 1
    assert len(kept(project)) == 1
    # A module of ours has changed.
    (project / "snippets/line/helper.py").write_text("number = 7\n")
    done = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert done.stderr.count("Running docs/labs/") == 1
    assert len(kept(project)) == 2
    assert ">7\n8\n" in re.sub(
        "<span>|</span>", "", (tmp_path / "site/labs/lab/index.html").read_text()
    )


MEET = """\
```python
import os, time
from pathlib import Path

place = Path(os.environ["MEETING"])
(place / "{word}").touch()
end = time.monotonic() + 60
while len(list(place.iterdir())) < 2:
    assert time.monotonic() < end, "nobody came"
    time.sleep(0.05)
```
"""


@pytest.mark.skipif(os.cpu_count() == 1, reason="one core runs one lab at a time")
def test_labs_run_side_by_side(tmp_path, monkeypatch):
    monkeypatch.setenv("MEETING", str(tmp_path / "meeting"))
    (tmp_path / "meeting").mkdir()
    project = project_with_lab(tmp_path / "project", MEET, MEET)
    done = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert done.returncode == 0, done.stderr


def test_a_lab_runs_as_its_notebook_does(tmp_path):
    """In an empty folder, into which cells write the modules; nothing else is found."""
    look = """\
```python
from pathlib import Path

print(sorted(path.name for path in Path().iterdir()))
from helper import number

print(number)
```
"""
    project = project_with_lab(tmp_path / "project", look, look)
    done = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert done.returncode == 0, done.stderr
    shown = nbformat.read(tmp_path / "site/labs/lab/lab.ipynb", as_version=4)
    nbformat.validate(shown)
    cells = [cell for cell in shown.cells if cell.cell_type == "code"]
    assert [cell.source.split("\n")[0] for cell in cells] == [
        "%%writefile helper.py",
        "from pathlib import Path",
    ]
    assert cells[1].outputs[0].text == "['helper.py']\n4\n"
    folder = tmp_path / "reader"
    folder.mkdir()
    ran = nbformat.from_dict(shown)
    resources = {"metadata": {"path": folder}}
    NotebookClient(ran, coalesce_streams=True, resources=resources).execute()
    after = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert after[1].outputs[0].text == cells[1].outputs[0].text


@pytest.mark.parametrize("path", LABS)
def test_the_notebook_of_a_lab_holds_the_cells_that_were_run(site, path):
    """Labs are run once, by the build; this is what that run proves of the notebook."""
    lab = read_page(ROOT, path)
    (page,) = [p for p in site.pages if p.source == ROOT / path]
    (link,) = page.all("a", class_="notebook")
    shown = nbformat.read(page.file.parent / link.attributes["href"], as_version=4)
    cells = [cell for cell in shown.cells if cell.cell_type == "code"]
    if cells[0].source.startswith("%pip"):
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


def test_a_cell_that_raises_fails_the_build(tmp_path):
    broken = CELLS.replace("number + 1", "number + nobody")
    project = project_with_lab(tmp_path / "project", broken, broken)
    done = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert done.returncode != 0
    lines = (project / "docs/labs/lab.md").read_text().split("\n")
    line = 1 + next(n for n, text in enumerate(lines) if "nobody" in text)
    assert (
        f"docs/labs/lab.md:{line}: the cell raises NameError: name 'nobody'"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert kept(project) == []


def test_words_in_a_figure_are_refused(tmp_path):
    cells = CELLS.replace("plt.show()", 'plt.title("{word}")\nplt.show()')
    project = project_with_lab(
        tmp_path / "project",
        cells,
        cells.replace('plt.title("{word}")', 'plt.title("2")'),
    )
    done = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert done.returncode != 0
    assert (
        "docs/labs/lab.zh.md" in done.stderr
        and "keep words out of figures" in done.stderr
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (' alt="{word}"', "", "the cell draws, so say what one sees"),
        ("plt.show()", "", "the cell has a text for a figure, and no plt.show()"),
        ("number + 1", "number +", "no Python: "),
        ("```python\n", "```python hidden\n", "cannot read '```python hidden'"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path, old, new, message):
    (tmp_path / "docs/labs").mkdir(parents=True)
    write(tmp_path, "lab.md", "Lab", CELLS.replace(old, new).format(word="Two"))
    problems = [str(p) for p in read_page(tmp_path, "docs/labs/lab.md").problems]
    assert len(problems) == 1
    assert re.match(r"docs/labs/lab\.md:\d+: ", problems[0])
    assert message in problems[0]
