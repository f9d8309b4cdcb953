"""What is kept on disk is never believed blindly, and never fatal."""

import os
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path

import pytest

import cache
from built import ROOT
from cache import Cache, our_code, sum_of, sum_of_file, versions
from reading.files import files_below

HOOKS = ROOT / "docs/_hooks"


@pytest.fixture
def kept(tmp_path):
    """A cache that holds one result, and the file in which it is."""
    kept = Cache(tmp_path)
    kept.put("page", "a", ["result"])
    (file,) = kept.folder.iterdir()
    return kept, file


def test_a_result_is_found_under_its_kind_and_sum(kept, tmp_path):
    assert Cache(tmp_path).get("page", "a") == ["result"]
    assert kept[0].get("page", "b") is None
    assert kept[0].get("html", "a") is None


@pytest.mark.parametrize("size", [0, 1, 31, 32, 40])
def test_a_file_that_is_cut_short_is_no_result(kept, size):
    file = kept[1]
    file.write_bytes(file.read_bytes()[:size])
    assert kept[0].get("page", "a") is None


def test_a_changed_byte_is_no_result(kept):
    content = bytearray(kept[1].read_bytes())
    content[-2] ^= 1
    kept[1].write_bytes(content)
    assert kept[0].get("page", "a") is None


def test_what_cannot_be_read_is_no_result(kept, caplog):
    kept[1].unlink()
    kept[1].mkdir()
    assert kept[0].get("page", "a") is None
    assert len(caplog.records) == 1


def test_what_cannot_be_written_is_not_kept_and_told_once(tmp_path, caplog):
    (tmp_path / ".cache").write_text("a file where a folder should be")
    kept = Cache(tmp_path)
    for number in range(3):
        kept.put("page", str(number), "result")
        assert kept.get("page", str(number)) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    # A strict build ends at every warning from below this name.
    assert not caplog.records[0].name.startswith("mkdocs")


def test_a_full_disk_leaves_no_half_of_a_result(tmp_path):
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    code = f"""
import sys
sys.path.insert(0, {str(HOOKS)!r})
from pathlib import Path
from cache import Cache
Cache(Path({str(tmp_path)!r})).put("page", "a", "long " * 1000)
print(Cache(Path({str(tmp_path)!r})).get("page", "a"))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert (done.returncode, done.stdout) == (0, "None\n")
    assert done.stderr.startswith("Nothing is kept in ")
    assert len(done.stderr.splitlines()) == 1
    assert list((tmp_path / ".cache/site").iterdir()) == []


def test_writers_at_the_same_time_leave_a_whole_result(tmp_path):
    def write(text):
        for _ in range(50):
            Cache(tmp_path).put("page", "a", text * 10_000)
            assert Cache(tmp_path).get("page", "a") in ("x" * 10_000, "y" * 10_000)

    failed = []
    threads = [
        threading.Thread(target=lambda text=text: failed.append(write(text)))
        for text in "xy"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [None, None]
    assert len(list((tmp_path / ".cache/site").iterdir())) == 1


def test_what_nobody_uses_is_deleted_after_a_while(kept):
    cached, file = kept
    cached.put("page", "half", "x")
    old = time.time() - cache.LONGEST_UNUSED - cache.DAY
    for each in cached.folder.iterdir():
        os.utime(each, (old, old))
    assert cached.get("page", "a") == ["result"]  # used just now
    cached.clean()
    assert list(cached.folder.iterdir()) == [file]


def test_memory_forgets_what_a_build_did_not_use(tmp_path):
    kept = Cache(tmp_path)
    kept.remember()
    for name in "ab":
        kept.put("page", name, name)
    kept.clean()
    for file in kept.folder.iterdir():
        file.unlink()
    assert kept.get("page", "a") == "a"
    kept.clean()
    assert (kept.get("page", "a"), kept.get("page", "b")) == ("a", None)


def test_order_and_borders_of_parts_count():
    sums = {sum_of("ab", "c"), sum_of("a", "bc"), sum_of("c", "ab"), sum_of("abc")}
    sums |= {sum_of("ab", None), sum_of("ab", ""), sum_of("ab", "-")}
    assert len(sums) == 7
    assert sum_of("ab", b"c") == sum_of("ab", "c")


def test_the_sum_of_a_file_follows_its_content(tmp_path):
    file = tmp_path / "file"
    assert sum_of_file(file) is None
    assert sum_of_file(tmp_path) is None  # a folder, to which a link may lead
    file.write_text("one")
    first = sum_of_file(file)
    file.write_text("other")
    assert sum_of_file(file) not in (None, first)


def test_packages_and_our_code_count(tmp_path, monkeypatch):
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    sums = set()
    for version in ("1.0", "1.1"):
        versions.cache_clear()
        (tmp_path / f"torch-{version}.dist-info").mkdir()
        sums.add(versions())
    versions.cache_clear()
    assert len(sums) == 2
    assert our_code("reading") != our_code("publishing") != our_code("cache")


def test_there_is_no_code_that_no_sum_counts():
    files = [file.relative_to(HOOKS) for file in files_below(HOOKS, "*.py")]
    parts = {file.parts[0] for file in files}
    assert parts == {"cache.py", "hooks.py", "reading", "publishing"}
    assert not [file for file in files if len(file.parts) > 2]


def test_paths_are_those_of_the_project():
    assert Cache(Path("project")).folder == Path("project/.cache/site")
