"""Which files changed since the last commit, as git tells it."""

import subprocess
from pathlib import Path


def changed_files(root: Path) -> set[str]:
    """Paths below the root that differ from HEAD or are new, relative to it.

    Raises:
        RuntimeError: this is no git checkout.
    """
    done = subprocess.run(
        ["git", "status", "--porcelain", "-z", "--untracked-files=all", "."],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(
            f"--changed asks git what changed, and git says: {done.stderr.strip()}"
        )
    return {entry[3:] for entry in done.stdout.split("\0") if len(entry) > 3}
