"""What the include in a code block leads to, or what is wrong with it."""

import difflib
import re
from functools import cache
from pathlib import Path

from reading.files import files_below
from reading.problems import Problem
from reading.sections import Section, read_sections

INCLUDE = re.compile(r'--8<-- "((?:[\w-]+/)*[\w-]+\.\w+):([a-z][a-z0-9_]*)"')
# A directive of pymdownx.snippets; it is expanded wherever it stands, unless escaped.
DIRECTIVE = re.compile(r"(?<![;-])-+8<-+")
HOW = 'write exactly: ```python, --8<-- "part/lesson.py:section", ```'


class IncludeError(ValueError):
    """An include that leads nowhere.

    Attributes:
        recorded: whether ``make record`` mends it: an output that is not there yet.
        missing: that output, empty.
    """

    def __init__(self, message: str, missing: Section | None = None) -> None:
        super().__init__(message)
        self.recorded = missing is not None
        self.missing = missing


def resolve(root: Path, content: str, output: bool) -> Section:
    """Find the section that a code block includes.

    Args:
        root: the folder that holds snippets/.
        content: what stands between the fences.
        output: whether it is a ``text`` block, which shows recorded output.

    Raises:
        IncludeError: it is no include, or its file or section is missing.
    """
    suffix = ".txt" if output else ".py"
    found = INCLUDE.fullmatch(content)
    if not found:
        raise IncludeError(_why_no_include(content))
    path, name = found.groups()
    folder = root / "snippets"
    missing = Section(path, name, 0, "") if output else None
    if not path.endswith(suffix):
        raise IncludeError(
            f"{path} is not a {suffix} file; code is .py in a ```python block, its output"
            " .txt in a ```text block"
        )
    if not (folder / path).is_file():
        beside = files_below((folder / path).parent, f"*{suffix}")
        known = [file.relative_to(folder).as_posix() for file in beside]
        do = _near(path, known) or "create it"
        if output and (folder / path).with_suffix(".py").is_file():
            do = "run make record, which writes it"
        raise IncludeError(f"there is no snippets/{path}; {do}", missing)
    sections, _ = sections_of(root, path)
    if name not in sections:
        do = (
            "run make record if the code prints, or drop this block"
            if output
            else f"add '# --8<-- [start:{name}]' to it"
        )
        hint = _near(name, list(sections)) or do
        raise IncludeError(f"snippets/{path} has no section {name}; {hint}", missing)
    return sections[name]


def sections_of(root: Path, path: str) -> tuple[dict[str, Section], list[Problem]]:
    """Read the sections of a file below snippets/; a file is read once a change."""
    stat = (root / "snippets" / path).stat()
    return _sections(root / "snippets", path, (stat.st_mtime_ns, stat.st_size))


@cache
def _sections(folder: Path, path: str, stamp: tuple[int, int]) -> tuple:
    del stamp  # a file that changed is read again
    return read_sections(folder, path)


def _why_no_include(content: str) -> str:
    lines = content.split("\n")
    if not any(DIRECTIVE.search(line) for line in lines):
        return f"a code block that is not an include; {HOW}"
    if len(lines) > 1:
        return f"a code block is exactly one include and nothing else; {HOW}"
    if content != content.rstrip():
        return f"the include ends in a space, so it is published as text; {HOW}"
    if '"/' in content or "../" in content:
        return f"the include leaves the folder snippets/; {HOW}"
    if '"' not in content:
        return (
            f"the path of the include is not quoted, so it is published as text; {HOW}"
        )
    return f"cannot read the include {content.strip()!r}; {HOW}"


def _near(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else ""
