# --8<-- [start:data]
from fractions import Fraction
from itertools import combinations

points = [(1, 3), (2, 5), (3, 7), (4, 8)]
# --8<-- [end:data]

# --8<-- [start:pairs]
for (x1, y1), (x2, y2) in combinations(points, 2):
    a = Fraction(y2 - y1, x2 - x1)
    b = y1 - a * x1
    hits = sum(a * x + b == y for x, y in points)
    print(f"y = {a} x + {b} meets {hits} of 4 points")
# --8<-- [end:pairs]


# --8<-- [start:residuals]
def residuals(a, b):
    return [y - (a * x + b) for x, y in points]


for a, b in [(2, 1), (Fraction(5, 3), Fraction(4, 3))]:
    print(f"y = {a} x + {b}:", *residuals(a, b))
# --8<-- [end:residuals]

# --8<-- [start:bars]
import matplotlib.pyplot as plt


def draw(axes, a, b):
    x = [xi for xi, _ in points]
    y = [yi for _, yi in points]
    axes.plot([0.5, 4.5], [0.5 * a + b, 4.5 * a + b])
    axes.vlines(x, [a * xi + b for xi in x], y, color="C4", linewidth=5)
    axes.plot(x, y, "o", color="C1")
    axes.set_xlabel("$x$")


figure, (left, right) = plt.subplots(1, 2, figsize=(6, 3.2), sharey=True)
draw(left, 2, 1)
draw(right, 5 / 3, 4 / 3)
left.set_ylabel("$y$")
plt.show()
# --8<-- [end:bars]


# --8<-- [start:yardsticks]
def largest(a, b):
    return max(abs(r) for r in residuals(a, b))


def absolute(a, b):
    return sum(abs(r) for r in residuals(a, b)) / Fraction(len(points))


def squared(a, b):
    return sum(r**2 for r in residuals(a, b)) / Fraction(len(points))


yardsticks = [largest, absolute, squared]
for a, b in [(2, 1), (Fraction(5, 3), Fraction(4, 3))]:
    print(f"y = {a} x + {b}")
    for yardstick in yardsticks:
        print(f"  {yardstick.__name__} {yardstick(a, b)}")
# --8<-- [end:yardsticks]

# --8<-- [start:search]
thirtieths = [Fraction(i, 30) for i in range(151)]
grid = [(a, b) for a in thirtieths[:91] for b in thirtieths]
for yardstick in yardsticks:
    losses = [yardstick(a, b) for a, b in grid]
    lowest = min(losses)
    best = [line for line, loss in zip(grid, losses) if loss == lowest]
    print(f"{yardstick.__name__}: {lowest}, reached by {len(best)} of {len(grid)}")
    if len(best) == 1:
        a, b = best[0]
        print(f"  y = {a} x + {b}")
    else:
        print(f"  y = 2 x + 1 is one of them: {(2, 1) in best}")
# --8<-- [end:search]

# --8<-- [start:balance]
for a, b in [(2, 1), (Fraction(17, 10), Fraction(3, 2))]:
    r1, r2, r3, r4 = residuals(a, b)
    print(f"y = {a} x + {b}:", r1, r2, r3, r4)
    print("  sum of r", r1 + r2 + r3 + r4)
    print("  sum of r x", r1 * 1 + r2 * 2 + r3 * 3 + r4 * 4)
# --8<-- [end:balance]

# --8<-- [start:normal_equations]
import torch

A = torch.tensor([[x, 1] for x, _ in points], dtype=torch.float64)  # (N, 2)
y = torch.tensor([y for _, y in points], dtype=torch.float64)  # (N,)
print(A.T @ A)  # (2, 2)
print(A.T @ y)  # (2,)
solution = torch.linalg.solve(A.T @ A, A.T @ y)  # (2,)
print(f"a = {solution[0]:.4f}, b = {solution[1]:.4f}")
# --8<-- [end:normal_equations]

# --8<-- [start:lstsq]
ready_made = torch.linalg.lstsq(A, y).solution  # (2,)
print(f"a = {ready_made[0]:.4f}, b = {ready_made[1]:.4f}")
print(f"largest difference {(ready_made - solution).abs().max():.10f}")
a, b = ready_made.tolist()
before = float(squared(2, 1))
print(f"mean squared error {squared(a, b):.4f}, before {before:.4f}")
# --8<-- [end:lstsq]

# --8<-- [start:best]
figure, (left, right) = plt.subplots(1, 2, figsize=(6, 3.2))
draw(left, a, b)
left.set_ylabel("$y$")
right.bar([1, 2, 3, 4], residuals(a, b), width=0.2, color="C4")
right.axhline(0, color="gray", linewidth=1)
right.set_xlabel("$x$")
right.set_ylabel("$r$")
plt.show()
# --8<-- [end:best]

# --8<-- [start:no_square]
for a, b in [(0, 5.75), (0, 100)]:
    print(f"y = {a} x + {b}: {sum(residuals(a, b))}")
# --8<-- [end:no_square]

# --8<-- [start:typo]
y_typo = torch.tensor([3.0, 5.0, 7.0, 80.0], dtype=torch.float64)
a, b = torch.linalg.lstsq(A, y_typo).solution.tolist()
print(f"a = {a:.4f}, b = {b:.4f}")
for xi in (1, 2, 3, 4):
    print(f"x = {xi}: {a * xi + b:.4f}")
# --8<-- [end:typo]

# --8<-- [start:fifth]
a, b = solution.tolist()
points.append((5, 10))
A = torch.tensor([[xi, 1] for xi, _ in points], dtype=torch.float64)  # (5, 2)
y = torch.tensor([yi for _, yi in points], dtype=torch.float64)  # (5,)
a5, b5 = torch.linalg.lstsq(A, y).solution.tolist()
print(f"at x = 5 the line says {a * 5 + b:.4f}")
print(f"a = {a5:.4f}, b = {b5:.4f}")
print(f"mean squared error {squared(a5, b5):.4f}")
# --8<-- [end:fifth]
