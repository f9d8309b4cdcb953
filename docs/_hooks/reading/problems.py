"""What is wrong with a file: one message each, with the file and the line."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
INVISIBLE = re.compile(
    "[\u00a0\u000b\u000c\u0085\u200b-\u200f\u2028\u2029\u2060\ufeff]"
)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    Attributes:
        path: file, relative to the root of the project.
        line: line in it, counted from 1.
        message: what is wrong and what to do.
        recorded: whether ``make record`` mends it, as it does a missing output.
    """

    path: str
    line: int
    message: str
    recorded: bool = False

    def __str__(self) -> str:
        """Give the problem as editors and terminals link it: ``file:line: message``."""
        return f"{self.path}:{self.line}: {self.message}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Ask for the one of the known words that is nearest; nothing if none is near."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""


def read_text(file: Path, shown: str) -> tuple[str, list[Problem]]:
    """Read a text file, and what no text of ours may hold.

    Args:
        file: the file.
        shown: how messages name it.

    Returns:
        Its text, with bytes that are not UTF-8 replaced, and the problems: such bytes,
        the marks of a merge, characters that cannot be seen, and ends of lines that are
        neither those of Unix nor of Windows.
    """
    content = file.read_bytes().replace(b"\r\n", b"\n").decode("utf-8", "replace")
    text = content.replace("\r", "\n")  # as Python and MkDocs read it
    problems = []
    if alone := content.find("\r") + 1:
        line = text.count("\n", 0, alone)
        message = (
            "the line ends in a carriage return alone, which Git takes for no end; save"
            " the file with line ends of Unix"
        )
        problems.append(Problem(shown, line, message))
    not_utf8 = "not UTF-8; save the file as UTF-8"
    for number, line in enumerate(text.split("\n"), 1):
        if "\ufffd" in line:
            if not_utf8 not in [problem.message for problem in problems]:
                problems.append(Problem(shown, number, not_utf8))
        elif CONFLICT.match(line):
            problems.append(
                Problem(shown, number, "a merge is not finished; resolve it")
            )
        elif found := INVISIBLE.search(line):
            code = f"U+{ord(found[0]):04X}"
            do = "save the file without a byte order mark"
            message = (
                f"column {found.start() + 1} holds {code}, which nobody sees;"
                f" {do if code == 'U+FEFF' else 'delete it'}"
            )
            problems.append(Problem(shown, number, message))
    return text, problems
