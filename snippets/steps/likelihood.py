# --8<-- [start:coin]
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
ones, zeros = 7, 3


def likelihood(p):
    return p**ones * (1 - p) ** zeros


for p in (0.5, 0.6, 0.7, 0.8, 0.9):
    print(f"p = {p}: likelihood {likelihood(p):.6f}")
# --8<-- [end:coin]


# --8<-- [start:curve]
import matplotlib.pyplot as plt


def loss(p):
    return -ones * torch.log(p) - zeros * torch.log(1 - p)


p = torch.linspace(0.02, 0.98, 97)
best = torch.tensor(0.7)
print(f"loss at 0.7: {loss(best):.4f}")
plt.plot(p, loss(p))
plt.plot(best, loss(best), "o")
plt.xlabel("$p$")
plt.ylabel("$L$")
plt.show()
# --8<-- [end:curve]

# --8<-- [start:descend]
s = torch.tensor(0.0, requires_grad=True)
for step in range(1, 101):
    p = torch.sigmoid(s)
    (gradient,) = torch.autograd.grad(loss(p), s)
    if step in (1, 10, 30):
        print(f"step {step:2}: p {p:.6f}, gradient {gradient:.6f}")
        print(f"         by hand {10 * p - 7:.6f}")
    with torch.no_grad():
        s -= 0.1 * gradient
print(f"after 100 steps: p {torch.sigmoid(s):.6f}")
# --8<-- [end:descend]

# --8<-- [start:underflow]
guesses = torch.full((1000,), 0.1)
print("product:", guesses.prod().item())
print(f"sum of logarithms: {guesses.log().sum():.4f}")
print(f"mean, with a minus: {-guesses.log().mean():.4f}")
# --8<-- [end:underflow]

# --8<-- [start:binary]
y = torch.tensor([1.0, 1, 0, 1, 1, 1, 0, 1, 0, 1])  # (10,)
p = torch.full((10,), 0.6)
by_hand = -torch.log(likelihood(torch.tensor(0.6)))
total = F.binary_cross_entropy(p, y, reduction="sum")
mean = F.binary_cross_entropy(p, y)
print(f"-ln of the likelihood {by_hand:.6f}")
print(f"cross-entropy, sum    {total:.6f}")
print(f"cross-entropy, mean   {mean:.6f}")
# --8<-- [end:binary]

# --8<-- [start:classes]
from digits import Digits
from models import MLP

train = Digits("train")
labels = train.labels  # (N,)
torch.manual_seed(0)
z = MLP()(train.images).detach()  # (N, 10)
p = z.softmax(dim=1)
right = p[torch.arange(len(labels)), labels]  # (N,)
total = F.cross_entropy(z, labels, reduction="sum")
print("likelihood:", right.prod().item())
print(f"its logarithm:       {right.log().sum():.4f}")
print(f"cross-entropy, sum:  {total:.4f}")
print(f"cross-entropy, mean: {F.cross_entropy(z, labels):.4f}")
# --8<-- [end:classes]

