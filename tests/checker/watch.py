"""What a program does outside itself: files that it writes, the network that it asks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reading.sections import Section
from reading.weights import SUFFIX

# Where libraries keep what they make when they are first imported.
CACHES = ("__pycache__", ".cache", ".config", ".matplotlib", "torchinductor")
NETWORK = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
}
MAKES = {
    "os.mkdir": 0,
    "os.rename": 1,
    "os.symlink": 1,
    "os.link": 1,
    "sqlite3.connect": 0,
}


class Watch:
    """What a program does outside itself, seen through Python's audit events.

    Attributes:
        written: files that a section wrote, and whether each was there before.
        network: the address that it asked for, if it asked.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.active = False
        self.written: dict[Path, bool] = {}
        self.network = ""

    @contextmanager
    def section(self) -> Iterator[None]:
        """Watch one section; what others did before is forgotten."""
        self.written, self.network = {}, ""
        before = set(self.folder.rglob("*"))
        self.active = True
        try:
            yield
        finally:
            self.active = False
            made = set(self.folder.rglob("*")) - before
            self.written |= dict.fromkeys(made, False)

    def hook(self, event: str, args: tuple) -> None:
        """Note a file that is written, and refuse the network."""
        if not self.active:
            return
        if event == "open":
            mode, flags = args[1] or "", args[2] or 0
            if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
                self.note(args[0])
        elif event in MAKES:
            self.note(args[MAKES[event]])
        elif event in NETWORK:
            address = args[NETWORK[event]]
            if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
                if not isinstance(address, tuple):
                    return  # a socket of this machine
                address = address[0]
            self.network = str(address)
            raise ConnectionRefusedError(f"lessons run without a network: {address}")

    def note(self, file: object) -> None:
        """Remember a file, and whether it is there already."""
        # On Windows nul seems to lie in every folder.
        if isinstance(file, str | bytes | os.PathLike) and file != os.devnull:
            path = Path(os.fsdecode(file)).absolute()
            self.written.setdefault(path, path.exists())


def left_behind(
    section: Section, written: dict[Path, bool], wanted: set[Path] = frozenset()
) -> str:
    """Say which file a section leaves behind or changes, once all have run, if any."""
    for path in sorted(written):
        if not path.exists() or _is_cache(path) or path in wanted:
            continue
        if path.suffix == SUFFIX and path.with_suffix(".py").exists():
            return f"the code of {section} trains weights that are not recorded; make record"
        does = (
            "changes a file that was there" if written[path] else "leaves a file behind"
        )
        return (
            f"the code of {section} {does}: {path.name}. Write in a"
            " tempfile.TemporaryDirectory(), or delete it in the snippet"
        )
    return ""


def _is_cache(path: Path) -> bool:
    """Whether a path is what a library keeps for itself when it is first imported."""
    return path.is_relative_to("/dev") or any(p.startswith(CACHES) for p in path.parts)
