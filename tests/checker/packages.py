"""Whether each package that lessons and labs import is one that pyproject.toml pins."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

from checker.pins import pinned
from publishing.requirements import PROJECT
from reading.imports import LAB_FOLDERS, OTHER_NAMES, is_python
from reading.model import Page
from reading.problems import Problem


def package_problems(root: Path, page: Page) -> list[Problem]:
    """Imports of a page's snippets, or of a lab's cells, that no pin provides.

    What another package happens to bring may be gone with its next version.

    Args:
        root: the folder that holds pyproject.toml; without that file nothing is told.
        page: the page.
    """
    if not (root / PROJECT).is_file():
        return []
    pins = pinned(root).keys()
    shown = {page.snippet, *(example.section.path for example in page.examples)}
    codes = [
        (f"snippets/{path}", 0, (root / "snippets" / path).read_text("utf-8"), path)
        for path in sorted(shown)
        if (root / "snippets" / path).is_file()
    ]
    codes += [(page.path, cell.line, cell.code, None) for cell in page.cells]
    problems = []
    for file, before, code, snippet in codes:
        folders = [str(Path(snippet).parent)] if snippet else LAB_FOLDERS
        for line, module in _imports(code):
            ours = (root / "snippets" / folder / module for folder in folders)
            if any(path.with_suffix(".py").is_file() for path in ours):
                continue
            if (
                is_python(module)
                or canonicalize_name(OTHER_NAMES.get(module, module)) in pins
            ):
                continue
            brought = {*map(canonicalize_name, _packages().get(module, ()))}
            if brought & pins:
                continue
            name = " or ".join(sorted(brought))
            told = (
                f"imports {module} of {name}, which came with another package; add {name}"
                " and its version to dependencies in pyproject.toml, or do without it"
                if brought
                else f"imports {module}, which is not installed; correct the name, or add"
                " its package and version to dependencies in pyproject.toml"
            )
            problems.append(Problem(file, before + line, told))
    return problems


def _imports(code: str) -> Iterator[tuple[int, str]]:
    """Top-level modules that code imports, with their lines.

    An import that is tried may fail on purpose.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:  # running it tells
        return
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try)]
    tried = {node for each in tries for line in each.body for node in ast.walk(line)}
    for node in ast.walk(tree):
        if node in tried:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        else:
            continue
        yield from ((node.lineno, name.partition(".")[0]) for name in names)


@cache
def _packages() -> dict[str, list[str]]:
    return metadata.packages_distributions()  # slow: reads what every package holds
