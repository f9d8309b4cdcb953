"""The numbers that a program rounds when it prints them, as they were before."""

import ast
import builtins
import math
from collections.abc import Iterator

NAME = "__rounded__"
MOST = 10_000  # numbers of one section
# Two runs of the same code may differ by so much, for an array may lie elsewhere in memory.
RELATIVE, ABSOLUTE = 1e-4, 1e-6


class Rounded(ast.NodeTransformer):
    """Lets code say each number that a format or `round` cuts; IPython calls it.

    Attributes:
        values: the numbers since the last call of `take`.
    """

    def __init__(self) -> None:
        self.values: list[float] = []
        setattr(builtins, NAME, self._see)  # not in the namespace of the code

    def take(self) -> list[float]:
        """Return the numbers since the last call."""
        values, self.values = self.values, []
        return values

    def _see(self, value: object) -> object:
        if len(self.values) < MOST:
            self.values += _numbers(value)
        return value

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:  # noqa: N802
        """See what a format writes: ``f"{x:.2f}"``, ``f"{int(x)}"``."""
        self.generic_visit(node)
        if node.format_spec:
            node.value = _seen(node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:  # noqa: N802
        """See the arguments of ``round(x)``, ``int(x)`` and ``"{:.2f}".format(x)``."""
        self.generic_visit(node)
        match node.func:
            case ast.Name(id="round" | "int" | "format"):
                node.args[:1] = map(_seen, node.args[:1])
            case ast.Attribute(value=ast.Constant(value=str()), attr="format"):
                node.args = [_seen(each) for each in node.args]
                for word in node.keywords:
                    word.value = _seen(word.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:  # noqa: N802
        """See what stands behind ``"%.2f" % x``."""
        self.generic_visit(node)
        match node:
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()):
                node.right = _seen(node.right)
        return node


def differ(first: list[float], second: list[float]) -> tuple[float, float] | None:
    """Return the first two numbers in which two runs differ, if they do."""
    for a, b in zip(first, second, strict=False):
        same = math.isclose(a, b, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        if not same and not (math.isnan(a) and math.isnan(b)):
            return a, b
    return None


def _seen(value: ast.expr) -> ast.expr:
    if isinstance(value, ast.Starred):
        return value
    name = ast.Name(NAME, ast.Load())
    call = ast.copy_location(ast.Call(name, [value], []), value)
    return ast.fix_missing_locations(call)


def _numbers(value: object) -> Iterator[float]:
    """Yield the numbers with decimals in what is printed: one, or some in a tuple."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _numbers(each)
    elif getattr(value, "ndim", None) == 0:  # of NumPy or PyTorch
        try:
            number = value.item()
        except (RuntimeError, NotImplementedError):
            return  # a tensor on the device "meta" has no value
        if isinstance(number, float):
            yield number
