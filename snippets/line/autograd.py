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

nodes = {a: ("$a$", 0, 4), b: ("$b$", 1, 3), u: ("$u=ax$", 0, 3)}
nodes |= {v: ("$v=u+b$", 0, 2), e: ("$e=v-y$", 0, 1)}
nodes[loss] = ("$L=e^2$", 0, 0)
figure, axes = plt.subplots(figsize=(4.6, 4.8))
frame = {"boxstyle": "round,pad=0.4", "fc": "none", "ec": "gray"}
center = {"ha": "center", "va": "center", "size": 14}
boxes = {}
for value, (name, x0, y0) in nodes.items():
    label = f"{name}     ${value.data:g}$"
    boxes[value] = axes.text(x0, y0, label, bbox=frame, **center).get_bbox_patch()
    axes.text(x0 - 0.16, y0 + 0.34, f"${value.grad:g}$", color="C1", **center)
for value, (_, x0, y0) in nodes.items():
    for parent, local_grad in zip(value.parents, value.local_grads):
        if parent in nodes:
            _, x1, y1 = nodes[parent]
            arrow = {"arrowstyle": "->", "color": "gray"}
            arrow |= {"patchA": boxes[parent], "patchB": boxes[value]}
            axes.annotate("", (x0, y0), (x1, y1), arrowprops=arrow)
            middle = (x0 + x1) / 2 + 0.15, (y0 + y1) / 2 - 0.05
            axes.text(*middle, rf"$\times{{{local_grad:g}}}$", color="C0", **center)
axes.set(xlim=(-0.6, 1.4), ylim=(-0.3, 4.5))
axes.axis("off")
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


def by_torch(a, b):
    a = torch.tensor(a, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    expression(a, b).backward()
    return a.grad.item(), b.grad.item()


def by_nudge(a, b):
    da = slope(lambda a: expression(Value(a), Value(b)).data, a)
    db = slope(lambda b: expression(Value(a), Value(b)).data, b)
    return da, db


for way in (by_engine, by_torch, by_nudge):
    da, db = way(0.4, -1.2)
    print(f"{way.__name__:9} da = {da:.6f}, db = {db:.6f}")
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
while node:
    print(type(node).__name__, len(node.next_functions))
    node = node.next_functions[0][0] if node.next_functions else None
# --8<-- [end:grad_fn]

# --8<-- [start:accumulate]
for _ in range(3):
    loss = (a * 3 + b - 7) ** 2
    loss.backward()
    print(a.grad, b.grad)
# --8<-- [end:accumulate]

# --8<-- [start:no_grad]
from textwrap import fill

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
    a = torch.zeros((), dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
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
    print(f"at {start}: {ours.grad}, torch {theirs.grad}")
# --8<-- [end:relu]

# --8<-- [start:cut]
a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
loss = ((a * 3).detach() + b - 7) ** 2
loss.backward()
print(loss.item(), a.grad, b.grad)
# --8<-- [end:cut]
