"""Run a page's code as one program, and keep what each section printed and drew."""

import ast
import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import traceback
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sections import Section

HERE = Path(__file__).parent
# Read when a snippet first imports matplotlib.
os.environ["MPLBACKEND"] = "module://checker.figures"
os.environ["MATPLOTLIBRC"] = str(HERE / "matplotlibrc")


@dataclass
class Outcome:
    """What one section did.

    Attributes:
        printed: all it printed.
        figures: the figures it showed, as SVG.
        error: what is wrong with the code itself, if anything is.
        made: files that it made, which may be gone when the program ends.
    """

    printed: str = ""
    figures: list[bytes] = field(default_factory=list)
    error: str = ""
    made: set[Path] = field(default_factory=set)


class _Watch:
    """What a program does outside itself, seen through Python's audit events.

    An audit hook cannot be removed (https://docs.python.org/3/library/sys.html), so one
    is installed once and looks only while a program runs.
    """

    def __init__(self) -> None:
        self.active = False
        self.written: set[Path] = set()
        self.network = ""
        sys.addaudithook(self.hook)

    def hook(self, event: str, args: tuple) -> None:
        if not self.active:
            return
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            mode, flags = args[1] or "", args[2] or 0
            if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
                self.written.add(Path(os.fsdecode(args[0])).absolute())
        elif event == "os.mkdir":
            self.written.add(Path(os.fsdecode(args[0])).absolute())
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            self.refuse(args[0])
        elif event in ("socket.connect", "socket.sendto") and isinstance(
            args[1], tuple
        ):
            self.refuse(args[1][0])

    def refuse(self, host: object) -> None:
        self.network = str(host)
        raise ConnectionRefusedError(f"lessons run without a network; asked for {host}")


_watch = _Watch()
_runs: dict[tuple, list[Outcome]] = {}


def run(root: Path, sections: tuple[Section, ...]) -> list[Outcome]:
    """Run sections in one namespace; the same sections run once and are remembered.

    Args:
        root: the folder that holds snippets/.
        sections: the code of one page, in order.

    Returns:
        An outcome for each section up to the first that failed.
    """
    key = (root, *((s.path, s.name, s.text) for s in sections))
    if key not in _runs:
        _runs[key] = run_again(root, sections)
    return _runs[key]


def run_again(root: Path, sections: tuple[Section, ...]) -> list[Outcome]:
    """Run sections as `run` does, without remembering."""
    outcomes: list[Outcome] = []
    with _alone(root, sections) as (namespace, folder):
        for section in sections:
            outcome = Outcome()
            outcomes.append(outcome)
            before = set(folder.rglob("*"))
            _watch.written.clear()
            _watch.network = ""
            _run_section(root, section, namespace, outcome)
            outcome.made = _watch.written | set(folder.rglob("*")) - before
            if outcome.error:
                return outcomes
        for section, outcome in zip(sections, outcomes, strict=True):
            left = [p for p in sorted(outcome.made) if p.exists() and not _cache(p)]
            if left and not outcome.error:
                outcome.error = (
                    f"the code of {section} leaves a file behind: {left[0].name}. Write it"
                    " in a tempfile.TemporaryDirectory(), or delete it in the same snippet"
                )
                for path in left:
                    if path.is_file():
                        path.unlink()
    return outcomes


def _cache(path: Path) -> bool:
    """Whether a path is what a library keeps for itself when it is first imported."""
    caches = ("__pycache__", ".cache", ".config", ".matplotlib", "torchinductor")
    return path.is_relative_to("/dev") or any(p.startswith(caches) for p in path.parts)


def _run_section(
    root: Path, section: Section, namespace: dict, outcome: Outcome
) -> None:
    printed = io.StringIO()
    file = root / "snippets" / section.path
    # Blank lines in front, so that a traceback names the line of the snippet.
    source = "\n" * (section.line - 1) + section.text
    _watch.active = True
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(source, str(file), "exec"), namespace)
    except (Exception, SystemExit) as error:
        outcome.error = _describe(root, section, error)
    finally:
        _watch.active = False
    outcome.printed = "".join(
        line.rstrip() + "\n" for line in printed.getvalue().splitlines()
    )
    if _watch.network:
        outcome.error = (
            f"the code of {section} needs the network (it asked for {_watch.network})."
            " Take data from a package, or make it"
        )
    if "matplotlib.pyplot" in sys.modules and not outcome.error:
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
        elif words:
            outcome.error = (
                f"the figure of {section} says {', '.join(words)}; figures carry symbols"
                " and numbers, so that one serves both languages"
            )


