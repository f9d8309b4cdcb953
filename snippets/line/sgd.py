# --8<-- [start:setup]
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

torch.set_default_dtype(torch.float64)
x = torch.ones(5)  # (5,)
y = torch.zeros(3)  # (3,)


def start():
    torch.manual_seed(0)
    w = torch.randn(5, 3, requires_grad=True)  # (5, 3)
    b = torch.randn(3, requires_grad=True)  # (3,)
    return w, b


w, b = start()
z = x @ w + b  # (3,)
loss = binary_cross_entropy_with_logits(z, y)
loss.backward()
print(w.grad)
# --8<-- [end:setup]

# --8<-- [start:chance]
z = z.detach()
p = torch.sigmoid(z)  # (3,)
chance = (1 - p[0]) * (1 - p[1]) * (1 - p[2])
print(p)
print(f"chance of 0, 0, 0:  {chance:.6f}")
print(f"-ln(chance) / 3:    {-torch.log(chance) / 3:.6f}")
print(f"the loss:           {loss:.6f}")
# --8<-- [end:chance]

# --8<-- [start:logit]
print("nudged   (p - y) / 3")
for j in range(3):
    nudge = torch.zeros(3)
    nudge[j] = 1e-6
    up = binary_cross_entropy_with_logits(z + nudge, y)
    down = binary_cross_entropy_with_logits(z - nudge, y)
    slope = (up - down) / 2e-6
    print(f"{slope:.6f} {(p[j] - y[j]) / 3:.6f}")
# --8<-- [end:logit]

# --8<-- [start:outer]
by_hand = torch.outer(x, (p - y) / 3)  # (5, 3)
print(f"largest difference {(by_hand - w.grad).abs().max():.6f}")
# --8<-- [end:outer]

# --8<-- [start:no_minimum]
optimizer = torch.optim.SGD([w, b], lr=1.0)
for step in range(1, 10_001):
    z = x @ w + b
    loss = binary_cross_entropy_with_logits(z, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step in (1, 10, 100, 1000, 10_000):
        print(f"{step:5}: loss = {loss:.6f}, largest z = {z.max():.2f}")
# --8<-- [end:no_minimum]


# --8<-- [start:forget]
def five_losses(zero_grad):
    w, b = start()
    optimizer = torch.optim.SGD([w, b], lr=0.01)
    losses = []
    for _ in range(5):
        loss = binary_cross_entropy_with_logits(x @ w + b, y)
        if zero_grad:
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(f"{loss:.4f}")
    return losses


print("with zero_grad:")
print(*five_losses(True))
print("without:")
print(*five_losses(False))
# --8<-- [end:forget]

# --8<-- [start:all_points]
x = torch.tensor([1.0, 2.0, 3.0])  # (N,)
y = torch.tensor([3.0, 5.0, 7.0])  # (N,)


def fit(x, y, batches, lr):
    line = torch.zeros(2, requires_grad=True)  # a, b
    optimizer = torch.optim.SGD([line], lr=lr)
    path = [line.tolist()]
    for batch in batches:
        loss = mse_loss(line[0] * x[batch] + line[1], y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        path.append(line.tolist())
    return path


def show(path, steps):
    for step in steps:
        a, b = path[step]
        print(f"step {step:3}: a = {a:.4f}, b = {b:.4f}")


smooth = fit(x, y, [[0, 1, 2]] * 300, lr=0.1)
show(smooth, (1, 2, 3, 30, 300))
# --8<-- [end:all_points]

# --8<-- [start:one_point]
torch.manual_seed(0)
epochs = [torch.randperm(3) for _ in range(300)]
for epoch in epochs[:3]:
    print(epoch.tolist())
order = torch.cat(epochs).tolist()
noisy = fit(x, y, [[point] for point in order], lr=0.05)
show(noisy, (1, 2, 3, 30, 300, 900))
# --8<-- [end:one_point]

# --8<-- [start:paths]
import matplotlib.pyplot as plt

a = torch.linspace(1.9, 2.3, 81)  # (81,)
b = torch.linspace(0.65, 1.05, 81)[:, None]  # (81, 1)
losses = sum((a * xi + b - yi) ** 2 for xi, yi in zip(x, y)) / 3  # (81, 81)
levels = [0.0003, 0.003, 0.03]

figure, panels = plt.subplots(1, 2, figsize=(6.4, 4.2), sharey=True)
for axes, path in zip(panels, (smooth, noisy)):
    axes.contour(a, b[:, 0], losses, levels, colors="C0", linewidths=1)
    axes.plot(*zip(*path[:61]), color="C1", linewidth=1.5)
    axes.plot(2, 1, "*", color="C2", markersize=14)
    axes.set(xlabel="$a$", xticks=[1.9, 2, 2.1, 2.2])
    axes.set(xlim=(1.9, 2.3), ylim=(0.65, 1.05))
panels[0].set_ylabel("$b$")
plt.show()
# --8<-- [end:paths]

# --8<-- [start:four_points]
x4 = torch.tensor([1.0, 2.0, 3.0, 4.0])  # (4,)
y4 = torch.tensor([3.0, 5.0, 7.0, 8.0])  # (4,)
torch.manual_seed(0)
order = torch.cat([torch.randperm(4) for _ in range(2000)]).tolist()
for lr in (0.05, 0.005):
    path = fit(x4, y4, [[point] for point in order], lr)
    a, b = torch.tensor(path[-4000:]).T
    print(f"lr = {lr}")
    for name, values in (("a", a), ("b", b)):
        low, high, mean = values.min(), values.max(), values.mean()
        print(f"{name}: {low:.4f} to {high:.4f}, mean {mean:.4f}")
# --8<-- [end:four_points]

# --8<-- [start:other_inputs]
x = torch.tensor([1.0, 2.0, 0.0, -1.0, 0.5])  # (5,)
y = torch.tensor([0.0, 1.0, 0.0])  # (3,)
w, b = start()
z = x @ w + b
binary_cross_entropy_with_logits(z, y).backward()
for row in w.grad:
    print(*(f"{value:z7.4f}" for value in row))
by_hand = torch.outer(x, (torch.sigmoid(z) - y) / 3)
print(f"largest difference {(by_hand - w.grad).abs().max():.6f}")
# --8<-- [end:other_inputs]
