"""Files of the project, without those that nobody wrote on purpose."""

from pathlib import Path, PurePath


def is_stray(path: PurePath) -> bool:
    """Whether an editor or the system has left a file there; `.gitignore` lists the kinds.

    A name that begins with a dot MkDocs does not publish, so we do not read it either.

    Args:
        path: relative to the folder that is read, for the project may lie anywhere.
    """
    folders = [part for part in path.parts if part != ".icons"]  # as Material wants it
    hidden = any(part.startswith(".") or part == "__pycache__" for part in folders)
    saved = path.name.endswith("~") or path.name[:1] == path.name[-1:] == "#"
    return hidden or saved or path.name in ("Thumbs.db", "desktop.ini")


def files_below(folder: Path, pattern: str = "*") -> list[Path]:
    """Return the files below a folder whose names match a pattern, sorted."""
    found = folder.rglob(pattern)
    return sorted(
        f for f in found if not is_stray(f.relative_to(folder)) and f.is_file()
    )


def stray_names(folder: str, names: list[str]) -> set[str]:
    """Return which names in a folder `shutil.copytree` is to ignore."""
    return {name for name in names if is_stray(PurePath(name))}
