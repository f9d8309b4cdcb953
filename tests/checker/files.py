"""Files: which changed since the last commit, and how they are written."""

import os
import subprocess
from pathlib import Path


def changed_files(root: Path) -> set[str]:
    """Paths below the root that differ from HEAD or are new, relative to it.

    Raises:
        RuntimeError: this is no git checkout.
    """
    inside = _git(root, "rev-parse", "--show-prefix").strip()  # of a larger checkout
    status = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", ".")
    return {
        entry[3:].removeprefix(inside) for entry in status.split("\0") if len(entry) > 3
    }


def committed(root: Path, path: str) -> str:
    """Return the text of a file as it was committed last; nothing if it was not."""
    try:
        return _git(root, "show", f"HEAD:./{path}")
    except RuntimeError:
        return ""


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8"
        )
    except OSError as error:
        raise RuntimeError(f"--changed asks git what changed: {error}") from None
    if done.returncode:
        raise RuntimeError(
            f"--changed asks git what changed, and git says: {done.stderr.strip()}"
        )
    return done.stdout


def write_whole(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; no content deletes it. Return if it changed.

    Raises:
        OSError: it cannot be written, and is as it was; the error names it.
    """
    old = path.read_bytes() if path.is_file() else b""
    if old == content:
        return False
    if not content:
        path.unlink()
        return True
    # Where a program is killed it stays; with this name nothing takes it for a file of ours.
    beside = path.with_name(f".{path.name}.{os.getpid()}.half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:  # of a full disk it says no name, else that of the half
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:  # also when somebody interrupts
        beside.unlink(missing_ok=True)
    return True
