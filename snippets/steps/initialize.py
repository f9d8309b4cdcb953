# --8<-- [start:data]
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from digits import Digits
from models import MLP

torch.set_default_dtype(torch.float64)
train = Digits("train")
x, y = train.images, train.labels  # (1197, 64), (1197,)


def descend(model, steps, lr, x=x, y=y):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        loss = cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


# --8<-- [end:data]

# --8<-- [start:default]
torch.manual_seed(0)
layer = nn.Linear(64, 32)
torch.manual_seed(0)
by_hand = (2 * torch.rand(32, 64) - 1) / 64**0.5
print(f"largest difference {(layer.weight - by_hand).abs().max():.6f}")
print(f"largest weight {layer.weight.abs().max():.4f}")
# --8<-- [end:default]

# --8<-- [start:zeros]
print("start   loss  difference between units")
for start in (0.0, 0.1, "random"):
    torch.manual_seed(0)
    model = MLP()
    if start != "random":
        for parameter in model.parameters():
            nn.init.constant_(parameter, start)
    loss = descend(model, 100, lr=0.5)
    W = model.hidden.weight.detach()  # (32, 64)
    print(f"{start!s:6} {loss:.4f} {(W - W[0]).abs().max():10.6f}")
# --8<-- [end:zeros]


# --8<-- [start:layers]
def signal(std, layers=20, width=256):
    torch.manual_seed(0)
    h = torch.randn(500, width)
    sizes = []
    for _ in range(layers):
        W = std * torch.randn(width, width)
        h = torch.relu(h @ W.T)  # (500, width)
        sizes.append((h**2).mean().sqrt().item())
    return sizes


fitting = (2 / 256) ** 0.5
print("std      layer 1   layer 10   layer 20")
for std in (fitting / 2, fitting, fitting * 2):
    sizes = signal(std)
    print(f"{std:.4f}", *(f"{sizes[i]:10.4g}" for i in (0, 9, 19)))
# --8<-- [end:layers]

# --8<-- [start:twenty]
import matplotlib.pyplot as plt

for std in (fitting / 2, fitting, fitting * 2):
    plt.semilogy(range(1, 21), signal(std), ".-")
plt.xticks([1, 5, 10, 15, 20])
plt.xlabel("$l$")
plt.ylabel(r"$\sqrt{\overline{h^2}}$")
plt.show()
# --8<-- [end:twenty]

# --8<-- [start:rule]
torch.manual_seed(0)
print("   n  measured      rule  relu keeps")
for n in (64, 256, 1024):
    inputs = torch.relu(torch.randn(2000, n))  # (2000, n)
    W = 0.1 * torch.randn(500, n)
    z = inputs @ W.T  # (2000, 500)
    rule = n * 0.1**2 * (inputs**2).mean()
    kept = (torch.relu(z) ** 2).mean() / (z**2).mean()
    print(f"{n:4} {(z**2).mean():9.4f} {rule:9.4f} {kept:9.4f}")
# --8<-- [end:rule]

# --8<-- [start:kaiming]
W = torch.empty(1000, 64)
for fill, variance in (
    (nn.init.kaiming_normal_, 2 / 64),
    (nn.init.xavier_normal_, 2 / (64 + 1000)),
):
    torch.manual_seed(0)
    fill(W)
    torch.manual_seed(0)
    by_hand = variance**0.5 * torch.randn(1000, 64)
    print(fill.__name__)
    print(f"  rule {variance:.6f}, variance {W.var():.6f}")
    print(f"  largest difference {(W - by_hand).abs().max():.6f}")
# --8<-- [end:kaiming]


# --8<-- [start:deep]
def deep(gain, seed):
    torch.manual_seed(seed)
    widths = [64] + 20 * [32] + [10]
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layer = nn.Linear(inputs, outputs)
        nn.init.normal_(layer.weight, std=gain * (2 / inputs) ** 0.5)
        nn.init.zeros_(layer.bias)
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


few = x[:300], y[:300]
for gain in (0.5, 1, 2):
    models = [deep(gain, seed) for seed in range(5)]
    print(f"Kaiming's std times {gain}, 5 seeds:")
    for steps in (1, 199):
        losses = [descend(model, steps, 0.01, *few) for model in models]
        undefined = sum(loss != loss for loss in losses)
        print(f"  {min(losses):.4g} to {max(losses):.4g}, nan: {undefined}")
# --8<-- [end:deep]

# --8<-- [start:loud]
for factor in (1, 30):
    torch.manual_seed(0)
    model = MLP()
    with torch.no_grad():
        model.output.weight *= factor
    losses = [descend(model, steps, lr=0.5) for steps in (1, 9, 90)]
    alive = (model.hidden(x) > 0).any(dim=0).sum()
    print(f"times {factor}: {alive} units alive, losses")
    print(" ", *(f"{loss:.4f}" for loss in losses))
# --8<-- [end:loud]


# --8<-- [start:tanh]
def tanh_signal(std, layers=20, width=256):
    torch.manual_seed(0)
    h = torch.randn(500, width)
    for _ in range(layers):
        h = torch.tanh(h @ (std * torch.randn(width, width)).T)
    near_one = (h.abs() > 0.97).double().mean()
    return (h**2).mean().sqrt(), near_one


for factor in (1, 2, 9):
    size, near_one = tanh_signal((factor / 256) ** 0.5)
    print(f"{factor}: size {size:.4f}, near 1 {near_one:.4f}")
# --8<-- [end:tanh]
