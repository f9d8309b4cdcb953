"""A build does only what changed, and gives the same bytes as one that does everything."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from built import ARCHIVED, ROOT, build
from kept_project import project_of_every_kind
from reading.files import stray_names

ADDRESS = "http://127.0.0.1/"
EVERYTHING = {"*"}
EN, ZH = "docs/line/lesson.md", "docs/line/lesson.zh.md"
BOTH = {EN, ZH}
MISTAKES = {"docs/mistakes.md", "docs/mistakes.zh.md"}
GLOSSARY = {"docs/about/glossary.md", "docs/about/glossary.zh.md"}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The small project, built once."""
    project = project_of_every_kind(tmp_path_factory.mktemp("first") / "project")
    done = build(project, project.parent / "site", ADDRESS)
    assert done.returncode == 0, done.stderr
    assert made(done) == EVERYTHING
    return project


@pytest.fixture
def project(first, tmp_path):
    """A copy of it, with all that was kept."""
    return shutil.copytree(first, tmp_path / "project")


def made(done) -> set[str]:
    """The pages that a build says it made anew."""
    number, everything, names = re.search(
        r"Made (\d+) of (\d+) pages anew(?:: (.*))?", done.stderr
    ).groups()
    if number == everything:
        return EVERYTHING
    return set(names.split(", ")) if names else set()


