"""What pip must install for the lessons, each package in the version that ran here."""

import tomllib
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT, CONSTRAINTS = "pyproject.toml", "constraints.txt"


def requirements(root: Path) -> str:
    """Return the lines of requirements.txt: the packages of the lessons, all pinned.

    They are the dependencies of pyproject.toml, and of what these ask for, as their
    metadata here says, all that constraints.txt pins.

    Args:
        root: the folder of the project.
    """
    project = tomllib.loads((root / PROJECT).read_text("utf-8"))["project"]
    pins = constraints(root)
    found: dict[str, Marker | None] = {}
    needed = [Requirement(line) for line in project["dependencies"]]
    for each in needed:
        name = canonicalize_name(each.name)
        if name not in pins or (name in found and found[name] in (None, each.marker)):
            continue
        # What one package wants on Windows only, another may want everywhere.
        found[name] = None if name in found else each.marker
        for below in map(Requirement, _asked_for_by(name)):
            if below.marker and "extra" in str(below.marker):
                continue
            below.marker = below.marker or each.marker
            needed.append(below)
    lines = [
        f"{pins[name]} ; {marker}" if marker else pins[name]
        for name, marker in sorted(found.items())
    ]
    return "\n".join(lines) + "\n"


def constraints(root: Path) -> dict[str, str]:
    """Return the lines of constraints.txt, as ``numpy==2.4.6``, by the package's name."""
    lines = (root / CONSTRAINTS).read_text("utf-8").splitlines()
    return {canonicalize_name(x.partition("==")[0]): x for x in lines if "==" in x}


def _asked_for_by(package: str) -> list[str]:
    try:
        return metadata.requires(package) or []
    except metadata.PackageNotFoundError:  # of another system, as colorama of Windows
        return []
