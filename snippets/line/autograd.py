# --8<-- [start:by_hand]
a, b, x, y = 1.0, 0.5, 3.0, 7.0
u = a * x
v = u + b
e = v - y
loss = e**2
print(f"u = {u}, v = {v}, e = {e}, loss = {loss}")

de = 2 * e
dv = de * 1
db = dv * 1
du = dv * 1
da = du * x
print(f"de = {de}, dv = {dv}, db = {db}")
print(f"du = {du}, da = {da}")
# --8<-- [end:by_hand]


# --8<-- [start:nudge]
def slope(f, a, h=1e-6):
    return (f(a + h) - f(a - h)) / (2 * h)


print(f"{slope(lambda a: (a * x + b - y) ** 2, a):.4f}")
# --8<-- [end:nudge]


# --8<-- [start:small]
class Number:
    def __init__(self, data, parents=(), local_grads=()):
        self.data = data
        self.parents = parents
        self.local_grads = local_grads
        self.grad = 0.0

    def __add__(self, other):
        total = self.data + other.data
        return Number(total, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        product = self.data * other.data
        return Number(product, (self, other), (other.data, self.data))

    def backward(self, grad):
        self.grad += grad
        for parent, local_grad in zip(self.parents, self.local_grads):
            parent.backward(grad * local_grad)


# --8<-- [end:small]

# --8<-- [start:small_run]
a, b = Number(1.0), Number(0.5)
e = a * Number(3.0) + b + Number(-7.0)
loss = e * e
loss.backward(1.0)
print(f"loss = {loss.data}, da = {a.grad}, db = {b.grad}")
# --8<-- [end:small_run]

# --8<-- [start:engine]
from engine import Value

a, b = Value(1.0), Value(0.5)
u = a * x
v = u + b
e = v - y
loss = e**2
loss.backward()
print(f"loss = {loss.data}, da = {a.grad}, db = {b.grad}")
# --8<-- [end:engine]

# --8<-- [start:graph]
import matplotlib.pyplot as plt

drawn = {a: ("a", 0, 4), b: ("b", 1, 3), u: ("u=ax", 0, 3)}
drawn |= {v: ("v=u+b", 0, 2), e: ("e=v-y", 0, 1), loss: ("L=e^2", 0, 0)}
style = {"ha": "center", "va": "center", "size": 14}
frame = {"boxstyle": "round,pad=0.4", "fc": "none", "ec": "gray"}
arrow = {"arrowstyle": "->", "color": "gray"}
plt.figure(figsize=(4.6, 4.8))
for value, (name, x1, y1) in drawn.items():
    text = f"${name}$     ${value.data:g}$"
    plt.text(x1, y1, text, bbox=frame, **style)
    plt.text(x1 - 0.16, y1 + 0.34, f"${value.grad:g}$", color="C1", **style)
    for parent, factor in zip(value.parents, value.local_grads):
        if parent in drawn:
            _, x0, y0 = drawn[parent]
            end = (x1 + (x0 - x1) / 8, y1 + 0.2)
            plt.annotate("", end, (x0, y0 - 0.2), arrowprops=arrow)
            x2, y2 = (x0 + x1) / 2 + 0.17, (y0 + y1) / 2 - 0.08
            plt.text(x2, y2, rf"$\times{{{factor:g}}}$", color="C0", **style)
plt.axis((-0.6, 1.4, -0.3, 4.5))
plt.axis("off")
plt.show()
# --8<-- [end:graph]


# --8<-- [start:expression]
def expression(a, b):
    c = (a * b + 1).tanh()
    return (c * a - b**3) ** 2 + 2 * c


def by_engine(a, b):
    a, b = Value(a), Value(b)
    expression(a, b).backward()
    return a.grad, b.grad


# --8<-- [end:expression]

# --8<-- [start:compare]
import torch

torch.set_default_dtype(torch.float64)


def by_torch(a, b):
    a = torch.tensor(a, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    expression(a, b).backward()
    return a.grad.item(), b.grad.item()


def result(a, b):
    return expression(Value(a), Value(b)).data


def by_nudge(a, b):
    return slope(lambda a: result(a, b), a), slope(lambda b: result(a, b), b)


def show(name, gradient):
    da, db = gradient
    print(f"{name:7} da = {da:.6f}, db = {db:.6f}")


show("engine", by_engine(0.4, -1.2))
show("PyTorch", by_torch(0.4, -1.2))
show("nudge", by_nudge(0.4, -1.2))
# --8<-- [end:compare]

# --8<-- [start:line]
points = [(1, 3), (2, 5), (3, 7)]
a, b = Value(0.0), Value(0.0)
for step in range(1, 301):
    loss = sum((a * x + b - y) ** 2 for x, y in points) / 3
    a.grad = b.grad = 0.0
    loss.backward()
    a.data -= 0.1 * a.grad
    b.data -= 0.1 * b.grad
    if step in (1, 2, 3, 30, 300):
        print(f"step {step:3}: a = {a.data:.4f}, b = {b.data:.4f}")
# --8<-- [end:line]

# --8<-- [start:grad_fn]
a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
loss = (a * 3 + b - 7) ** 2
node = loss.grad_fn
print(type(node).__name__)
while node.next_functions:
    node = node.next_functions[0][0]
    print(type(node).__name__)
# --8<-- [end:grad_fn]

# --8<-- [start:recorded]
plain = torch.tensor(1.0)
print((plain * 3 - 7).grad_fn)
print((plain * 3 - b).requires_grad)
try:
    (plain * 3 - 7).backward()
except RuntimeError as error:
    print(str(error).replace(" and ", "\nand "))
# --8<-- [end:recorded]

# --8<-- [start:accumulate]
for _ in range(3):
    loss = (a * 3 + b - 7) ** 2
    loss.backward()
    print(a.grad, b.grad)
# --8<-- [end:accumulate]

# --8<-- [start:walk_twice]
from textwrap import fill

u = a * 3
first = (u + b - 7) ** 2
first.backward()
second = (u + b - 7) ** 2
try:
    second.backward()
except RuntimeError as error:
    print(fill(str(error).split(". ")[0], 38))
# --8<-- [end:walk_twice]

# --8<-- [start:no_grad]
with torch.no_grad():
    prediction = a * 3 + b
print(prediction, prediction.requires_grad)
print((a * 3 + b).detach().requires_grad)
try:
    a -= 0.1 * a.grad
except RuntimeError as error:
    print(fill(str(error), 40))
# --8<-- [end:no_grad]


# --8<-- [start:forget]
def fit(forget):
    a = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for step in range(1, 301):
        loss = sum((a * x + b - y) ** 2 for x, y in points) / 3
        if not forget:
            a.grad = b.grad = None
        loss.backward()
        with torch.no_grad():
            a -= 0.1 * a.grad
            b -= 0.1 * b.grad
        if step in (1, 2, 3, 4, 300):
            print(f"{step:4} {a:8.4f} {b:8.4f} {loss:8.4f}")


for forget in (False, True):
    print(f"forget = {forget}\nstep        a        b     loss")
    fit(forget)
# --8<-- [end:forget]


# --8<-- [start:relu]
def relu(value):
    return Value(max(value.data, 0.0), (value,), (float(value.data > 0),))


for start in (-2.0, 3.0):
    ours = Value(start)
    relu(ours * 5).backward()
    theirs = torch.tensor(start, requires_grad=True)
    torch.relu(theirs * 5).backward()
    print(f"at {start}: {ours.grad}, PyTorch {theirs.grad}")
# --8<-- [end:relu]

# --8<-- [start:cut]
a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
loss = ((a * 3).detach() + b - 7) ** 2
loss.backward()
print(loss.item(), a.grad, b.grad)
# --8<-- [end:cut]