# --8<-- [start:exclusive]
both = torch.tensor([1.0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
z = 40 * both - 20  # 20, 20, -20, -20, ...
for name, p in (("softmax", z.softmax(dim=0)), ("sigmoid", z.sigmoid())):
    print(name, *(f"{value:.2f}" for value in p[:3]))
yes_no = F.binary_cross_entropy_with_logits(z, both)
print(f"one of ten:    {F.cross_entropy(z, both / 2):.4f}")
print(f"ten questions: {yes_no:.4f}")
# --8<-- [end:exclusive]

# --8<-- [start:noise]
import math


def normal(r, sigma=1.0):
    constant = math.log(sigma) + math.log(2 * math.pi) / 2
    return r**2 / (2 * sigma**2) + constant


def laplace(r, b=1.0):
    return r.abs() / b + math.log(2 * b)


r = torch.tensor([-2.0, 0.5, 3.0])
for by_hand, distribution in (
    (normal(r, 2.0), torch.distributions.Normal(0.0, 2.0)),
    (laplace(r, 2.0), torch.distributions.Laplace(0.0, 2.0)),
):
    difference = by_hand + distribution.log_prob(r)
    print(f"largest difference {difference.abs().max():.6f}")
# --8<-- [end:noise]

# --8<-- [start:densities]
r = torch.linspace(-4, 4, 161)
figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
for minus_log in (normal, laplace):
    left.plot(r, torch.exp(-minus_log(r)))
    right.plot(r, minus_log(r))
left.set(xlabel="$r$", ylabel="$f$")
right.set(xlabel="$r$", ylabel=r"$-\ln\,f$")
plt.show()
# --8<-- [end:densities]

# --8<-- [start:one_number]
y = torch.tensor([1.0, 2, 3, 4, 20])  # (5,)
guesses = torch.linspace(0, 20, 201)  # 0, 0.1, 0.2, ...
for minus_log in (normal, laplace):
    losses = torch.stack([minus_log(y - c).sum() for c in guesses])
    best = guesses[losses.argmin()]
    print(f"{minus_log.__name__:7}: best {best:.1f}")
print(f"mean {y.mean():.1f}, median {y.median():.1f}")
# --8<-- [end:one_number]


# --8<-- [start:spread]
def outliers(shape):
    noise = torch.randn(shape)
    wild = torch.rand(shape) < 0.1
    return torch.where(wild, 10 * noise, noise)


def laplace_noise(shape):
    return torch.distributions.Laplace(0.0, 1.0).sample(shape)


print("            mean             median")
for name, draw in (
    ("normal", torch.randn),
    ("Laplace", laplace_noise),
    ("outliers", outliers),
):
    spreads = []
    for seed in range(5):
        torch.manual_seed(seed)
        y = draw((4000, 25))
        spreads.append((y.mean(dim=1).std(), y.median(dim=1).values.std()))
    print(f"{name:8}", end="")
    for column in zip(*spreads):
        print(f"  {min(column):.4f} to {max(column):.4f}", end="")
    print()
# --8<-- [end:spread]

# --8<-- [start:units]
torch.manual_seed(0)
metres = 1.7 + 0.1 * torch.randn(1000)
for unit, y in (("m", metres), ("cm", 100 * metres)):
    mean, sigma = y.mean(), y.std().item()
    value = normal(y - mean, sigma).mean()
    print(f"{unit:2}: error {sigma:7.4f} {unit:2}, loss {value:7.4f}")
print(f"ln 100 = {math.log(100):.4f}")
# --8<-- [end:units]

# --8<-- [start:rounded]
for y in (1.0, 0.0):
    s = torch.tensor(40.0, requires_grad=True)
    p = torch.sigmoid(s)
    y = torch.tensor(y)
    losses = (
        ("by hand", -y * p.log() - (1 - y) * (1 - p).log()),
        ("from p", F.binary_cross_entropy(p, y)),
        ("from s", F.binary_cross_entropy_with_logits(s, y)),
    )
    print(f"y = {y:.0f}, 1 - p =", (1 - p).item())
    for name, value in losses:
        (g,) = torch.autograd.grad(value, s, retain_graph=True)
        print(f"  {name:7} {value:8.4f}, gradient {g:.4f}")
# --8<-- [end:rounded]

# --8<-- [start:never_zero]
s = torch.tensor(0.0)
for step in range(1, 10001):
    s -= 0.1 * (3 * torch.sigmoid(s) - 3)
    if step in (100, 1000, 10000):
        p = torch.sigmoid(s)
        first_zero = -torch.log(1 - p)
        print(f"step {step:5}: p {p:.6f}, loss {first_zero:.4f}")
print(f"one more of each: p {4 / 5}, loss {-math.log(1 / 5):.4f}")
# --8<-- [end:never_zero]

# --8<-- [start:uniform]
rows = []
for seed in range(5):
    torch.manual_seed(seed)
    y = 2 * torch.rand(4000, 25) - 1
    middle = (y.min(dim=1).values + y.max(dim=1).values) / 2
    row = y.mean(dim=1).std(), y.median(dim=1).values.std(), middle.std()
    rows.append(row)
for name, column in zip(("mean", "median", "middle"), zip(*rows)):
    print(f"{name:6} {min(column):.4f} to {max(column):.4f}")
# --8<-- [end:uniform]
