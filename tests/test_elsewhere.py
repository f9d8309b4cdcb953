"""Other computers, as far as Linux can be one: their folders, encodings and line ends.

What Windows alone has, such as its paths with a drive, its `py` and its shell, nothing
here can try.
"""

import ast
import os
import shutil
import subprocess
import sys

import pytest

import project as good_project
from built import ROOT, build
from kept_project import project_of_every_kind
from reading.imports import names_in
from reading.model import GUIDE
from test_kept import assert_same

ADDRESS = "http://127.0.0.1/"
# No UTF-8 in a file unless one says so, as on a Windows in English or Chinese.
OLD_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


# Of git and of ruff, which have lists of their own.
def test_stray_files_are_ignored(usual, tmp_path):
    project = shutil.copytree(usual / "project", tmp_path / "project")
    shutil.copy(ROOT / ".gitignore", project)
    ruff = [sys.executable, "-m", "ruff", "check", "--quiet", "."]
    for command in (["git", "init"], ["git", "add", "."]):
        subprocess.run(command, cwd=project, check=True, capture_output=True)
    good_project.litter(project)
    status = ["git", "status", "--porcelain", "-uall"]
    found = subprocess.run(status, cwd=project, capture_output=True, text=True).stdout
    assert [line for line in found.splitlines() if line.startswith("??")] == []
    shutil.rmtree(project / ".git")  # an archive has none
    assert subprocess.run(ruff, cwd=project).returncode == 0


RECORDED = [
    "snippets/part/lesson.txt",
    "docs/assets/figures/part/lesson-draw.svg",
    "docs/_translations.json",
]


def with_crlf(project):
    for folder in ("docs", "snippets"):
        for file in (project / folder).rglob("*"):
            if file.suffix in (".md", ".py", ".txt", ".html", ".css", ".js"):
                file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """A small project and its site, as they are on any Linux."""
    folder = tmp_path_factory.mktemp("usual")
    project = project_of_every_kind(folder / "project")
    done = build(project, folder / "site", ADDRESS)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(project / ".cache")
    return folder


@pytest.mark.parametrize(
    "kind", ["folder", "start", "locale", "line ends", "stray files"]
)
def test_the_site_is_the_same_bytes(usual, kind, tmp_path, monkeypatch):
    name = "my site 代码" if kind == "folder" else "project"
    project = shutil.copytree(usual / "project", tmp_path / name)
    if kind == "locale":
        for variable, value in OLD_LOCALE.items():
            monkeypatch.setenv(variable, value)
        monkeypatch.setenv("PYTHONWARNDEFAULTENCODING", "1")
        monkeypatch.setenv("PYTHONWARNINGS", "always::EncodingWarning")
    if kind == "line ends":
        with_crlf(project)
    if kind == "stray files":
        good_project.litter(project)
    options, cwd = [], None
    if kind == "start":  # from another folder, with a path relative to it
        options, cwd = ["-f", "project/mkdocs.yml"], tmp_path
    done = build(project, tmp_path / "site", ADDRESS, *options, cwd=cwd)
    assert done.returncode == 0, done.stderr
    # A file of ours that is opened without its encoding is named with file and line.
    assert [line for line in done.stderr.splitlines() if str(project) in line] == []
    if kind == "line ends":  # what is copied as it is, is copied with its line ends
        for file in (tmp_path / "site").rglob("*.*s"):
            if b"\r" in (content := file.read_bytes()):
                file.write_bytes(content.replace(b"\r\n", b"\n"))
    assert_same(usual / "site", tmp_path / "site")


@pytest.mark.parametrize("cut", [b"", b"<svg xmlns=", b"\x89PNG\r\n", None])
def test_a_figure_that_is_cut_short_or_gone_is_named(usual, tmp_path, cut):
    project = shutil.copytree(usual / "project", tmp_path / "project")
    name = "docs/assets/figures/line/lesson-first.svg"
    (project / name).unlink()
    if cut is not None:
        (project / name).write_bytes(cut)
    done = build(project, tmp_path / "site", ADDRESS)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    told = (
        "lesson-first.svg" if cut is None else f"{name}:1: no figure, or not all of it"
    )
    assert told in done.stderr


def test_what_libraries_keep_elsewhere_may_be_spoilt(usual, tmp_path, monkeypatch):
    """In the folder for temporary files, for example by a full disk."""
    project = shutil.copytree(usual / "project", tmp_path / "project")
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    for _ in range(2):
        done = build(project, tmp_path / "site", ADDRESS)
        assert done.returncode == 0, done.stderr
        assert_same(usual / "site", tmp_path / "site")
        shutil.rmtree(project / ".cache")
        for file in elsewhere.rglob("*"):
            if file.is_file():
                file.write_bytes(file.read_bytes()[:20])


