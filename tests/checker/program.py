"""The process in which the code of one page runs, as its notebook does."""

import importlib
import io
import os
import random
import re
import sys
import types
from multiprocessing.connection import Connection
from pathlib import Path

from checker.clock import set_clock
from checker.outcome import Outcome
from checker.rounded import Rounded
from checker.shell import Shell
from checker.watch import Watch, announce, left_behind
from publishing.modules import writing_cells
from reading.imports import imported, names_in
from reading.problems import INVISIBLE
from reading.sections import Section
from reading.weights import SUFFIX

LONGEST_OUTPUT = 20_000  # characters of one section
LARGEST_FIGURE = 40_000  # bytes
# What is no text: a carriage return, which Git and Python take for the end of a line, an
# escape for colours. And what no text of ours may hold.
UNSEEN = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f]|{INVISIBLE.pattern}")


def play(
    root: Path,
    sections: tuple[Section, ...],
    anew: frozenset[str],
    folder: Path,
    pipe: Connection,
    seed: int | None = None,
    later: bool = False,
) -> None:
    """Run sections in one namespace, and send an outcome for each.

    The modules of ours are written into an empty folder first, by the cells that a
    notebook has for that, and nothing else of ours can be imported. What is sent last is
    known once all have run: a list of pairs, the place of a section and what is wrong with
    it, and the weights that were trained, by their module.

    Args:
        root: the folder that holds snippets/.
        sections: the code of one page, in order.
        anew: modules whose weights are trained, though some may be recorded.
        folder: an empty folder for the program.
        pipe: where the outcomes go.
        seed: of every generator; without one, each is seeded anew.
        later: whether the clock shows another day.
    """
    paths = [section.path for section in sections]
    modules = {module for path in paths for module in imported(root, path)[1:]}
    script = next((path for path in paths if path not in modules), paths[0])
    here = folder / "notebook"
    here.mkdir()
    os.chdir(here)
    sys.path.insert(0, "")
    sys.argv = [str(root / "snippets" / script)]
    sys.dont_write_bytecode = True
    stdout = sys.stdout = io.StringIO()
    shell = Shell.instance(types.ModuleType("__main__"), str(folder / "ipython"))
    rounded = Rounded()
    shell.ast_transformers.append(rounded)
    shell.write_modules(writing_cells(root, imported(root, script)[1:]))
    trained = {module: here / Path(module).with_suffix(SUFFIX).name for module in anew}
    for file in trained.values():
        file.unlink(missing_ok=True)
    take(stdout)
    files = {file for path in paths for file in imported(root, path)}
    sources = [(root / "snippets" / file).read_bytes() for file in files]
    names = {name for code in sources for name in names_in(code)}
    announce(names)
    set_seeds(names, seed)
    if later:
        set_clock()
    watch = Watch(here)
    sys.addaudithook(watch.hook)
    written: list[dict[Path, bool]] = []
    for section in sections:
        if section.path in modules:  # importing it runs it, whole
            written.append({})
            pipe.send(Outcome())
            continue
        with watch.section():
            error = shell.section(root, section)
        written.append(watch.written)
        outcome = Outcome(take(stdout), error=error, rounded=rounded.take())
        if watch.network:  # what it raised, if it did, follows from that
            outcome.error = (
                f"the code of {section} needs the network (it asked for {watch.network})."
                " Take data from a package, or make it"
            )
        elif not error:
            judge(section, outcome)
        pipe.send(outcome)
        if outcome.error:
            return
    left = [
        left_behind(section, files, here, set(trained.values()))
        for section, files in zip(sections, written, strict=True)
    ]
    weights = {m: file.read_bytes() for m, file in trained.items() if file.is_file()}
    pipe.send(([(place, error) for place, error in enumerate(left) if error], weights))


def take(stdout: io.StringIO) -> str:
    """Return what was printed since the last call."""
    printed = stdout.getvalue()
    stdout.seek(0)
    stdout.truncate()
    return printed


def set_seeds(names: set[str], seed: int | None) -> None:
    """Seed every generator: anew, or with one seed.

    A program that forgot its seed must not look repeatable.

    Args:
        names: the modules that the program imports.
        seed: the seed; without one, each gets another.
    """
    random.seed(seed)
    if seed is not None:  # a generator that is not there yet cannot be seeded
        for package in {name.partition(".")[0] for name in names} & {"numpy", "torch"}:
            importlib.import_module("numpy.random" if package == "numpy" else package)
    if module := sys.modules.get("numpy.random"):
        module.seed(seed)
    if module := sys.modules.get("torch"):
        module.seed() if seed is None else module.manual_seed(seed)


def judge(section: Section, outcome: Outcome) -> None:
    """Find what is wrong with a section that ran to its end; take its figures."""
    if len(outcome.raw) > LONGEST_OUTPUT:
        outcome.error = (
            f"the code of {section} prints {len(outcome.raw):,} characters, more than"
            f" {LONGEST_OUTPUT:,}; print less"
        )
    elif unseen := UNSEEN.search(outcome.raw):
        outcome.error = (
            f"the code of {section} prints U+{ord(unseen[0]):04X}, which no page shows and"
            " a file may lose; print lines of visible characters"
        )
    elif "matplotlib.pyplot" in sys.modules:
        from checker import figures, words

        shown, left = figures.take()
        outcome.figures = [svg for svg, _ in shown]
        found = [word for _, labels in shown for word in labels]
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
        elif found:
            outcome.error = words.told(section, found)
