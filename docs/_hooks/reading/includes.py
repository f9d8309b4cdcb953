"""What the include in a code block leads to, or what is wrong with it."""

import re
from functools import cache
from pathlib import Path

from reading.files import files_below
from reading.problems import Problem, did_you_mean
from reading.sections import Section, read_sections

INCLUDE = re.compile(r'--8<-- "((?:[\w-]+/)*[\w-]+\.\w+):([a-z][a-z0-9_]*)"')
# A directive of pymdownx.snippets; it is expanded wherever it stands, unless escaped.
DIRECTIVE = re.compile(r"(?<![;-])-+8<-+")
ESCAPED = re.compile(r";-+8<-+")


def how(output: bool = False) -> str:
    """Say how an include is written: of code, or of what it printed."""
    language, suffix = ("text", "txt") if output else ("python", "py")
    return f'write exactly: ```{language}, --8<-- "part/lesson.{suffix}:section", ```'


class IncludeError(ValueError):
    """An include that leads nowhere.

    Attributes:
        recorded: whether ``make record`` mends it: an output that is not there yet.
        missing: that output, empty.
        cause: what is wrong with the file that it leads to, if that is the reason.
    """

    def __init__(
        self,
        message: str,
        missing: Section | None = None,
        cause: Problem | None = None,
    ) -> None:
        super().__init__(message)
        self.recorded = missing is not None
        self.missing = missing
        self.cause = cause


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
        raise IncludeError(_why_no_include(content, how(output)))
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
        do = did_you_mean(path, known) or "create it"
        if output and (folder / path).with_suffix(".py").is_file():
            do = "run make record, which writes it"
        raise IncludeError(f"there is no snippets/{path}; {do}", missing)
    sections, wrong = sections_of(root, path)
    if name not in sections:
        if wrong:
            raise IncludeError(wrong[0].message, missing, wrong[0])
        do = (
            "run make record if the code prints, or drop this block"
            if output
            else f"add '# --8<-- [start:{name}]' to it, or show what it has:"
            f" {', '.join(sections) or 'nothing'}"
        )
        hint = did_you_mean(name, sections) or do
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


def _why_no_include(content: str, right: str) -> str:
    lines = content.split("\n")
    if ESCAPED.search(content):
        return (
            "the include is escaped, so it is published as text; leave out the semicolon,"
            " which is for samples"
        )
    if not any(DIRECTIVE.search(line) for line in lines):
        return f"a code block that is not an include; {right}"
    if len(lines) > 1:
        return f"a code block is exactly one include and nothing else; {right}"
    if content != content.rstrip():
        return f"the include ends in a space, so it is published as text; {right}"
    if '"/' in content or "../" in content:
        return f"the include leaves the folder snippets/; {right}"
    if '"' not in content:
        return f"the path of the include is not quoted, so it is published as text; {right}"
    return f"cannot read the include {content.strip()!r}; {right}"