def test_output_that_an_old_encoding_cannot_write_needs_one_variable():
    """Redirected, as on Windows; the guide names the error and the variable."""
    script = [sys.executable, ROOT / "snippets/language-model/tokens.py"]
    for utf8, returned in (("0", 1), ("1", 0)):
        variables = OLD_LOCALE | {"PYTHONUTF8": utf8, "MPLBACKEND": "agg"}
        done = subprocess.run(script, env=os.environ | variables, capture_output=True)
        assert done.returncode == returned, done.stderr
        assert (b"UnicodeEncodeError" in done.stderr) == bool(returned)
    guide = (ROOT / "docs" / GUIDE).read_text("utf-8")
    assert "| `UnicodeEncodeError` |" in guide and "PYTHONUTF8 = 1" in guide


def test_an_include_that_shows_nothing_ends_the_build(usual, tmp_path):
    project = shutil.copytree(usual / "project", tmp_path / "project")
    config = (project / "mkdocs.yml").read_text("utf-8")
    mistaken = config.replace("base_path: [snippets]", "base_path: [snippet]")
    for text, told in ((mistaken, True), (config, False)):  # nor is it kept
        (project / "mkdocs.yml").write_text(text, "utf-8")
        done = build(project, tmp_path / "site", ADDRESS)
        assert bool(done.returncode) == told, done.stderr
        for name in ("lesson.md", "lesson.zh.md"):
            line = (
                f"docs/line/{name}:6: includes that show nothing: 2 of 2; in mkdocs.yml"
            )
            assert (line in done.stderr) == told


def test_a_site_without_an_address_is_refused(usual, tmp_path):
    done = build(usual / "project", tmp_path / "site", "")
    assert done.returncode == 1 and not (tmp_path / "site").exists()
    assert "SITE_URL is empty: set it to the address" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def check(root, *arguments, cwd=None, **variables):
    """Run the checker in a process of its own."""
    path = os.pathsep.join([str(ROOT / "docs/_hooks"), str(ROOT / "tests"), str(root)])
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "checker.plugin", *arguments],
        cwd=cwd or root,
        env=os.environ | {"PYTHONPATH": path} | variables,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


# As on Windows, where a process can only be started from nothing.
SPAWN = """\
from multiprocessing import context

del context._concrete_contexts["fork"], context._concrete_contexts["forkserver"]
"""
# What Python has on Linux and macOS alone.
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}


@pytest.fixture(scope="module")
def recorded_here(tmp_path_factory):
    """The good project, as the recorder leaves it on any Linux."""
    root = tmp_path_factory.mktemp("good") / "project"
    good_project.write(root)
    done = check(root, "--record")
    assert done.returncode == 0, done.stdout
    return root


@pytest.mark.parametrize(
    "kind", ["folder", "start", "locale", "line ends", "no forkserver", "stray files"]
)
def test_the_checker_records_and_passes(recorded_here, kind, tmp_path):
    root = tmp_path / ("my site 代码" if kind == "folder" else "project")
    good_project.write(root)
    if kind == "line ends":
        with_crlf(root)
    options, cwd = [], None
    if kind == "start":  # from another folder, with a path relative to it
        options, cwd = ["project/docs"], tmp_path
    if kind == "stray files":
        good_project.litter(root)
    if kind == "no forkserver":
        (root / "spawning.py").write_text(SPAWN, "utf-8")
        options = ["-p", "spawning"]
    variables = OLD_LOCALE if kind == "locale" else {}
    for arguments in (["--record"], []):
        done = check(root, *options, *arguments, cwd=cwd, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
    for name in RECORDED:
        expected, got = (folder / name for folder in (recorded_here, root))
        assert got.read_bytes() == expected.read_bytes(), name


def test_nothing_is_imported_that_windows_lacks():
    """At the top of a file; a test that needs more says so, and is left out there."""
    found = {}
    for folder in ("docs/_hooks", "snippets", "tests"):
        for file in (ROOT / folder).rglob("*.py"):
            tops = [
                ast.unparse(node)
                for node in ast.parse(file.read_bytes()).body
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]
            if lacks := POSIX & set(names_in("\n".join(tops))):
                found[file.relative_to(ROOT).as_posix()] = lacks
    assert found == {}
