"""Run a page's code as one program, and keep what each section printed and drew.

A program runs in a process of its own, so that it can neither leave anything set for the
next one nor end the check. The processes are forked from one that has imported what is
slow to import: see multiprocessing's `forkserver
<https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods>`_.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.outcome import Outcome
from reading.imports import HOUSE_STYLE, imported, names_in
from reading.sections import Section
from reading.weights import recorded_weights

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
    root: Path,
    sections: tuple[Section, ...],
    anew: frozenset[str] = frozenset(),
    seed: int | None = None,
    later: bool = False,
) -> list[Outcome]:
    """Run sections as `run` does, without remembering.

    Args:
        root, sections, anew: as of `run`.
        seed: is set before them.
        later: whether the clock shows another day.
    """
    ours, theirs = _processes.Pipe()
    outcomes: list[Outcome] = []
    limit = TRAINING_LIMIT if anew else TIME_LIMIT
    with tempfile.TemporaryDirectory() as folder:
        arguments = root, sections, anew, Path(folder), theirs, seed, later
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
        folder, pipe = arguments[3:5]
        told = f"the code cannot be run in {folder.parent}: {error}; make room there"
        pipe.send(Outcome(error=told))
