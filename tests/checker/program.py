"""The process in which the code of one page runs."""

import io
import os
import random
import sys
import traceback
import types
from multiprocessing.connection import Connection
from pathlib import Path

from reading.imports import imported
from reading.sections import Section

from checker.run import LARGEST_FIGURE, LONGEST_OUTPUT, Outcome

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
    """What a program does outside itself, seen through Python's audit events."""

    def __init__(self) -> None:
        self.active = False
        self.written: dict[Path, bool] = {}  # and whether it was there before
        self.network = ""

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
        if isinstance(file, str | bytes | os.PathLike):
            path = Path(os.fsdecode(file)).absolute()
            self.written.setdefault(path, path.exists())


def play(
    root: Path, sections: tuple[Section, ...], folder: str, pipe: Connection
) -> None:
    """Run sections in one namespace, and send an outcome for each.

    The last thing sent is a list of what is wrong once all have run: pairs of the place
    of a section and its error.

    Args:
        root: the folder that holds snippets/.
        sections: the code of one page, in order.
        folder: an empty folder, in which the program runs.
        pipe: where the outcomes go.
    """
    paths = [section.path for section in sections]
    modules = {module for path in paths for module in imported(root, path)[1:]}
    script = next((path for path in paths if path not in modules), paths[0])
    file = root / "snippets" / script
    main = types.ModuleType("__main__")
    main.__file__ = str(file)
    sys.modules["__main__"] = main
    sys.path.insert(0, str(file.parent))
    sys.argv = [str(file)]
    sys.dont_write_bytecode = True
    os.chdir(folder)
    forget_seeds()
    watch = Watch()
    sys.addaudithook(watch.hook)
    stdout = sys.stdout = io.StringIO()
    made: list[dict[Path, bool]] = []
    for section in sections:
        if section.path in modules:  # importing it runs it, whole
            made.append({})
            pipe.send(Outcome())
            continue
        watch.written, watch.network = {}, ""
        before = set(Path(folder).rglob("*"))
        error = run_section(root, section, main.__dict__, watch)
        made.append(
            watch.written | dict.fromkeys(set(Path(folder).rglob("*")) - before)
        )
        outcome = Outcome(raw=stdout.getvalue(), error=error)
        stdout.seek(0)
        stdout.truncate()
        if not error:
            judge(section, outcome, watch)
        pipe.send(outcome)
        if outcome.error:
            return
    errors = []
    for place, (section, files) in enumerate(zip(sections, made, strict=True)):
        for path in sorted(files):
            if not path.exists() or cache(path):
                continue
            if files[path]:
                error = (
                    f"the code of {section} changes a file that was there: {path.name}"
                )
            else:
                error = f"the code of {section} leaves a file behind: {path.name}"
            advice = (
                "Write in a tempfile.TemporaryDirectory(), or delete it in the snippet"
            )
            errors.append((place, f"{error}. {advice}"))
            break
    pipe.send(errors)


def forget_seeds() -> None:
    """Seed every generator anew: a program that forgot its seed must not look repeatable."""
    random.seed()
    for name in ("numpy.random", "torch"):
        if module := sys.modules.get(name):
            module.seed()


def run_section(root: Path, section: Section, namespace: dict, watch: Watch) -> str:
    """Execute one section; return what it raised, described, or nothing."""
    file = str(root / "snippets" / section.path)
    # Blank lines in front, so that a traceback names the line of the snippet.
    source = "\n" * (section.line - 1) + section.text
    watch.active = True
    try:
        exec(compile(source, file, "exec"), namespace)
    except BaseException as error:
        watch.active = False
        return describe(file, section, error)
    finally:
        watch.active = False
    return ""


def describe(file: str, section: Section, error: BaseException) -> str:
    """Say what was raised, on which line of the snippet, and what to do."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    if isinstance(error, SyntaxError) and error.filename == file:
        lines.append(error.lineno)
    where = lines[-1] if lines else section.line
    code = Path(file).read_text(encoding="utf-8").split("\n")[where - 1].strip()
    told = (
        f"the code of {section} raises {type(error).__name__}: {error}\n"
        f"  snippets/{section.path}:{where}: {code}"
    )
    if isinstance(error, SyntaxError):
        return told
    return (
        f"{told}\n"
        "  If the error is what the page shows, catch it in the snippet and print it."
    )


def judge(section: Section, outcome: Outcome, watch: Watch) -> None:
    """Find what is wrong with a section that ran to its end; take its figures."""
    if watch.network:
        outcome.error = (
            f"the code of {section} needs the network (it asked for {watch.network})."
            " Take data from a package, or make it"
        )
    elif len(outcome.raw) > LONGEST_OUTPUT:
        outcome.error = (
            f"the code of {section} prints {len(outcome.raw):,} characters, more than"
            f" {LONGEST_OUTPUT:,}; print less"
        )
    elif "matplotlib.pyplot" in sys.modules:
        from checker import figures

        shown, left = figures.take()
        outcome.figures = [svg for svg, _ in shown]
        words = [word for _, found in shown for word in found]
        if left:
            outcome.error = (
                f"the code of {section} draws and never shows it; end it in plt.show()"
            )
        elif len(shown) > 1:
            outcome.error = (
                f"the code of {section} shows {len(shown)} figures; one a section"
            )
        elif shown and len(shown[0][0]) > LARGEST_FIGURE:
            outcome.error = (
                f"the figure of {section} takes {len(shown[0][0]):,} bytes, more than"
                f" {LARGEST_FIGURE:,}; draw fewer points, or use rasterized=True"
            )
        elif words:
            outcome.error = (
                f"the figure of {section} says {', '.join(words)}; figures carry symbols"
                " and numbers, so that one serves both languages"
            )


def cache(path: Path) -> bool:
    """Whether a path is what a library keeps for itself when it is first imported."""
    return path.is_relative_to("/dev") or any(p.startswith(CACHES) for p in path.parts)
