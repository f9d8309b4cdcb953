"""What a notebook needs before its first cell: the modules of ours that it imports."""

import re
from collections.abc import Iterator
from pathlib import Path

from reading.sections import MARKER


def written_modules(root: Path, modules: list[str]) -> Iterator[str]:
    """Return for each module a cell that writes it beside the notebook.

    Args:
        root: the folder that holds snippets/.
        modules: their paths, relative to snippets/.
    """
    for path in modules:
        yield f"%%writefile {Path(path).name}\n{without_marks(root, path)}"


def without_marks(root: Path, path: str) -> str:
    """Return the code of a module without what only this site's pages need."""
    code = (root / "snippets" / path).read_text("utf-8")
    lines = [line for line in code.split("\n") if not MARKER[".py"].match(line)]
    code = re.sub(r"\s*# \(\d+\)!$", "", "\n".join(lines), flags=re.M)
    return re.sub(r"\n{4,}", "\n\n\n", code).strip()
