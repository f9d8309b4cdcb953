"""`mkdocs serve`: shows an edit soon, and runs labs while the site is being read.

This module stays loaded while MkDocs loads the hooks anew for each build.
"""

import mimetypes
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from publishing import labs

# How long MkDocs waits for more changes when it has seen one, in seconds.
WAIT = 0.02

_is_on = False
# MkDocs builds again when this file changes, which it does when a lab has been run.
_bell: Path | None = None
# By their places in the site, files that are made when they are asked for: MkDocs empties
# the folder of the site for each build, and writing them anew costs more than most edits.
_unwritten: dict[str, Callable[[], str]] = {}
_unwritten_next: dict[str, Callable[[], str]] = {}  # of the build that has not ended


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
    server.set_app(partial(_answer, server))
    with tempfile.NamedTemporaryFile(prefix="labs_", delete=False) as file:
        _bell = Path(file.name)
    server.watch(str(_bell))
    built(root)


def hold(place: str, make: Callable[[], str]) -> None:
    """Serve a file from here instead of writing it.

    Args:
        place: of the file, below the folder of the site.
        make: returns what the file holds.
    """
    _unwritten_next[place] = make


def _answer(server, environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Answer a request: with a file that is held here, or as MkDocs does."""
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
    make = _unwritten.get(path.removeprefix(server.mount_path))
    if make is None:
        return server.serve_request(environ, start_response)
    content = make().encode()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"  # as MkDocs says
    length = ("Content-Length", str(len(content)))
    start_response("200 OK", [("Content-Type", kind), length])
    return [content]


def built(root: Path) -> None:
    """Serve what this build holds, and run the labs that it went without."""
    global _unwritten, _unwritten_next
    _unwritten, _unwritten_next = _unwritten_next, {}
    if _bell:  # the first build is not yet watched
        labs.start(root, _ring)


def _ring() -> None:
    with _bell.open("a") as file:
        file.write("A lab has been run.\n")


def end() -> None:
    """Delete the file that is watched."""
    if _bell:
        _bell.unlink(missing_ok=True)
