"""How a lab is run while the site is built: when, where, and what is told if it stops."""

import os
import re
import signal
import time
from urllib.parse import urlsplit

import nbformat
import pytest
from nbclient import NotebookClient

from built import build, free_address, start
from checker.typography import typography_problems
from lab_project import CELLS, project_with_lab, write
from publishing import kernel
from reading.model import Cell, Page
from reading.pages import read_page, read_text_of


def kept(project):
    return sorted((project / ".cache/site").glob("lab-*"))


def test_results_are_kept_for_both_languages_and_the_next_build(tmp_path):
    project = project_with_lab(tmp_path / "project")
    first = build(project, tmp_path / "one", "http://127.0.0.1/")
    assert first.returncode == 0, first.stderr
    # What is said differs, so each language runs its own.
    assert first.stderr.count("Running docs/labs/") == 2
    second = build(project, tmp_path / "two", "http://127.0.0.1/")
    assert second.returncode == 0, second.stderr
    assert "Running" not in second.stderr
    for file in ("labs/lab/index.html", "zh/labs/lab/code-first-labs-lab.zh.ipynb"):
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
    shown = nbformat.read(
        tmp_path / "site/labs/lab/code-first-labs-lab.ipynb", as_version=4
    )
    nbformat.validate(shown)
    cells = [cell for cell in shown.cells if cell.cell_type == "code"]
    assert [cell.source.split("\n")[0] for cell in cells] == [
        "def write_file(name, content):",
        "%%module helper.py",
        "from pathlib import Path",
    ]
    assert cells[2].outputs[0].text == "['helper.py']\n4\n"
    folder = tmp_path / "reader"
    folder.mkdir()
    ran = nbformat.from_dict(shown)
    resources = {"metadata": {"path": folder}}
    NotebookClient(ran, coalesce_streams=True, resources=resources).execute()
    after = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert after[2].outputs[0].text == cells[2].outputs[0].text


SLEEP = """\
```python
import time
from pathlib import Path

print("{word}", flush=True)
Path("PLACE").touch()
time.sleep(60)
```
"""


@pytest.mark.parametrize("command", ["build", "serve"])
def test_ctrl_c_while_a_lab_runs(tmp_path, command):
    """Nothing is told of what was running, and nothing of it is kept."""
    place = tmp_path / "runs"
    cells = SLEEP.replace("PLACE", place.as_posix())
    project = project_with_lab(tmp_path / "project", cells, cells)
    address = urlsplit(free_address()).netloc
    options = ["-a", address] if command == "serve" else []
    with (tmp_path / "log").open("w") as log:
        program = start(project, log, command, *options)
    end = time.monotonic() + 60
    while not place.exists():
        assert time.monotonic() < end and program.poll() is None
        time.sleep(0.05)
    program.send_signal(signal.SIGINT)
    program.wait(20)
    told = (tmp_path / "log").read_text("utf-8")
    assert "Running docs/labs/lab.md" in told
    assert ("Aborted!" if command == "build" else "Shutting down...") in told
    assert "Traceback" not in told and "ERROR" not in told
    assert kept(project) == []


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


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import os\nos._exit(1)", "ends Python itself"),
        ("import time\ntime.sleep(99)", "takes longer than 1 s"),
    ],
)
def test_a_cell_that_does_not_end_is_named(tmp_path, monkeypatch, code, told):
    monkeypatch.setattr(kernel, "TIME_LIMIT", 1)
    cells = [Cell("print(1)", 9, "", ""), Cell(code, 21, "", "")]
    lab = Page(tmp_path, "docs/labs/lab.md", "", cells=cells)
    with pytest.raises(kernel.LabError, match=rf"docs/labs/lab.md:21: the cell {told}"):
        kernel.run(lab, [cell.code for cell in cells])


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
        (' alt="{word}" caption="{word}"', "", "the cell draws, so say what one sees"),
        (' caption="{word}"', "", "the figure has no caption"),
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


BY_HAND = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

# 一 {#a}

```python alt="线😀，$\\eta$、$\\nabla$、$\\underline{x}$" caption="说“好”。"
import matplotlib.pyplot as plt

plt.show()
```
"""
SAVED = [
    ("线😀，", r"\u7ebf\ud83d\ude00\uff0c"),
    ("、$", r"\u3001$"),
    (r"$\eta$", r"$\\eta$"),
    ("说“好”。", r"\u8bf4\u201c\u597d\u201d\u3002"),
    (
        "jupyter:\n",
        "jupyter:\n  jupytext:\n    formats: ipynb,md\n    text_representation:\n"
        "      extension: .md\n      format_name: markdown\n",
    ),
]


def test_a_lab_that_jupytext_or_jupyterlab_saved_is_the_same(tmp_path):
    saved = BY_HAND
    for old, new in SAVED:
        assert old in saved
        saved = saved.replace(old, new)
    by_hand, other = (read_text_of(tmp_path, "a.md", t) for t in (BY_HAND, saved))
    assert by_hand.problems == other.problems == []
    assert by_hand.cells[0].alt == r"线😀，$\eta$、$\nabla$、$\underline{x}$"
    parts = [
        [(b.shape, b.text, b.plain) for b in page.blocks]
        + [(cell.code, cell.alt, cell.caption) for cell in page.cells]
        for page in (by_hand, other)
    ]
    assert parts[0] == parts[1]
    assert other.lab


def test_a_quotation_mark_in_a_text_of_a_cell(tmp_path):
    text = BY_HAND.replace("说“好”。", r"It says \"so\".")
    page = read_text_of(tmp_path, "a.md", text)
    assert page.problems == []
    assert page.cells[0].caption == 'It says "so".'


def test_the_typography_of_a_lab_that_jupytext_saved(tmp_path):
    text = BY_HAND.replace("说“好”", r"\u8bf4100\u6b65")
    page = read_text_of(tmp_path, "docs/labs/a.zh.md", text)
    told = [str(problem) for problem in typography_problems(page)]
    assert len(told) == 1
    assert "should be" in told[0] and "说 100 步" in told[0]