def content(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder; the day of the build stands in none."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def assert_same(one: Path, other: Path) -> None:
    ours, theirs = content(one), content(other)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def change(project, name, old, new):
    text = (project / name).read_text("utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), "utf-8")


CHANGES = {
    "nothing": ([], set()),
    "both languages": ([(EN, "A weight", "One weight"), (ZH, "是数", "是个数")], BOTH),
    "the English": ([(EN, "A weight", "One weight")], {EN}),
    "the Chinese": ([(ZH, "是数", "是一个数")], {ZH}),
    "a term in the English": ([(EN, "A weight", "A number")], BOTH),
    "what one sees in a box": (
        [(EN, "nan. **Why", "inf. **Why"), (ZH, "nan。", "inf。")],
        BOTH | MISTAKES,
    ),
    "the title of a box": ([(EN, "it: once", "it: twice")], {EN, "docs/mistakes.md"}),
    "a title": ([("docs/line/other.md", "# Other", "# Else")], {"docs/line/other.md"}),
    "front matter": ([(EN, "# Lesson", "---\ndescription: x\n---\n\n# Lesson")], {EN}),
    "a section that is shown": (
        [("snippets/line/lesson.py", "print(number)", "print(number)  # one")],
        BOTH,
    ),
    "an output": ([("snippets/line/lesson.txt", "\n4\n", "\n5\n")], BOTH),
    "a figure": (
        [("docs/assets/figures/line/lesson-first.svg", "72pt", "90pt")],
        BOTH,
    ),
    "a module that a notebook writes": (
        [("snippets/line/helper.py", "= 4", "= 2 + 2")],
        BOTH,
    ),
    "a module's comment, which a notebook holds": (
        [("snippets/line/helper.py", "= 4", "= 4  # four")],
        BOTH,
    ),
    "a meaning in the glossary": (
        [("docs/about/glossary.md", "How wrong", "How bad")],
        {"docs/about/glossary.md"},
    ),
    "a name in the glossary": (
        [(name, "权重 |", "重量 |") for name in sorted(GLOSSARY)],
        EVERYTHING,
    ),
    "the title of a part": ([("mkdocs.yml", "{Part: [", "{Piece: [")], set()),
    "a comment in mkdocs.yml": ([("mkdocs.yml", "nav:", "# none\nnav:")], set()),
    "an extension": (
        [("mkdocs.yml", "  - tables:", "  - sane_lists\n  - tables:")],
        EVERYTHING,
    ),
    "a template": (
        [("docs/_theme/partials/copyright.html", "</div>", "<b>x</b></div>")],
        set(),
    ),
    "our code": (
        [("docs/_hooks/publishing/html.py", '"Output"', '"Result"')],
        EVERYTHING,
    ),
    "a script": ([("docs/assets/javascripts/site.js", "\n", "\n// x\n")], set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_depends_on_a_change_is_made_anew_and_nothing_else(
    project, tmp_path, name
):
    changes, expected = CHANGES[name]
    for file, old, new in changes:
        change(project, file, old, new)
    some = build(project, tmp_path / "some", ADDRESS)
    assert some.returncode == 0, some.stderr
    assert made(some) == expected
    shutil.rmtree(project / ".cache")
    every = build(project, tmp_path / "every", ADDRESS)
    assert made(every) == EVERYTHING
    assert_same(tmp_path / "some", tmp_path / "every")


def test_a_build_imports_nothing_that_it_does_not_need(project):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "mkdocs", "build", "-q"],
        cwd=project,
        env=os.environ | {"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.M))
    assert "publishing.pages" in imported
    needless = {"IPython", "PIL.Image", "latex2mathml", "markdown_it", "matplotlib"}
    needless |= {"jupyter_client", "nbclient", "nbformat", "numpy", "torch"}
    assert imported & needless == set()


def test_another_address_changes_every_page(project, tmp_path):
    done = build(project, tmp_path / "site", "http://127.0.0.1/elsewhere/")
    assert made(done) == EVERYTHING
    text = (tmp_path / "site/line/lesson/code-first-line-lesson.ipynb").read_text(
        "utf-8"
    )
    assert "http://127.0.0.1/elsewhere/line/lesson/" in text


def test_a_page_that_a_kept_one_leads_to_is_missed(project, tmp_path):
    for name in ("other.md", "other.zh.md"):
        (project / "docs/line" / name).unlink()
    change(project, "mkdocs.yml", "line/other.md, ", "")
    for _ in range(2):  # a page with a mistake is not kept, so it is told again
        done = build(project, tmp_path / "site", ADDRESS)
        assert done.returncode != 0
        assert "contains a link 'other.md'" in done.stderr


def test_a_heading_that_a_kept_page_leads_to_is_missed(project, tmp_path):
    change(project, EN, "other.md", "other.md#other")
    assert build(project, tmp_path / "site", ADDRESS).returncode == 0
    change(project, "docs/line/other.md", "{#other}", "{#else}")
    done = build(project, tmp_path / "site", ADDRESS)
    assert done.returncode != 0
    assert "does not contain an anchor '#other'" in done.stderr


def test_what_cannot_be_kept_is_no_warning_of_the_build(project, tmp_path):
    shutil.rmtree(project / ".cache")
    (project / ".cache").write_text("no folder")
    done = build(project, tmp_path / "site", ADDRESS)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Nothing is kept in ") == 1


def test_spoilt_results_are_made_anew(project, tmp_path):
    before = build(project, tmp_path / "before", ADDRESS)
    assert made(before) == set()
    for number, file in enumerate(sorted((project / ".cache/site").iterdir())):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2] if number % 2 else b"")
    done = build(project, tmp_path / "after", ADDRESS)
    assert done.returncode == 0, done.stderr
    assert made(done) == EVERYTHING
    assert_same(tmp_path / "before", tmp_path / "after")


def test_two_builds_at_once_share_a_cache(project, tmp_path):
    shutil.rmtree(project / ".cache")
    builds = [
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", folder],
            cwd=project,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        )
        for folder in (tmp_path / "one", tmp_path / "two")
    ]
    assert [each.wait() for each in builds] == [0, 0]
    assert_same(tmp_path / "one", tmp_path / "two")
    assert made(build(project, tmp_path / "three", "http://127.0.0.1:8000/")) == set()


def test_the_site_is_the_same_from_an_empty_and_from_a_full_cache(site, tmp_path):
    """Of the real site every byte; labs, which take a minute, run once."""
    full = build(ROOT, tmp_path / "full", site.address)
    assert full.returncode == 0, full.stderr
    assert made(full) == set()
    project = tmp_path / "project"
    kept = shutil.ignore_patterns("page-*", "html-*", "model-*")
    for name in ("docs", "snippets", ".cache"):
        shutil.copytree(
            ROOT / name,
            project / name,
            ignore=lambda *names: stray_names(*names) | kept(*names),
        )
    for name in ("mkdocs.yml", *ARCHIVED):
        shutil.copy(ROOT / name, project)
    empty = build(project, tmp_path / "empty", site.address)
    assert empty.returncode == 0, empty.stderr
    assert made(empty) == EVERYTHING
    assert "Running" not in empty.stderr
    assert_same(tmp_path / "full", tmp_path / "empty")
    assert_same(site.folder, tmp_path / "empty")
