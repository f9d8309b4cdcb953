# --8<-- [start:forward]
import torch
from torch.nn.functional import cross_entropy, one_hot

from digits import Digits
from models import MLP

torch.set_default_dtype(torch.float64)
x, y = Digits("train")[:5]  # (5, 64), (5,)
torch.manual_seed(0)
model = MLP()
W1, b1, W2, b2 = (p.detach() for p in model.parameters())

u = x @ W1.T + b1  # (5, 32)
h = u.clamp(min=0)  # (5, 32)
z = h @ W2.T + b2  # (5, 10)
p = z.softmax(dim=1)  # (5, 10)
loss = -p[torch.arange(5), y].log().mean()
print(f"loss {loss:.6f}")
# --8<-- [end:forward]

# --8<-- [start:by_hand]
dz = (p - one_hot(y, 10)) / 5  # (5, 10)
dW2 = dz.T @ h  # (10, 32)
db2 = dz.sum(dim=0)  # (10,)
dh = dz @ W2  # (5, 32)
du = dh * (u > 0)  # (5, 32)
dW1 = du.T @ x  # (32, 64)
db1 = du.sum(dim=0)  # (32,)
print("db2", *(f"{value:7.4f}" for value in db2[:5]))
# --8<-- [end:by_hand]

# --8<-- [start:autograd]
loss = cross_entropy(model(x), y)
loss.backward()
print("db2", *(f"{value:7.4f}" for value in model.output.bias.grad[:5]))
# --8<-- [end:autograd]


# --8<-- [start:nudge]
@torch.no_grad()
def by_nudge(parameter, nudge=1e-6):
    grad = torch.zeros_like(parameter)
    entries, slopes = parameter.view(-1), grad.view(-1)
    for i, value in enumerate(entries.tolist()):
        entries[i] = value + nudge
        above = cross_entropy(model(x), y)
        entries[i] = value - nudge
        below = cross_entropy(model(x), y)
        entries[i] = value
        slopes[i] = (above - below) / (2 * nudge)
    return grad


print("db2", *(f"{value:7.4f}" for value in by_nudge(model.output.bias)[:5]))
# --8<-- [end:nudge]


# --8<-- [start:ledger]
def relative(a, b):
    return ((a - b).abs().max() / b.abs().max()).item()


hands = dict(zip(dict(model.named_parameters()), (dW1, db1, dW2, db2)))
print("              entries      by hand  by nudge")
for name, parameter in model.named_parameters():
    hand = relative(hands[name], parameter.grad)
    nudge = relative(by_nudge(parameter), parameter.grad)
    print(f"{name:13} {parameter.numel():5} {hand:.10f} {nudge:.7f}")
# --8<-- [end:ledger]


# --8<-- [start:gradcheck]
def loss_of(W1, b1, W2, b2):
    h = torch.relu(x @ W1.T + b1)
    return cross_entropy(h @ W2.T + b2, y)


print(torch.autograd.gradcheck(loss_of, list(model.parameters())))
# --8<-- [end:gradcheck]


# --8<-- [start:deep]
images, labels = Digits("train")[:200]  # (200, 64), (200,)


def travel(activation, gain, residual=False):
    torch.manual_seed(0)
    h, signals = images.clone().requires_grad_(), []
    for _ in range(10):
        W = gain / 8 * torch.randn(64, 64)
        out = activation(h @ W.T)  # (200, 64)
        h = h + out if residual else out
        h.retain_grad()
        signals.append(h)
    z = h @ (torch.randn(10, 64) / 8).T  # (200, 10)
    cross_entropy(z, labels).backward()
    spread = [h.std(dim=0).mean().item() for h in signals]
    return spread, [h.grad.norm().item() for h in signals]


for activation, gain in ((torch.sigmoid, 1), (torch.relu, 2**0.5)):
    print(f"{activation.__name__}: layers 1, 5, 10")
    for name, sizes in zip(("spread", "gradient"), travel(activation, gain)):
        print(f"  {name:8}", *(f"{sizes[i]:10.4g}" for i in (0, 4, 9)))
# --8<-- [end:deep]

# --8<-- [start:vanish]
import matplotlib.pyplot as plt

figure, (left, right) = plt.subplots(1, 2, figsize=(5.2, 2.8), sharey=True)
for activation, gain in ((torch.sigmoid, 1), (torch.relu, 2**0.5)):
    spread, gradient = travel(activation, gain)
    left.semilogy(range(1, 11), spread, ".-")
    right.semilogy(range(1, 11), gradient, ".-")
left.set(xlabel="$l$", xticks=[1, 5, 10])
right.set(xlabel="$l$", xticks=[1, 5, 10])
plt.show()
# --8<-- [end:vanish]

# --8<-- [start:nan]
v = torch.tensor([0.0, 4.0], requires_grad=True)
root = torch.where(v > 0, v.sqrt(), 0.0)
(grad,) = torch.autograd.grad(root.sum(), v)
print(root.tolist(), grad.tolist())

safe = torch.where(v > 0, v, 1.0)
root = torch.where(v > 0, safe.sqrt(), 0.0)
(grad,) = torch.autograd.grad(root.sum(), v)
print(root.tolist(), grad.tolist())
# --8<-- [end:nan]

# --8<-- [start:sweep]
for power in (1, 3, 5, 7, 9, 11):
    nudge = by_nudge(model.output.weight, 10.0**-power)
    digits = -torch.tensor(relative(nudge, model.output.weight.grad)).log10()
    print(f"nudge 1e-{power:02}: {int(digits)} digits")
# --8<-- [end:sweep]

# --8<-- [start:residual]
for residual in (False, True):
    _, gradient = travel(torch.sigmoid, 1, residual)
    print(f"residual = {residual}")
    print(" ", *(f"{gradient[i]:.4g}" for i in (0, 4, 9)))
# --8<-- [end:residual]
