"""What stands at the top of the project: pins that agree, and links of the README."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from publishing.requirements import CONSTRAINTS, PROJECT, constraints
from reading.problems import Problem

READMES = ("README.md", "README.zh.md")
LINK = re.compile(r"\]\(([^()\s]+)\)")


def pinned(root: Path) -> dict[str, str]:
    """Return what pyproject.toml pins for lessons, by the package's name.

    Args:
        root: the folder that may hold it.
    """
    file = root / PROJECT
    if not file.is_file():
        return {}
    project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
    needed = project.get("dependencies", [])
    return {canonicalize_name(Requirement(each).name): each for each in needed}


def pin_problems(root: Path) -> Iterator[Problem]:
    """Packages of pyproject.toml whose version is open, or another in constraints.txt.

    Args:
        root: the folder that holds both files.
    """
    text = (root / PROJECT).read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    pinned = constraints(root)
    groups = project.get("optional-dependencies", {}).values()
    for asked in (*project.get("dependencies", []), *(p for g in groups for p in g)):
        needed = Requirement(asked)
        line = next(n for n, at in enumerate(text.split("\n"), 1) if asked in at)
        found = re.fullmatch("==([^,*]+)", str(needed.specifier))
        name = canonicalize_name(needed.name)
        if not found:
            told = f"{asked} may be any version, and results change with it; write =="
            yield Problem(PROJECT, line, told)
        elif name not in pinned:
            told = f"{CONSTRAINTS} does not pin {name}; add {name}=={found[1]} to it"
            yield Problem(PROJECT, line, told)
        elif (other := pinned[name].partition("==")[2]) != found[1]:
            told = f"{asked}, but {CONSTRAINTS} pins {other}; make both the same"
            yield Problem(PROJECT, line, told)


def readme_problems(root: Path) -> Iterator[Problem]:
    """Links of the README, in each language, to files that are not there."""
    for name in READMES:
        lines = (root / name).read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            for link in LINK.findall(line):
                parts = urlsplit(link)
                if parts.path and not parts.scheme and not (root / parts.path).exists():
                    told = f"the link {link} leads to no file; correct it"
                    yield Problem(name, number, told)
