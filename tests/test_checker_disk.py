"""A disk that is full, or cannot be written: what is told, and what is left."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from built import ROOT
from cache import Cache
from checker import run
from checker.files import write_whole
from good_project import EN, PY, SVG, TRANSLATIONS, TXT, ZH, Project
from reading.sections import Section

pytest_plugins = ["pytester", "good_project"]


@pytest.mark.parametrize("name", [SVG, TXT, TRANSLATIONS])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    good: Project, monkeypatch, name
):
    replace = Path.replace

    def full(file, target):
        if Path(target) == good.path(name):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(file, target)

    good.change(PY, "(3, 8)", "(3, 9)")
    good.change(EN, "- Second.", "- Second, and last.")
    good.change(ZH, "- 第二。", "- 第二，也是最后。")
    before = set(good.root.rglob("*.*")), good.path(name).read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    told = good.failures("--record")
    assert f"{name}:1: cannot be written: No space left on device" in told
    assert "def write_whole" not in told
    assert before == (set(good.root.rglob("*.*")), good.path(name).read_bytes())


def test_a_full_disk_in_which_code_would_run(tmp_path):
    class Pipe(list):
        send = list.append

    sent = Pipe()
    section = Section("line/solve.py", "solve", 1, "")
    run._play(ROOT, (section,), frozenset(), tmp_path / "gone" / "folder", sent)
    (outcome,) = sent
    assert outcome.error.startswith(f"the code cannot be run in {tmp_path / 'gone'}: ")


def test_a_file_that_is_left_when_somebody_kills_the_recorder(tmp_path, monkeypatch):
    """Its name begins with a dot, as all that is no file of ours, and git ignores it."""
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    monkeypatch.setattr(Path, "replace", lambda *_: None)
    write_whole(tmp_path / "lesson.txt", b"half")
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".")
    ignored = ["git", "check-ignore", "--no-index", "-q", f"snippets/line/{left.name}"]
    assert subprocess.run(ignored, cwd=ROOT).returncode == 0


def test_an_interrupted_build_leaves_no_half_of_a_result(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        Cache(tmp_path).put("page", "a", "result")
    assert list((tmp_path / ".cache/site").iterdir()) == []
