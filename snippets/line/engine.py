# --8<-- [start:value]
import math


class Value:
    """A number that remembers what it was computed from."""

    def __init__(self, data, parents=(), local_grads=()):
        """Keep the number, its parents, its derivative with respect to each."""
        self.data = data
        self.parents = parents
        self.local_grads = local_grads
        self.grad = 0.0

    def __repr__(self):
        """Show the number and its gradient."""
        return f"Value({self.data}, grad={self.grad})"

    # --8<-- [end:value]

    # --8<-- [start:operations]
    def __add__(self, other):
        """Add: the sum changes as much as either summand."""
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        """Multiply: one factor changes the product by the other."""
        other = as_value(other)
        product = self.data * other.data
        return Value(product, (self, other), (other.data, self.data))

    def __pow__(self, power):
        """Raise to a power that is a plain number."""
        result = math.pow(self.data, power)
        local_grad = 0.0
        if power != 0:
            local_grad = power * math.pow(self.data, power - 1)
        return Value(result, (self,), (local_grad,))

    def tanh(self):
        """Apply tanh, an S-shaped curve from -1 to 1."""
        result = math.tanh(self.data)
        return Value(result, (self,), (1 - result**2,))

    # --8<-- [end:operations]

    # --8<-- [start:derived]
    def __neg__(self):
        """Change the sign: -a."""
        return self * -1

    def __sub__(self, other):
        """Subtract: a - b and a - 1."""
        return self + -other

    def __truediv__(self, other):
        """Divide: a / b and a / 2."""
        return self * other**-1

    def __radd__(self, other):
        """Add to a plain number: 1 + a."""
        return self + other

    def __rmul__(self, other):
        """Multiply a plain number: 2 * a."""
        return self * other

    def __rsub__(self, other):
        """Subtract from a plain number: 1 - a."""
        return -self + other

    # --8<-- [end:derived]

    # --8<-- [start:backward]
    def backward(self):
        """Set `grad` of all results behind this value; add to it at leaves."""
        order = self.graph()
        for value in order:
            if value.parents:
                value.grad = 0.0
        self.grad += 1.0
        for value in reversed(order):
            for parent, local_grad in zip(value.parents, value.local_grads):
                parent.grad += local_grad * value.grad

    def graph(self):
        """List this value and all behind it, parents first."""
        order = []
        seen = set()
        stack = [(self, False)]
        while stack:
            value, parents_listed = stack.pop()
            if parents_listed:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                for parent in value.parents:
                    stack.append((parent, False))
        return order


def as_value(number):
    """Make a plain number a Value; leave a Value as it is."""
    if isinstance(number, Value):
        return number
    return Value(number)


# --8<-- [end:backward]
