"""What a snippet or a lab imports: modules of ours, and packages that pip installs."""

import ast
import sys
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

# Where the modules are that a lab may import, relative to snippets/.
LAB_FOLDERS = ["line", "steps", "language-model"]
# How figures look, in lessons and labs.
HOUSE_STYLE = Path(__file__).parent.parent / "matplotlibrc"
# What a package calls without being imported by name.
NEEDS = {"torch.onnx": "onnxscript"}
# Packages that are not called what one imports.
OTHER_NAMES = {"sklearn": "scikit-learn"}


@cache
def lines_in(code: str | bytes) -> dict[str, int]:
    """Names of the modules that some code imports, and lines; none if it is no Python."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return {}
    lines: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        else:
            continue
        for name in names:
            lines.setdefault(name, node.lineno)
    return lines


def names_in(code: str | bytes) -> list[str]:
    """Names of the modules that some code imports; none if it is no Python."""
    return list(lines_in(code))


def code_of(root: Path, path: str) -> bytes:
    """Return the code of a snippet, the same whatever line ends an editor gave it."""
    return (root / "snippets" / path).read_bytes().replace(b"\r\n", b"\n")


def imported(root: Path, path: str) -> list[str]:
    """Snippets that a snippet imports, itself first, each once."""
    code = (root / "snippets" / path).read_bytes()
    return [path, *modules_of(root, code, [str(Path(path).parent)], seen=(path,))]


def modules_of(
    root: Path, code: str | bytes, folders: list[str], seen: tuple[str, ...] = ()
) -> list[str]:
    """Modules of ours that some code imports, directly or through each other.

    Args:
        root: the folder that holds snippets/.
        code: Python source.
        folders: where modules are looked for, relative to snippets/.
        seen: modules that are left out.

    Returns:
        Their paths relative to snippets/, each once.
    """
    found: list[str] = []
    sources = [code]
    for source in sources:
        for name in names_in(source):
            for folder in folders:
                path = Path(folder, *name.split(".")).with_suffix(".py")
                file = root / "snippets" / path
                path = path.as_posix()
                if file.is_file() and path not in (*found, *seen):
                    found.append(path)
                    sources.append(file.read_bytes())
    return found


def is_python(module: str) -> bool:
    """Return whether a module comes with Python itself."""
    return module in sys.stdlib_module_names


@cache
def _package(module: str) -> str | None:
    """Return the package that pip installs for a module; None for Python's and ours."""
    if is_python(module) or not find_spec(module):
        return None
    name = OTHER_NAMES.get(module, module)
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:  # slow: reads what every package holds
        return next(iter(metadata.packages_distributions().get(module, [])), None)
    return name


@cache
def _version(package: str) -> str:
    # What follows a plus is a build, for example torch's for the CPU.
    return metadata.version(package).split("+")[0]


def pins(sources: list[str]) -> list[str]:
    """What pip must install for some code to run, as ``torch==2.13.0``, sorted.

    The versions are those installed here, which constraints.txt pins.
    """
    needed = set()
    for source in sources:
        for name in names_in(source):
            needed.add(_package(name.partition(".")[0]))
        needed |= {package for use, package in NEEDS.items() if use in source}
    return sorted(f"{name}=={_version(name)}" for name in needed - {None})
