"""Sections of a snippet, and of the file that holds what it printed.

A section is what stands between ``# --8<-- [start:name]`` and ``# --8<-- [end:name]``,
as `pymdownx.snippets <https://facelessuser.github.io/pymdown-extensions/extensions/snippets/>`_
reads it. That extension forgives an end that is missing or a name used twice; a page
would then show the wrong code, so here they are problems.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from reading.problems import Problem, read_text

# In code the marker is a comment, or the script would not run; between the methods of a
# class ruff indents it.
MARKER = {
    ".py": re.compile(r"^ *# --8<-- \[(start|end):([a-z][a-z0-9_]*)\]$"),
    ".txt": re.compile(r"^--8<-- \[(start|end):([a-z][a-z0-9_]*)\]$"),
}
LOOKS_LIKE_MARKER = re.compile(r"-{1,}8<-{1,}|\[(?:start|end)\s*:")


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
    text, problems = read_text(folder / path, shown)
    if problems:
        return {}, [replace(problem, recorded=not code) for problem in problems]
    name, start, lines = "", 0, []
    outside = 0

    def problem(line: int, message: str) -> None:
        # The recorder writes outputs anew.
        problems.append(Problem(shown, line, message, recorded=not code))

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

    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        marker = MARKER[Path(path).suffix].match(line)
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
            if name:  # it means that one
                close(number)
                name, lines = "", []
        elif LOOKS_LIKE_MARKER.search(line) and (code or "8<" in line):
            mark = "# --8<-- [start:name]" if code else "--8<-- [start:name]"
            problem(
                number,
                f"not a section marker: {line.strip()!r}; write exactly '{mark}', the name"
                " in snake_case",
            )
            outside = -1  # what follows is no mistake of its own
        elif name:
            lines.append(line + "\n")
        elif line.strip() and code:
            if not outside:
                problem(number, "code outside any section; no page can show it")
            outside = outside or number
        elif line.strip() and number > 1:
            problem(number, "text outside any section; run make record")
    if name:
        problem(start, f"section {name} is never closed; add '# --8<-- [end:{name}]'")
        close(start)
    return sections, problems
