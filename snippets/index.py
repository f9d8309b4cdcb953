# --8<-- [start:points]
points = [(1, 3), (2, 5), (3, 7)]
# --8<-- [end:points]

# --8<-- [start:by_hand]
(x1, y1), (x2, y2), (x3, y3) = points
a = (y2 - y1) / (x2 - x1)
b = y1 - a * x1
print(f"a = {a}, b = {b}")
print(f"a * {x3} + b = {a * x3 + b}, y = {y3}")
# --8<-- [end:by_hand]

# --8<-- [start:line]
import matplotlib.pyplot as plt


def draw(points):
    plt.plot([0, 5], [b, 5 * a + b])
    for x, y in points:
        plt.plot(x, y, "o", color="C1")
    plt.xlabel("$x$")
    plt.ylabel("$y$")


draw(points)
plt.show()
# --8<-- [end:line]

# --8<-- [start:new_point]
x4, y4 = 4, 8
new_point = (x4, y4)
residual = y4 - (a * x4 + b)
print(f"a * {x4} + b = {a * x4 + b}, y = {y4}, residual = {residual}")

draw(points + [new_point])
plt.plot([x4, x4], [a * x4 + b, y4], "C4")
plt.text(x4 + 0.1, y4 + 0.3, f"${residual:.0f}$", color="C4")
plt.show()
# --8<-- [end:new_point]

# --8<-- [start:fit]
import torch
from torch.nn.functional import mse_loss


def fit(points):
    x, y = torch.tensor(points, dtype=torch.float64).T  # (N,), (N,)
    a = torch.zeros((), dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([a, b], lr=0.1)
    losses = []
    print("step       loss      a      b")
    for step in range(1, 501):
        prediction = a * x + b  # (N,)
        loss = mse_loss(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if step in (1, 2, 3, 30, 500):
            print(f"{step:4} {loss:10.6f} {a:.4f} {b:.4f}")
    return a.item(), b.item(), losses


a, b, losses = fit(points)
# --8<-- [end:fit]

# --8<-- [start:falling]
plt.semilogy(range(1, 101), losses[:100])
plt.ylabel("$L$")
plt.show()
# --8<-- [end:falling]

# --8<-- [start:validate]
prediction = a * x4 + b
loss = (prediction - y4) ** 2
print(f"prediction = {prediction:.4f}, y = {y4}, loss = {loss:.4f}")
# --8<-- [end:validate]

# --8<-- [start:four_points]
four_points = points + [new_point]
new_a, new_b, new_losses = fit(four_points)


def mean_loss(a, b, points):
    total = 0
    for x, y in points:
        total += (a * x + b - y) ** 2
    return total / len(points)


print("loss on       four points   (4, 8)")
before = mean_loss(a, b, four_points)
on_new = mean_loss(a, b, [new_point])
print(f"fit to three {before:12.4f} {on_new:8.4f}")
now = mean_loss(new_a, new_b, four_points)
on_new = mean_loss(new_a, new_b, [new_point])
print(f"fit to four {now:13.4f} {on_new:8.4f}")
# --8<-- [end:four_points]


# --8<-- [start:ready]
def f(x):
    return a * x + b


print(f"f(10) = {f(10):.4f}")
# --8<-- [end:ready]

# --8<-- [start:setup]
from torch.nn.functional import binary_cross_entropy_with_logits

torch.manual_seed(0)
x = torch.ones(5)  # (5,)
y = torch.zeros(3)  # (3,)
w = torch.randn(5, 3, requires_grad=True)  # (5, 3)
b = torch.randn(3, requires_grad=True)  # (3,)
optimizer = torch.optim.SGD([w, b], lr=0.01)
# --8<-- [end:setup]

# --8<-- [start:loop]
for step in range(1, 6):
    z = x @ w + b  # (3,)
    loss = binary_cross_entropy_with_logits(z, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"step {step}: loss = {loss:.4f}", w.grad, b.grad, sep="\n")
# --8<-- [end:loop]
