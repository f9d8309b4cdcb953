"""Code cells of labs: code that stands in a page, and is run by the site build."""

import ast
import textwrap


def without_words(code: str) -> str:
    """What two languages must share of some code: all but strings and comments."""

    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:  # noqa: N802
            return ast.Constant("…") if isinstance(node.value, str) else node

    return textwrap.indent(ast.unparse(Blank().visit(ast.parse(code))), "    ")
