"""Modules of ours that a notebook imports: cells at its top write them beside it."""

import re
from pathlib import Path

from reading.sections import MARKER


def writing_cells(root: Path, modules: list[str]) -> list[str]:
    """Return the code cells that write modules, in the folder of the notebook.

    Args:
        root: the folder that holds snippets/.
        modules: paths relative to snippets/.
    """
    return [
        f"%%writefile {Path(path).name}\n{without_marks(root, path)}"
        for path in modules
    ]


def without_marks(root: Path, path: str) -> str:
    """Return the code of a module without what only this site's pages need."""
    code = (root / "snippets" / path).read_text("utf-8")
    lines = [line for line in code.split("\n") if not MARKER[".py"].match(line)]
    code = re.sub(r"\s*# \(\d+\)!$", "", "\n".join(lines), flags=re.M)
    return re.sub(r"\n{4,}", "\n\n\n", code).strip()
