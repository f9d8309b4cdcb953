"""Run a page's code as one program, and keep what each section printed and drew.

A program runs in a process of its own, so that it can neither leave anything set for the
next one nor end the check. The processes are forked from one that has imported what is
slow to import: see multiprocessing's `forkserver
<https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods>`_.
"""

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from checker.outcome import Outcome
from publishing.environment import environment
from reading.imports import HOUSE_STYLE, imported, names_in
from reading.sections import Section
from reading.weights import SUFFIX, recorded_weights

TIME_LIMIT = 300  # seconds of one section
TRAINING_LIMIT = 1800  # the same, of one that may train what is recorded

# Read when a snippet first imports matplotlib.
os.environ["MPLBACKEND"] = "module://checker.figures"
os.environ["MATPLOTLIBRC"] = str(HOUSE_STYLE)
# The examples are small: a second thread waits more than it works, and for minutes if
# another program keeps the processor busy.
os.environ.setdefault("OMP_NUM_THREADS", "1")

try:
    _processes = multiprocessing.get_context("forkserver")
except ValueError:  # on Windows; there each program starts from nothing
    _processes = multiprocessing.get_context("spawn")
# What ends that process with the check, and what every program needs: Python has each of
# them read the script that it was started with itself, which imports pytest.
_ALWAYS = ["checker.orphan", "checker.run", "checker.program", "pytest"]
# What is worth importing once, by the package that snippets import. torch.optim imports
# torch._dynamo at its first step, which takes a second.
_SLOW = {
    "matplotlib": ["matplotlib.pyplot", "checker.figures"],
    "torch": ["torch", "torch._dynamo"],
}

_runs: dict[tuple, list[Outcome]] = {}


def warm_up(root: Path, snippets: Iterable[str]) -> None:
    """Start the process that programs are forked from, if there is one.

    It imports what they will.

    Args:
        root: the folder that holds snippets/.
        snippets: those that will run, relative to snippets/.
    """
    if _processes.get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver

    files = {file for path in snippets for file in imported(root, path)}
    sources = [(root / "snippets" / file).read_bytes() for file in sorted(files)]
    packages = {name.partition(".")[0] for code in sources for name in names_in(code)}
    slow = [module for name in _SLOW if name in packages for module in _SLOW[name]]
    # Without effect on one that has started.
    _processes.set_forkserver_preload(_ALWAYS + slow)
    with _without_stderr():
        forkserver.ensure_running()


@contextmanager
def _without_stderr() -> Iterator[None]:
    """Let what is started here write nothing: warnings and progress bars are no output."""
    kept = os.dup(2)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(quiet)


def run(
    root: Path, sections: tuple[Section, ...], anew: frozenset[str] = frozenset()
) -> list[Outcome]:
    """Run sections in one namespace; the same sections run once and are remembered.

    Args:
        root: the folder that holds snippets/.
        sections: the code of one page, in order.
        anew: modules whose recorded weights are left out, so that they are trained.

    Returns:
        An outcome for each section up to the first that failed.
    """
    files = list(dict.fromkeys(f for s in sections for f in imported(root, s.path)))
    files += recorded_weights(root, files)
    sources = tuple((root / "snippets" / file).read_bytes() for file in files)
    key = sections, sources, anew
    if key not in _runs:
        _runs[key] = run_again(root, sections, anew)
    return _runs[key]


