"""Code cells of labs: code that stands in a page, and is run by the site build."""

import ast
import json
import re
import textwrap
from itertools import zip_longest

# Where statements hold others.
PARTS = ("body", "handlers", "orelse", "finalbody")

# How jupytext saves letters that are not ASCII, and quotation marks. A backslash before
# any other letter is one of a formula.
_ESCAPED = re.compile(r'(?:\\u[0-9a-f]{4})+|\\["\\]', re.I)


def unescaped(text: str) -> str:
    """Return a text of a cell as it is read, whether jupytext has saved it or a person."""
    return _ESCAPED.sub(lambda found: json.loads(f'"{found[0]}"'), text)


def without_words(code: str) -> str:
    """What two languages must share of some code: all but strings and comments."""
    return textwrap.indent(ast.unparse(_blank(code)), "    ")


def difference(
    ours: str, theirs: str
) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """Find the first statement in which the code of two languages differs.

    Args:
        ours: a cell, without syntax errors.
        theirs: the cell in the other language.

    Returns:
        Of each, the line in its cell and that line without words; where one has no such
        statement, 0 and "nothing". None if they do not differ.
    """
    return _difference(_blank(ours), _blank(theirs))


def _blank(code: str) -> ast.Module:
    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:  # noqa: N802
            blank = ast.Constant("…") if isinstance(node.value, str) else node
            return ast.copy_location(blank, node)

    return Blank().visit(ast.parse(code))


def _difference(ours: ast.AST, theirs: ast.AST):
    for part in PARTS:
        for a, b in zip_longest(getattr(ours, part, []), getattr(theirs, part, [])):
            if a and b and ast.unparse(a) == ast.unparse(b):
                continue
            inside = a and b and _first_line(a) == _first_line(b) and _difference(a, b)
            return inside or (_shown(a), _shown(b))
    return None


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).strip().partition("\n")[0]


def _shown(node: ast.AST | None) -> tuple[int, str]:
    return (node.lineno, _first_line(node)) if node else (0, "nothing")
