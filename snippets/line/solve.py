# --8<-- [start:data]
points = [(1, 3), (2, 5), (3, 7)]
(x1, y1), (x2, y2), (x3, y3) = points
# --8<-- [end:data]

# --8<-- [start:substitute]
a = (y2 - y1) / (x2 - x1)
b = y1 - a * x1
print(f"a = {a}, b = {b}")
# --8<-- [end:substitute]

# --8<-- [start:matrix]
import torch

A = torch.tensor([[x1, 1], [x2, 1]], dtype=torch.float64)  # (2, 2)
y = torch.tensor([y1, y2], dtype=torch.float64)  # (2,)
solution = torch.linalg.solve(A, y)  # (2,)
print(f"a = {solution[0]:.4f}, b = {solution[1]:.4f}")
# --8<-- [end:matrix]

# --8<-- [start:back]
for value in A @ solution:
    print(f"{value:.4f}")
# --8<-- [end:back]

# --8<-- [start:check]
print(f"a * {x3} + b = {a * x3 + b}, y = {y3}")
# --8<-- [end:check]

# --8<-- [start:line]
import matplotlib.pyplot as plt

plt.plot([0, 4], [b, 4 * a + b])
plt.plot([x1, x2], [y1, y2], "o")
plt.plot(x3, y3, "o", color="C1", fillstyle="none", markersize=10, mew=2)
plt.xlabel("$x$")
plt.ylabel("$y$")
plt.show()
# --8<-- [end:line]


# --8<-- [start:other]
def line(x):
    return a * x + b


def other(x):
    return line(x) + (x - 1) * (x - 2) * (x - 3)


for x in (1, 2, 3, 4):
    print(f"x = {x}: line {line(x):4.1f}, other {other(x):4.1f}")
# --8<-- [end:other]

# --8<-- [start:two_answers]
x = torch.linspace(0.6, 4, 100)
plt.plot(x, line(x))
plt.plot(x, other(x))
plt.plot([x1, x2, x3], [y1, y2, y3], "o", color="C2")
plt.xlabel("$x$")
plt.ylabel("$y$")
plt.show()
# --8<-- [end:two_answers]

# --8<-- [start:same_x]
from textwrap import fill

A = torch.tensor([[2.0, 1.0], [2.0, 1.0]])
y = torch.tensor([5.0, 6.0])
try:
    torch.linalg.solve(A, y)
except torch.linalg.LinAlgError as error:
    print(fill(str(error), 34))
# --8<-- [end:same_x]

# --8<-- [start:parabola]
A = torch.tensor([[x**2, x, 1] for x, _ in points], dtype=torch.float64)
y = torch.tensor([y1, y2, y3], dtype=torch.float64)
for value in torch.linalg.solve(A, y):
    print(f"{value:z.4f}")  # z: no minus sign before a zero
# --8<-- [end:parabola]

# --8<-- [start:close]
for x in (2, 1.1, 1.004, 1.001):
    y = round(line(x), 2)
    print(f"x = {x:5}, y = {y:.2f}: a = {(y - y1) / (x - x1):.4f}")
# --8<-- [end:close]
