"""Make, where the checkout has moved or its Python is gone."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from built import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="no make")

# A Python that writes down what it is called with, and makes itself a .venv.
PYTHON = """\
#!/bin/sh
echo "$0 $*" >> "{log}"
case "$*" in *venv*)
  mkdir -p .venv/bin
  rm -f .venv/bin/python
  cp "{python}" .venv/bin/python
esac
"""


class Checkout:
    """A checkout with a .venv that was set up by make."""

    def __init__(self, folder: Path):
        self.folder = folder / "code first"
        self.folder.mkdir()
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.folder)
        self.log, self.python = folder / "log", folder / "python"
        self.python.write_text(PYTHON.format(log=self.log, python=self.python))
        self.python.chmod(0o755)
        self.make("build")

    def make(self, *arguments):
        """Call make; return what it says, and what Python was called with."""
        self.log.write_text("")
        done = subprocess.run(
            ["make", *arguments, f"PYTHON={self.python}"],
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        calls = self.log.read_text().replace(str(self.python), "python3").splitlines()
        return done.stdout, [call for call in calls if " -c" not in call]


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_make_installs_once(checkout):
    assert len(checkout.make("build")[1]) == 1
    os.utime(checkout.folder / "constraints.txt")
    said, calls = checkout.make("build")
    assert "moved" not in said
    assert calls == [
        "python3 -m venv .venv",
        ".venv/bin/python -m pip install --constraint constraints.txt .[site,test]",
        ".venv/bin/python -m mkdocs build --strict",
    ]


@pytest.mark.parametrize(
    "target", ["serve", "test", "check", "record", "build", "bench"]
)
def test_a_checkout_that_has_moved_works_and_says_what_does_not(checkout, target):
    before = checkout.folder
    checkout.folder = before.rename(before.with_name("elsewhere"))
    said, calls = checkout.make(target)
    assert f"moved here from {before}. " in said
    assert len(calls) == 1
    assert re.match(r"\.venv/bin/python (-m |tests/)", calls[0])


def test_a_copy_says_nothing_while_the_first_checkout_is_there(checkout):
    checkout.folder = shutil.copytree(checkout.folder, checkout.folder.parent / "copy")
    said, calls = checkout.make("build")
    assert "moved" not in said
    assert len(calls) == 1


def test_a_python_that_is_gone_is_set_up_again(checkout):
    python = checkout.folder / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/no/such/python")
    calls = checkout.make("build")[1]
    assert calls[0] == "python3 -m venv --clear .venv"
    assert calls[-1] == ".venv/bin/python -m mkdocs build --strict"
