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
def new_network(activation, seed):
    torch.manual_seed(seed)
    w1, b1 = torch.randn(1, 8), torch.randn(8)
    w2, b2 = torch.randn(8, 1), torch.zeros(1)
    parameters = [w1, b1, w2, b2]
    for parameter in parameters:
        parameter.requires_grad_()

    def network(x):  # (N, 1)
        hidden = activation(x @ w1 + b1)  # (N, 8)
        return hidden @ w2 + b2  # (N, 1)

    return network, parameters


# --8<-- [end:network]


# --8<-- [start:train]
def train(activation, seed, lr=0.1):
    network, parameters = new_network(activation, seed)
    optimizer = torch.optim.SGD(parameters, lr=lr)
    for _ in range(5000):
        loss = mse_loss(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network, parameters, loss.item()


network, parameters, loss = train(torch.tanh, seed=0)
print(sum(p.numel() for p in parameters), "parameters")
with torch.no_grad():
    print(f"largest residual {(y - network(x)).abs().max():.4f}")
    print(f"at x = 5: {network(torch.tensor([[5.0]])).item():.4f}")
# --8<-- [end:train]

# --8<-- [start:between]
import matplotlib.pyplot as plt

wide = torch.linspace(0, 6, 121)[:, None]  # (121, 1)
with torch.no_grad():
    plt.plot(wide, cubic(wide))
    plt.plot(wide, network(wide))
plt.plot(x, y, "o", color="C2")
plt.ylim(0, 10)
plt.xlabel("$x$")
plt.ylabel("$y$")
plt.show()
# --8<-- [end:between]

# --8<-- [start:seeds]
new_x = torch.tensor([[2.5], [5.0]])
print("        f(2.5) f(5)")
print("cubic: ", *(f"{value:.4f}" for value in cubic(new_x).flatten()))
for seed in range(5):
    network, _, loss = train(torch.tanh, seed)
    with torch.no_grad():
        inside, outside = network(new_x).flatten()
    print(f"seed {seed}: {inside:.4f} {outside:.4f}, loss {loss:.6f}")
# --8<-- [end:seeds]

# --8<-- [start:no_activation]
network, (w1, b1, w2, b2), loss = train(lambda h: h, seed=0, lr=0.005)
a, b = w1 @ w2, b1 @ w2 + b2
print(f"loss {loss:.4f}, a = {a.item():.4f}, b = {b.item():.4f}")
with torch.no_grad():
    difference = (network(wide) - (a * wide + b)).abs().max()
print(f"largest difference {difference:.6f}")
# --8<-- [end:no_activation]

# --8<-- [start:relu]
print("seed    loss    f(5)  alive")
for seed in range(5):
    network, (w1, b1, *_), loss = train(torch.relu, seed, lr=0.018)
    with torch.no_grad():
        at_5 = network(torch.tensor([[5.0]])).item()
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
