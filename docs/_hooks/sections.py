"""Sections of a snippet, and of the file that holds what it printed.

A section is what stands between ``# --8<-- [start:name]`` and ``# --8<-- [end:name]``,
as `pymdownx.snippets <https://facelessuser.github.io/pymdown-extensions/extensions/snippets/>`_
reads it. That extension forgives an end that is missing or a name used twice; a page
would then show the wrong code, so here they are problems.
"""

import re
from dataclasses import dataclass
from pathlib import Path

MARKER = re.compile(r"^(?:#\s*)?--8<--\s+\[(start|end):([a-z][a-z0-9_]*)\]$")
LOOKS_LIKE_MARKER = re.compile(r"-{1,}8<-{1,}|\[(?:start|end)\s*:")


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


@dataclass(frozen=True)
class Section:
    """A named part of a file.

    Attributes:
        path: file, relative to the snippets folder, with forward slashes.
        name: name of the section.
        line: line of the file on which ``text`` starts, counted from 1.
        text: the lines between the markers, each ending in a newline.
    """

    path: str
    name: str
    line: int
    text: str

    def __str__(self) -> str:
        """Give the section as a page includes it: ``line/descent.py:loss``."""
        return f"{self.path}:{self.name}"


def read_sections(folder: Path, path: str) -> tuple[dict[str, Section], list[Problem]]:
    """Read the sections of ``folder / path``, in their order, and what is wrong.

    Args:
        folder: the snippets folder.
        path: file in it, ``line/descent.py`` or ``line/descent.txt``.

    Returns:
        The sections by name, and the problems. Code outside a section is a problem; in
        a file of outputs the first line is the recorder's.
    """
    shown = f"{folder.name}/{path}"
    code = path.endswith(".py")
    sections: dict[str, Section] = {}
    problems: list[Problem] = []
    name, start, lines = "", 0, []

    def problem(line: int, message: str) -> None:
        problems.append(Problem(shown, line, message))

    def close(line: int) -> None:
        text = "".join(lines)
        if name in sections:
            problem(
                start, f"section {name} is opened twice; give this one another name"
            )
            return
        if not text.strip():
            problem(start, f"section {name} is empty; fill it or delete its markers")
        sections[name] = Section(path, name, start + 1, text)

    text = (folder / path).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        marker = MARKER.match(line.rstrip("\r\n"))
        if marker and marker[1] == "start":
            if name:
                problem(
                    number,
                    f"section {marker[2]} starts inside section {name}, opened on line"
                    f" {start}; close {name} first",
                )
                close(number)
            name, start, lines = marker[2], number, []
        elif marker and marker[2] == name:
            close(number)
            name, lines = "", []
        elif marker:
            inside = f"section {name} is open" if name else "no section is open"
            problem(number, f"[end:{marker[2]}] closes nothing: {inside}")
        elif LOOKS_LIKE_MARKER.search(line) and (code or "8<" in line):
            problem(
                number,
                f"not a section marker: {line.strip()!r}; write exactly"
                " '# --8<-- [start:name]', the name in snake_case",
            )
        elif name:
            lines.append(line)
        elif line.strip() and code:
            problem(number, "code outside any section; no page can show it")
        elif line.strip() and number > 1:
            problem(number, "text outside any section; run make record")
    if name:
        problem(start, f"section {name} is never closed; add '# --8<-- [end:{name}]'")
        close(start)
    return sections, problems
