# --8<-- [start:data]
import torch
from torch.nn.functional import mse_loss

torch.set_default_dtype(torch.float64)
x = torch.tensor([[1.0], [2.0], [3.0], [4.0]])  # (N, 1)
y = torch.tensor([[3.0], [5.0], [7.0], [8.0]])  # (N, 1)
# --8<-- [end:data]

# --8<-- [start:cubic]
powers = torch.arange(4)  # (4,)
print(x**powers)  # (N, 4)
coefficients = torch.linalg.solve(x**powers, y)  # (4, 1)


def cubic(x):
    return x**powers @ coefficients


print(f"largest residual {(y - cubic(x)).abs().max():.6f}")
print(f"at x = 5: {cubic(torch.tensor([[5.0]])).item():.4f}")
# --8<-- [end:cubic]


# --8<-- [start:network]
def new_parameters(seed, inputs=1):
    torch.manual_seed(seed)
    w1 = torch.randn(inputs, 8, requires_grad=True)
    b1 = torch.randn(8, requires_grad=True)
    w2 = torch.randn(8, 1, requires_grad=True)
    b2 = torch.zeros(1, requires_grad=True)
    return [w1, b1, w2, b2]


def network(x, parameters, activation=torch.tanh):
    w1, b1, w2, b2 = parameters
    hidden = activation(x @ w1 + b1)  # (N, 8)
    return hidden @ w2 + b2  # (N, 1)


# --8<-- [end:network]


# --8<-- [start:train]
def train(seed, activation=torch.tanh, lr=0.1):
    parameters = new_parameters(seed)
    optimizer = torch.optim.SGD(parameters, lr=lr)
    for _ in range(5000):
        loss = mse_loss(network(x, parameters, activation), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return parameters, loss.item()


trained, loss = train(seed=0)
five = torch.tensor([[5.0]])
print(sum(p.numel() for p in trained), "parameters")
with torch.no_grad():
    residuals = y - network(x, trained)
    print(f"largest residual {residuals.abs().max():.4f}")
    print(f"at x = 5: {network(five, trained).item():.4f}")
# --8<-- [end:train]

# --8<-- [start:hidden]
import matplotlib.pyplot as plt

wide = torch.linspace(0, 6, 61)[:, None]  # (61, 1)
w1, b1, w2, b2 = trained
with torch.no_grad():
    lines = wide @ w1 + b1  # (61, 8)
    weighted = torch.tanh(lines) * w2[:, 0]  # (61, 8)
    total = weighted.sum(1) + b2  # (61,)
figure, panels = plt.subplots(1, 3, figsize=(7.2, 2.9))
for axes, curves in zip(panels, (lines, weighted, total)):
    axes.plot(wide, curves, linewidth=1.5)
    axes.set(xlabel="$x$", xticks=[0, 2, 4, 6])
panels[0].set_ylim(-4, 4)
panels[1].set_ylim(-4, 4)
panels[2].plot(x, y, "o", color="C2")
panels[2].set_ylim(0, 10)
plt.show()
# --8<-- [end:hidden]

# --8<-- [start:between]
with torch.no_grad():
    plt.plot(wide, cubic(wide))
    plt.plot(wide, network(wide, trained))
plt.plot(x, y, "o", color="C2")
plt.ylim(0, 10)
plt.xlabel("$x$")
plt.ylabel("$y$")
plt.show()
# --8<-- [end:between]

# --8<-- [start:seeds]
new_x = torch.tensor([[2.5], [5.0]])
print("        f(2.5) f(5)")
inside, outside = cubic(new_x).flatten()
print(f"cubic:  {inside:.4f} {outside:.4f}")
for seed in range(5):
    parameters, loss = train(seed)
    with torch.no_grad():
        inside, outside = network(new_x, parameters).flatten()
    print(f"seed {seed}: {inside:.4f} {outside:.4f}, loss {loss:.6f}")
# --8<-- [end:seeds]


# --8<-- [start:no_activation]
def unbent(h):
    return h


_, loss = train(0, unbent)
print(f"lr = 0.1:   loss {loss}")
parameters, loss = train(0, unbent, lr=0.005)
print(f"lr = 0.005: loss {loss:.4f}")
w1, b1, w2, b2 = parameters
a, b = w1 @ w2, b1 @ w2 + b2
print(f"a = {a.item():.4f}, b = {b.item():.4f}")
with torch.no_grad():
    left = network(wide, parameters, unbent) - (a * wide + b)
print(f"largest difference {left.abs().max():.6f}")
# --8<-- [end:no_activation]

# --8<-- [start:found]
from torch.nn.functional import binary_cross_entropy_with_logits


def same_sign(n):
    points = torch.rand(n, 2) * 2 - 1  # (n, 2)
    product = points[:, :1] * points[:, 1:]  # (n, 1)
    return points, (product > 0).double()


torch.manual_seed(0)
seen, classes = same_sign(200)
new, new_classes = same_sign(1000)


def count(seed, first):
    parameters = new_parameters(seed, inputs=2)
    optimizer = torch.optim.SGD(parameters[first:], lr=1.0)
    for _ in range(2000):
        z = network(seen, parameters)
        loss = binary_cross_entropy_with_logits(z, classes)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = (network(new, parameters) > 0) == (new_classes > 0)
    return right.sum().item()


print(int(new_classes.sum()), "of the new are 1")
print("as drawn:", *(count(seed, 2) for seed in range(5)))
print("trained: ", *(count(seed, 0) for seed in range(5)))
# --8<-- [end:found]

# --8<-- [start:relu]
print("seed    loss    f(5)  alive")
for seed in range(5):
    parameters, loss = train(seed, torch.relu, lr=0.018)
    w1, b1, w2, b2 = parameters
    with torch.no_grad():
        at_5 = network(five, parameters, torch.relu).item()
    alive = (x @ w1 + b1 > 0).any(dim=0).sum()
    print(f"{seed:4} {loss:7.4f} {at_5:7.4f} {alive:6}")
# --8<-- [end:relu]

# --8<-- [start:leave_one_out]
for terms in (2, 3):
    A = x ** powers[:terms]  # (4, terms)
    residuals = []
    for i in range(4):
        rest = torch.arange(4) != i
        solution = torch.linalg.lstsq(A[rest], y[rest]).solution
        residuals.append((y[i] - A[i] @ solution).item())
    mean_square = sum(r**2 for r in residuals) / 4
    print(f"{terms} parameters: mean square {mean_square:.4f}")
    print(*(f"{r:.4f}" for r in residuals))
# --8<-- [end:leave_one_out]
