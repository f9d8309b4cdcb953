"""What a program does outside itself: files that it writes, the network that it asks."""

import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
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
CHANGES = {
    "os.remove": 0,
    "os.rmdir": 0,
    "os.rename": 0,
    "os.truncate": 0,
    "os.chmod": 0,
    "shutil.rmtree": 0,
}
# Functions that write a file, their second argument, without an audit event: compiled
# code opens it.
COMPILED = {
    "torch": ["save"],
    "safetensors.torch": ["save_file", "save_model"],
    "safetensors.numpy": ["save_file"],
}


class Watch:
    """What a program does outside itself, seen through Python's audit events.

    Attributes:
        written: files that a section wrote, changed or deleted, and whether each was
            there before the program ran.
        network: the address that it asked for, if it asked.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.active = False
        self.written: dict[Path, bool] = {}
        self.network = ""
        self._before = set(folder.rglob("*"))
        self._made: set[Path] = set()  # by the program, in any section

    @contextmanager
    def section(self) -> Iterator[None]:
        """Watch one section; what others did before is forgotten."""
        self.written, self.network = {}, ""
        self.active = True
        try:
            yield
        finally:
            self.active = False
            made = set(self.folder.rglob("*")) - self._before - self._made
            self.written |= dict.fromkeys(made, False)
            self._made |= made

    def hook(self, event: str, args: tuple) -> None:
        """Note a file that is written, and refuse the network."""
        if not self.active:
            return
        if event == "open":
            mode, flags = args[1] or "", args[2] or 0
            if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
                self.note(args[0])
        elif event == "os.mkdir" and Path(os.fsdecode(args[0])).is_dir():
            return  # it raises, or exist_ok is set
        elif event in ("os.remove", "os.rmdir") and args[1] != -1:
            return  # shutil.rmtree, which has its own event, names no folder
        elif event in MAKES or event in CHANGES:
            self.note(
                *(args[each[event]] for each in (CHANGES, MAKES) if event in each)
            )
        elif event in NETWORK:
            address = args[NETWORK[event]]
            if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
                if not isinstance(address, tuple):
                    return  # a socket of this machine
                address = address[0]
            self.network = str(address)
            raise ConnectionRefusedError(f"lessons run without a network: {address}")

    def note(self, *files: object) -> None:
        """Remember files, and whether each was there before the program."""
        for file in files:
            # On Windows nul seems to lie in every folder.
            if not isinstance(file, str | bytes | os.PathLike) or file == os.devnull:
                continue
            path = Path(os.path.abspath(os.fsdecode(file)))  # noqa: PTH100 (without ..)
            if path.is_relative_to(self.folder):
                there = path in self._before
            else:
                there = path.exists() and not {path, *path.parents} & self._made
            self.written.setdefault(path, there)
            if not there:
                self._made.add(path)


def announce(modules: Iterable[str]) -> None:
    """Let functions of compiled code say what they open, as Python's own do.

    Args:
        modules: those that the program imports.
    """
    for name, functions in COMPILED.items():
        if any(f"{module}.".startswith(f"{name}.") for module in modules):
            module = importlib.import_module(name)
            for function in functions:
                setattr(module, function, _announced(getattr(module, function)))


def _announced(write: Callable) -> Callable:
    @functools.wraps(write)
    def announced(what, file, *arguments, **named):
        sys.audit("open", file, "wb", 0)
        return write(what, file, *arguments, **named)

    return announced


def left_behind(
    section: Section, written: dict[Path, bool], folder: Path, wanted: set[Path]
) -> str:
    """Say which file a section leaves behind, changes or deletes, if any.

    Args:
        section: the section.
        written: what it wrote, as `Watch` says once all sections have run.
        folder: where the program runs; of a file elsewhere the whole path is told.
        wanted: files that it may leave.
    """
    for path, there in sorted(written.items()):
        if not (there or path.exists()) or _is_cache(path) or path in wanted:
            continue
        if path.suffix == SUFFIX and path.with_suffix(".py").exists():
            return f"the code of {section} trains weights that are not recorded; make record"
        does = "leaves a file behind"
        if there:
            does = f"{'changes' if path.exists() else 'deletes'} a file that was there"
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        return (
            f"the code of {section} {does}: {name}. Write in a"
            " tempfile.TemporaryDirectory(), or delete it in the snippet"
        )
    return ""


def _is_cache(path: Path) -> bool:
    """Whether a path is what a library keeps for itself when it is first imported."""
    return path.is_relative_to("/dev") or any(p.startswith(CACHES) for p in path.parts)
