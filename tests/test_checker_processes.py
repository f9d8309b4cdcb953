"""The processes in which the checker runs code: how they start, and that they end."""

import os
import signal
import subprocess
import sys
import time

import pytest

import project
from built import ROOT
from checker.watch import Watch

# What a lesson imports, as slow as a library on a busy computer.
SLOW = """\
import os
import time
from pathlib import Path

Path(__file__).with_name("started").write_text(str(os.getpid()))
time.sleep(120)
"""


def until(holds, seconds=120):
    """Wait until something holds; return whether it does."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return held


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no process to fork from")
@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_what_programs_are_forked_from_ends_with_the_check(tmp_path, end):
    project.write(tmp_path)
    lesson = tmp_path / "snippets/part/lesson.py"
    lesson.write_text(lesson.read_text("utf-8").replace("matplotlib.pyplot", "torch"))
    (tmp_path / "torch.py").write_text(SLOW)
    path = os.pathsep.join(map(str, (tmp_path, ROOT / "docs/_hooks", ROOT / "tests")))
    check = subprocess.Popen(
        # A shell lets what runs in the background ignore Ctrl-C.
        [sys.executable, "-c"]
        + [
            "import signal, pytest;"
            " signal.signal(signal.SIGINT, signal.default_int_handler);"
            " pytest.main(['-p', 'checker.plugin', '--record'])"
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    started = tmp_path / "started"
    begun = until(lambda: started.exists() and started.read_text())
    check.send_signal(getattr(signal, end))
    check.wait(30)
    assert begun
    pid = int(started.read_text())
    ended = until(lambda: not is_alive(pid), 10)
    if not ended:
        os.kill(pid, signal.SIGKILL)
    assert ended


def test_what_is_thrown_away_is_no_file_that_was_changed(tmp_path):
    watch = Watch(tmp_path)
    watch.note(os.devnull)
    assert watch.written == {}
