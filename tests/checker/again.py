"""Whether the code of a page does the same when it runs again, in another way."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from checker import run
from checker.causes import cause, suspect
from checker.outcome import Outcome
from checker.rounded import differ
from publishing.environment import environment
from reading.files import stray_names
from reading.imports import HOUSE_STYLE
from reading.sections import Section
from reading.weights import SUFFIX


def unstable(
    root: Path,
    sections: tuple[Section, ...],
    first: list[Outcome],
    script: str,
    anew: frozenset[str] = frozenset(),
) -> tuple[Section, str] | None:
    """Run twice more, once as a script of its own; tell where it differs, if it does.

    The other run has other seeds and another day. It must differ in nothing, also not in
    the numbers that are rounded before they are printed.
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
        second = run.run_again(root, sections, anew, later=True)
    for place, (a, b) in enumerate(zip(first, second, strict=False)):
        if not _same(a, b):
            section, upto = sections[place], sections[: place + 1]
            # Training takes too long to be done twice more for a message.
            is_seed = bool(first[-1].weights) or _same(
                *(run.run_again(root, upto, seed=1, later=day)[-1] for day in (0, 1))
            )
            why = cause(root, upto, a.raw, is_seed)
            told = f"the code of {section} {_does(a, b)} on every run; {why}"
            return section, told
    if not printing:
        return None
    printed, error, line = printing.result()
    if error:
        told = f"python snippets/{script}:{line} does not run by itself: {error}"
        here = [s for s in sections if s.path == script and s.line <= line]
        return max(here, key=lambda s: s.line, default=sections[0]), told
    section = sections[0]
    for section, outcome in zip(sections, first, strict=False):
        if section.path == script:
            if not printed.startswith(outcome.raw):
                return section, _differs(root, section, outcome.raw)
            printed = printed[len(outcome.raw) :]
    return (section, _differs(root, section, printed)) if printed else None


def _differs(root: Path, section: Section, printed: str) -> str:
    """Say that a section prints something else as a script, and what to do."""
    why = suspect(root, (section,), printed) or (
        "sort a set before it is printed, print no path, and print with print()"
    )
    return (
        f"the code of {section} prints something else when the snippet is run as a script,"
        f" in another folder and with another hash seed: {why}"
    )


def _does(a: Outcome, b: Outcome) -> str:
    """Say what a section did in two runs that differ."""
    if a.weights != b.weights:
        return "trains something else"
    if (
        a.raw == b.raw
        and a.figures == b.figures
        and (pair := differ(a.rounded, b.rounded))
    ):
        first, second = pair
        return f"rounds a number that is {first:.6g}, {second:.6g} and so on,"
    return "prints or draws something else"


def _same(a: Outcome, b: Outcome) -> bool:
    """Whether a section did the same in two runs."""
    did = [(each.raw, each.figures, each.weights, each.error) for each in (a, b)]
    return did[0] == did[1] and not differ(a.rounded, b.rounded)


def _run_script(
    root: Path, path: str, weights: dict[str, bytes]
) -> tuple[str, str, int]:
    """What ``python snippets/path`` prints; its error and the line of that, if any."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    variables = environment(
        MATPLOTLIBRC=str(HOUSE_STYLE),
        MPLBACKEND="agg",
        PYTHONDONTWRITEBYTECODE="1",
        PYTHONHASHSEED=seed,
        PYTHONIOENCODING="utf-8",
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(
            root / "snippets", Path(folder, "copy"), ignore=stray_names
        )
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
                timeout=run.TIME_LIMIT,
            )
        except subprocess.TimeoutExpired:
            return "", f"it takes longer than {run.TIME_LIMIT} s", 1
    if not done.returncode:
        return done.stdout, "", 0
    frames = re.findall(
        rf'File "{re.escape(str(copy / path))}", line (\d+)', done.stderr
    )
    error = done.stderr.strip().split("\n")[-1]
    return done.stdout, error, int(frames[-1]) if frames else 1
