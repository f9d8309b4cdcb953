"""Weights that code of ours has trained, recorded beside the module that trains them.

``training.safetensors`` belongs to ``training.py``. Its header names the code that made
it, see `the format <https://huggingface.co/docs/safetensors#format>`_.
"""

import hashlib
import json
from pathlib import Path

from reading.imports import code_of, imported
from reading.problems import Problem

SUFFIX = ".safetensors"


def recorded_weights(root: Path, modules: list[str]) -> list[str]:
    """Return the recorded weights of some modules.

    Args:
        root: the folder that holds snippets/.
        modules: paths relative to snippets/.

    Returns:
        Paths relative to snippets/.
    """
    files = [Path(module).with_suffix(SUFFIX) for module in modules]
    return [file.as_posix() for file in files if (root / "snippets" / file).is_file()]


def sum_of_code(root: Path, module: str) -> str:
    """Sum of a module and of all of ours that it imports."""
    sums = hashlib.sha256()
    for path in imported(root, module):
        sums.update(code_of(root, path))
    return sums.hexdigest()[:16]


def made_by(weights: bytes) -> str:
    """Return the sum of the code that made some weights, as their header says it.

    Raises:
        ValueError: these are no weights, or not all of them.
    """
    length = int.from_bytes(weights[:8], "little")
    try:
        header = json.loads(weights[8 : 8 + length])
        last = max(
            entry["data_offsets"][1] for entry in header.values() if "dtype" in entry
        )
        made = header["__metadata__"]["code"]
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError, ValueError):
        raise ValueError("cannot be read") from None
    if 8 + length + last != len(weights):
        raise ValueError("cannot be read whole")
    return made


def weights_problem(root: Path, module: str) -> Problem | None:
    """Say what is wrong with the recorded weights of a module, if it has any."""
    path = Path("snippets", module).with_suffix(SUFFIX)
    if not (root / path).is_file():
        return None
    try:
        made = made_by((root / path).read_bytes())
    except ValueError as error:
        return Problem(path.as_posix(), 1, f"{error}; delete it, and record it again")
    if made == sum_of_code(root, module):
        return None
    return Problem(
        f"snippets/{module}",
        1,
        f"this, or what it imports, is not the code that trained {path}",
    )
