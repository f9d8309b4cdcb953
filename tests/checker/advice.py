"""What to do about an exception that the code of a page raises."""

import ast
import difflib
import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from checker.pins import pinned
from reading.files import files_below
from reading.imports import OTHER_NAMES
from reading.includes import sections_of
from reading.sections import Section


def told(error: BaseException) -> str:
    """Return type and text of an exception, with the name that Python thinks was meant."""
    if isinstance(error, NameError | AttributeError | ImportError):
        lines = traceback.TracebackException.from_exception(error)
        return list(lines.format_exception_only())[-1].strip()
    return f"{type(error).__name__}: {error}"


def advice(root: Path, section: Section, error: BaseException) -> str:
    """Say what to do about an exception.

    Args:
        root: the folder that holds pyproject.toml and snippets/.
        section: the code that raised it.
        error: the exception.

    Returns:
        One or two sentences; nothing where the exception itself says enough.
    """
    match error:
        case ModuleNotFoundError(name=str(name)):
            return _no_module(root, section, name)
        case ImportError():
            return "Correct the name, or the version that pyproject.toml pins."
        case NameError(name=str(name)) if type(error) is NameError:
            return _no_name(root, section, name)
        case SyntaxError(lineno=int(line)) if _is_command(section, line):
            return "A snippet is plain Python: leave out the commands of IPython."
        case SyntaxError():
            return ""
        case FileNotFoundError():
            return (
                "The code runs in an empty folder, as its notebook does: make the file, or"
                " take the data from a package."
            )
        case EOFError() if "reading a line" in str(error):
            return "A lesson asks nothing: write the answer into the code."
        case SystemExit():
            return "A lesson runs to its end: leave out what ends it."
        case MemoryError():
            return "Make the example smaller."
    return "If the error is what the page shows, catch it in the snippet and print it."


def _is_command(section: Section, line: int) -> bool:
    """Whether a line of the file is one for IPython, as ``%matplotlib inline`` is."""
    code = section.text.split("\n")[line - section.line]
    return code.lstrip().startswith(("%", "!"))


def _no_module(root: Path, section: Section, name: str) -> str:
    """Say where a module that was not found is, or how it is installed."""
    top = name.partition(".")[0]
    if top != name and find_spec(top):
        return f"{top} is installed and has no {name}; correct the name."
    folder = root / "snippets"
    beside = (folder / section.path).parent
    if (beside / f"{top}.py").is_file():
        return f"Write import {top} as a statement, so that notebooks bring it along."
    for file in files_below(folder, f"{top}.py"):
        return (
            f"snippets/{file.relative_to(folder).as_posix()} is in another folder; a"
            f" lesson imports modules of snippets/{beside.relative_to(folder).as_posix()}/."
        )
    pins = pinned(root)
    package = OTHER_NAMES.get(top, top)
    if package in pins:
        return f"Install it: .venv/bin/pip install {pins[package]}"
    modules = {OTHER_NAMES.get(module, module): module for module in OTHER_NAMES}
    known = [file.stem for file in files_below(beside, "*.py")]
    known += [modules.get(pin, pin) for pin in pins]
    if close := difflib.get_close_matches(top, known, n=1):
        return f"Did you mean {close[0]}?"
    return (
        f"No dependency in pyproject.toml is called {package}: pin it there and run make"
        " test, which installs it, or do without it."
    )


def _no_name(root: Path, section: Section, name: str) -> str:
    """Say which other section of a snippet sets a name, if one does."""
    if name == "__file__":
        return "A notebook, which runs the same code, has no file: do without its path."
    for other in sections_of(root, section.path)[0].values():
        if other != section and (line := _line_that_sets(other, name)):
            where = f"snippets/{section.path}:{line}, section {other.name}"
            if line < section.line:
                return f"{where}, sets it: show that section before this one."
            return f"{where}, sets it later: set it before it is used."
    return "Define or import it before it is used."


def _line_that_sets(section: Section, name: str) -> int:
    """Return the line of its file on which a section sets a name; 0 if it does not."""
    try:
        tree = ast.parse(section.text)
    except SyntaxError:
        return 0
    lines = (line for line, named in _set_by(tree) if named == name)
    return next(lines, 1 - section.line) + section.line - 1


def _set_by(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names that statements set, outside functions and classes, and on which line."""
    for statement in tree.body:
        match statement:
            case ast.FunctionDef() | ast.ClassDef():
                yield statement.lineno, statement.name
                continue
            case ast.Import() | ast.ImportFrom():
                for alias in statement.names:
                    named = alias.asname or alias.name.partition(".")[0]
                    yield statement.lineno, named
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.lineno, node.id