def _describe(root: Path, section: Section, error: BaseException) -> str:
    file = str(root / "snippets" / section.path)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    if isinstance(error, SyntaxError) and error.filename == file:
        lines.append(error.lineno)
    where = lines[-1] if lines else section.line
    code = Path(file).read_text(encoding="utf-8").splitlines()[where - 1].strip()
    return (
        f"the code of {section} raises {type(error).__name__}: {error}\n"
        f"  snippets/{section.path}:{where}: {code}\n"
        "  If the error is what the page shows, catch it in the snippet and print it."
    )


@contextlib.contextmanager
def _alone(root: Path, sections: tuple[Section, ...]) -> Iterator[tuple[dict, Path]]:
    """A fresh ``__main__``, empty working directory and unseeded generators.

    A program that forgot its seed must not look repeatable because of who ran before.
    """
    main = types.ModuleType("__main__")
    first = root / "snippets" / (sections[0].path if sections else "")
    saved = sys.modules["__main__"], sys.path[:], sys.argv, Path.cwd()
    modules = set(sys.modules)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _reset()
    with tempfile.TemporaryDirectory() as folder:
        try:
            os.chdir(folder)
            main.__file__ = str(first)
            sys.modules["__main__"] = main
            sys.path.insert(0, str(first.parent))
            sys.argv = [str(first)]
            yield main.__dict__, Path(folder)
        finally:
            sys.modules["__main__"], sys.path[:], sys.argv, cwd = saved
            os.chdir(cwd)
            sys.dont_write_bytecode = bytecode
            for name in set(sys.modules) - modules:
                origin = getattr(sys.modules[name], "__file__", None) or ""
                if origin.startswith(str(root / "snippets")):
                    del sys.modules[name]


def _reset() -> None:
    """Undo what a program before may have set in libraries, and forget all seeds."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
        numpy.set_printoptions(edgeitems=3, precision=8, suppress=False, linewidth=75)
    if torch := sys.modules.get("torch"):
        torch.seed()
        torch.set_default_dtype(torch.float32)
        torch.set_printoptions(profile="default")
        torch.set_grad_enabled(True)
    if matplotlib := sys.modules.get("matplotlib"):
        matplotlib.rc_file_defaults()


def unstable(
    root: Path, sections: tuple[Section, ...], first: list[Outcome], script: str
) -> str:
    """Run twice more, once as a script of its own, and say what differs, if anything.

    The script runs with another hash seed, so an output that depends on the order of a
    set is found too.

    Args:
        root: the folder that holds snippets/.
        sections: the code of one page, in order.
        first: what `run` gave for them.
        script: the snippet of the page, relative to snippets/.
    """
    changes = "prints or draws something else on every run; set its seed in the snippet"
    second = run_again(root, sections)
    for section, a, b in zip(sections, first, second, strict=False):
        if (a.printed, a.figures) != (b.printed, b.figures):
            return f"the code of {section} {changes}"
    printed, error = _run_script(root, script)
    if error:
        return f"python snippets/{script} does not run by itself: {error}"
    for section, outcome in zip(sections, first, strict=False):
        if section.path == script:
            if not printed.startswith(outcome.printed):
                return f"the code of {section} {changes}"
            printed = printed[len(outcome.printed) :]
    return ""


def _run_script(root: Path, path: str) -> tuple[str, str]:
    """What ``python snippets/path`` prints, and the last line of its error, if any."""
    environment = os.environ | {"MPLBACKEND": "agg", "PYTHONHASHSEED": "1"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    environment.pop("MATPLOTLIBRC")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(root / "snippets" / path)],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )
    printed = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
    return printed, done.stderr.strip().split("\n")[-1] if done.returncode else ""


def imported(root: Path, path: str) -> list[str]:
    """Snippets that a snippet imports, itself first, each once."""
    found = [path]
    for one in found:
        try:
            tree = ast.parse((root / "snippets" / one).read_text(encoding="utf-8"))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                file = (Path(path).parent / name.replace(".", "/")).with_suffix(".py")
                if (
                    root / "snippets" / file
                ).is_file() and file.as_posix() not in found:
                    found.append(file.as_posix())
    return found
