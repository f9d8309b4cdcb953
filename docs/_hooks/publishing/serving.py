"""`mkdocs serve`: shows an edit soon, and runs labs while the site is being read.

This module stays loaded while MkDocs loads the hooks anew for each build.
"""

import tempfile
from pathlib import Path

from publishing import labs

# How long MkDocs waits for more changes when it has seen one, in seconds.
WAIT = 0.02

_is_on = False
# MkDocs builds again when this file changes, which it does when a lab has been run.
_bell: Path | None = None


def begin() -> None:
    """Note that the site will be served."""
    global _is_on
    _is_on = True


def is_on() -> bool:
    """Return whether the site is built to be served from here."""
    return _is_on


def adapt(server, root: Path) -> None:
    """Have the server build soon after an edit, and run the labs that wait.

    Args:
        server: MkDocs' server, before it has started.
        root: the folder of the project.
    """
    global _bell
    server.build_delay = WAIT
    with tempfile.NamedTemporaryFile(prefix="labs_", delete=False) as file:
        _bell = Path(file.name)
    server.watch(str(_bell))
    built(root)


def built(root: Path) -> None:
    """Run the labs that the build went without; the first build is not yet watched."""
    if _bell:
        labs.start(root, _ring)


def _ring() -> None:
    with _bell.open("a") as file:
        file.write("A lab has been run.\n")


def end() -> None:
    """Delete the file that is watched."""
    if _bell:
        _bell.unlink(missing_ok=True)