def run_again(
    root: Path, sections: tuple[Section, ...], anew: frozenset[str] = frozenset()
) -> list[Outcome]:
    """Run sections as `run` does, without remembering."""
    ours, theirs = _processes.Pipe()
    outcomes: list[Outcome] = []
    limit = TRAINING_LIMIT if anew else TIME_LIMIT
    with tempfile.TemporaryDirectory() as folder:
        arguments = root, sections, anew, Path(folder), theirs
        process = _processes.Process(target=_play, args=arguments)
        process.start()
        theirs.close()
        try:
            while len(outcomes) < len(sections):
                if not ours.poll(limit):
                    raise TimeoutError
                outcomes.append(ours.recv())
                if outcomes[-1].error:
                    return outcomes
            left, outcomes[-1].weights = ours.recv()
            for place, error in left:
                outcomes[place].error = error
        except (EOFError, OSError) as end:
            place = min(len(outcomes), len(sections) - 1)
            section = sections[place]
            what = (
                f"takes longer than {limit} s; make it smaller"
                if isinstance(end, TimeoutError)
                else "ends Python itself; a lesson runs to its end"
            )
            del outcomes[place:]
            outcomes.append(Outcome(error=f"the code of {section} {what}"))
        finally:
            process.kill()
            process.join()
            ours.close()
    return outcomes


def _play(*arguments) -> None:
    # Imported by the process alone: IPython takes a while.
    from checker.program import play

    try:
        play(*arguments)
    except OSError as error:  # what the code raises is told as its own
        *_, folder, pipe = arguments
        told = f"the code cannot be run in {folder.parent}: {error}; make room there"
        pipe.send(Outcome(error=told))


def unstable(
    root: Path,
    sections: tuple[Section, ...],
    first: list[Outcome],
    script: str,
    anew: frozenset[str] = frozenset(),
) -> tuple[Section, str] | None:
    """Run twice more, once as a script of its own; tell where it differs, if it does.

    The script runs from another folder and with another hash seed, so an output that
    holds a path or depends on the order of a set is found too. It does not train what the
    others trained.

    Args:
        root: the folder that holds snippets/.
        sections: the code of one page, in order.
        first: what `run` gave for them.
        script: the snippet of the page, relative to snippets/.
        anew: as it was given to `run`.
    """
    runs_alone = (
        root / "snippets" / script
    ).is_file()  # else: other lessons' code only
    with ThreadPoolExecutor() as beside:
        weights = first[-1].weights
        printing = (
            beside.submit(_run_script, root, script, weights) if runs_alone else None
        )
        second = run_again(root, sections, anew)
    for section, a, b in zip(sections, first, second, strict=False):
        if (a.raw, a.figures, a.weights) != (b.raw, b.figures, b.weights):
            does = "trains" if a.weights != b.weights else "prints or draws"
            return section, (
                f"the code of {section} {does} something else on every run; set its seed"
                " in the snippet"
            )
    if not printing:
        return None
    printed, error = printing.result()
    if error:
        return sections[0], f"python snippets/{script} does not run by itself: {error}"
    differs = (
        "the code of {} prints something else when the snippet is run as a script, in"
        " another folder and with another hash seed: sort a set before it is printed,"
        " print no path, and print with print()"
    )
    section = sections[0]
    for section, outcome in zip(sections, first, strict=False):
        if section.path == script:
            if not printed.startswith(outcome.raw):
                return section, differs.format(section)
            printed = printed[len(outcome.raw) :]
    return (section, differs.format(section)) if printed else None


def _run_script(root: Path, path: str, weights: dict[str, bytes]) -> tuple[str, str]:
    """What ``python snippets/path`` prints, and the last line of its error, if any."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    variables = environment(
        MATPLOTLIBRC=str(HOUSE_STYLE),
        MPLBACKEND="agg",
        PYTHONDONTWRITEBYTECODE="1",
        PYTHONHASHSEED=seed,
        PYTHONIOENCODING="utf-8",
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(root / "snippets", Path(folder, "copy"))
        for module, content in weights.items():
            (copy / module).with_suffix(SUFFIX).write_bytes(content)
        try:
            done = subprocess.run(
                [sys.executable, str(copy / path)],
                cwd=folder,
                env=variables,
                capture_output=True,
                encoding="utf-8",
                stdin=subprocess.DEVNULL,
                timeout=TIME_LIMIT,
            )
        except subprocess.TimeoutExpired:
            return "", f"it takes longer than {TIME_LIMIT} s"
    error = done.stderr.strip().split("\n")[-1] if done.returncode else ""
    return done.stdout, error
