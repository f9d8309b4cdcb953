# --8<-- [start:value]
from __future__ import annotations

import math


class Value:
    """A number that remembers what it was computed from."""

    def __init__(
        self,
        data: float,
        parents: tuple[Value, ...] = (),
        local_grads: tuple[float, ...] = (),
    ) -> None:
        """Keep the number, its parents, its derivative with respect to each."""
        self.data = data
        self.parents = parents
        self.local_grads = local_grads
        self.grad = 0.0

    def __repr__(self) -> str:
        """Show the number and its gradient."""
        return f"Value({self.data}, grad={self.grad})"

    # --8<-- [end:value]

    # --8<-- [start:operations]
    def __add__(self, other: Value | float) -> Value:
        """Add: the sum changes as much as either summand."""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: Value | float) -> Value:
        """Multiply: one factor changes the product by the other."""
        other = other if isinstance(other, Value) else Value(other)
        product = self.data * other.data
        return Value(product, (self, other), (other.data, self.data))

    def __pow__(self, power: float) -> Value:
        """Raise to a power that is a plain number."""
        local_grad = power * math.pow(self.data, power - 1) if power else 0.0
        return Value(math.pow(self.data, power), (self,), (local_grad,))

    def tanh(self) -> Value:
        """Apply tanh, an S-shaped curve from -1 to 1."""
        result = math.tanh(self.data)
        return Value(result, (self,), (1 - result**2,))

    # --8<-- [end:operations]

    # --8<-- [start:derived]
    def __neg__(self) -> Value:
        """Change the sign."""
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        """Subtract."""
        return self + -other

    def __rsub__(self, other: float) -> Value:
        """Subtract from a plain number."""
        return -self + other

    def __truediv__(self, other: Value | float) -> Value:
        """Divide."""
        return self * other**-1

    __radd__ = __add__
    __rmul__ = __mul__
    # --8<-- [end:derived]

    # --8<-- [start:backward]
    def backward(self) -> None:
        """Set `grad` of all results behind this value; add to it at leaves."""
        order = self.graph()
        for value in order:
            if value.parents:
                value.grad = 0.0
        self.grad += 1.0
        for value in reversed(order):
            for parent, local_grad in zip(value.parents, value.local_grads):
                parent.grad += local_grad * value.grad

    def graph(self) -> list[Value]:
        """List this value and all behind it, parents first."""
        order: list[Value] = []
        seen: set[Value] = set()
        stack = [(self, False)]
        while stack:
            value, parents_listed = stack.pop()
            if parents_listed:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack.extend((parent, False) for parent in value.parents)
        return order

    # --8<-- [end:backward]
