"""Code cells of labs: code that stands in a page, and is run by the site build."""

import ast
import json
import re
import textwrap

# How jupytext saves letters that are not ASCII, and quotation marks. A backslash before
# any other letter is one of a formula.
_ESCAPED = re.compile(r'(?:\\u[0-9a-f]{4})+|\\["\\]', re.I)


def unescaped(text: str) -> str:
    """Return a text of a cell as it is read, whether jupytext has saved it or a person."""
    return _ESCAPED.sub(lambda found: json.loads(f'"{found[0]}"'), text)


def without_words(code: str) -> str:
    """What two languages must share of some code: all but strings and comments."""

    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:  # noqa: N802
            return ast.Constant("…") if isinstance(node.value, str) else node

    return textwrap.indent(ast.unparse(Blank().visit(ast.parse(code))), "    ")
