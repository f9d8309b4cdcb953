# --8<-- [start:rules]
import torch


def sgd(w, g, state, lr):
    w -= lr * g


def momentum(w, g, state, lr, mu=0.9):
    v = mu * state.get("v", 0) + g
    state["v"] = v
    w -= lr * v


# --8<-- [end:rules]


# --8<-- [start:adam]
def adam(w, g, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = beta2 * state.get("v", 0) + (1 - beta2) * g**2
    state["t"], state["m"], state["v"] = t, m, v
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    w -= lr * m_hat / (v_hat.sqrt() + eps)


def adamw(w, g, state, lr, weight_decay=0.01):
    w *= 1 - lr * weight_decay
    adam(w, g, state, lr)


# --8<-- [end:adam]


# --8<-- [start:by_hand]
class ByHand:
    def __init__(self, parameters, rule, **options):
        self.parameters = list(parameters)
        self.states = [{} for _ in self.parameters]
        self.rule, self.options = rule, options

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    @torch.no_grad()
    def step(self):
        for p, state in zip(self.parameters, self.states):
            self.rule(p, p.grad, state, **self.options)


# --8<-- [end:by_hand]

# --8<-- [start:ten_steps]
from torch.nn.functional import cross_entropy
from torch.optim import SGD, Adam, AdamW

from digits import Digits
from models import MLP

torch.set_default_dtype(torch.float64)
x, y = Digits("train")[:]  # (1197, 64), (1197,)


def ten_steps(optimizer, scale=1, **options):
    torch.manual_seed(0)
    model = MLP()
    optimizer = optimizer(model.parameters(), **options)
    for _ in range(10):
        loss = scale * cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return torch.cat([p.detach().flatten() for p in model.parameters()])


# --8<-- [end:ten_steps]


# --8<-- [start:equal]
def sgd_with_momentum(parameters, lr):
    return SGD(parameters, lr=lr, momentum=0.9)


for rule, theirs, options in (
    (sgd, SGD, {"lr": 0.1}),
    (momentum, sgd_with_momentum, {"lr": 0.1}),
    (adam, Adam, {"lr": 0.01}),
    (adamw, AdamW, {"lr": 0.01}),
):
    a = ten_steps(ByHand, rule=rule, **options)  # (2410,)
    b = ten_steps(theirs, **options)
    print(f"{rule.__name__:8} largest difference {(a - b).abs().max():.6f}")
# --8<-- [end:equal]


# --8<-- [start:ravine]
def ravine(w):
    return (w[0] ** 2 + 100 * w[1] ** 2) / 2


def walk(rule, lr, steps, loss=ravine, start=(-4.0, 0.5)):
    w = torch.tensor(start, requires_grad=True)
    optimizer = ByHand([w], rule, lr=lr)
    path = [w.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        loss(w).backward()
        optimizer.step()
        path.append(w.tolist())
    return path


# --8<-- [end:ravine]


# --8<-- [start:rates]
def steps_needed(rule, lr, loss=ravine, start=(-4.0, 0.5)):
    path = walk(rule, lr, 1000, loss, start)
    high = [i for i, w in enumerate(path) if loss(w) > 0.001]
    return high[-1] + 1 if high[-1] < 1000 else None


trials = (
    (sgd, (0.01, 0.019, 0.021)),
    (momentum, (0.002, 0.01, 0.037)),
    (adam, (0.05, 0.5, 5.0)),
)
for rule, rates in trials:
    print(f"{rule.__name__:9}", end="")
    print(*(f"{lr:5}: {steps_needed(rule, lr)!s:4}" for lr in rates))
# --8<-- [end:rates]

# --8<-- [start:paths]
import matplotlib.pyplot as plt

a = torch.linspace(-5, 2, 33)  # (33,)
b = torch.linspace(-0.8, 0.8, 29)[:, None]  # (29, 1)
figure, panels = plt.subplots(3, 1, figsize=(5, 6), sharex=True)
walks = ((sgd, 0.019), (momentum, 0.01), (adam, 0.5))
for axes, (rule, lr) in zip(panels, walks):
    heights = ravine([a, b])  # (29, 33)
    axes.contour(a, b[:, 0], heights, [1, 6], colors="C0", linewidths=1)
    path = walk(rule, lr, 40)
    axes.plot(*zip(*path), ".-", color="C1", markersize=4, linewidth=1)
    axes.plot(0, 0, "*", color="C2", markersize=12)
    axes.set(ylabel="$b$", ylim=(-0.8, 0.8))
panels[-1].set_xlabel("$a$")
plt.show()
# --8<-- [end:paths]

# --8<-- [start:scale]
torch.manual_seed(0)
start = torch.cat([p.detach().flatten() for p in MLP().parameters()])
for optimizer, lr in ((SGD, 0.001), (Adam, 0.001)):
    for scale in (1, 100):
        moved = ten_steps(optimizer, scale, lr=lr) - start
        name = optimizer.__name__
        print(f"{name:4} loss x {scale:3}: {moved.abs().max():.6f}")
# --8<-- [end:scale]


# --8<-- [start:decay]
def decayed(w, g, state, lr, weight_decay=0.1):
    w *= 1 - lr * weight_decay
    sgd(w, g, state, lr)


l2 = ten_steps(SGD, lr=0.01, weight_decay=0.1)
decay = ten_steps(ByHand, rule=decayed, lr=0.01)
print(f"SGD:  largest difference {(l2 - decay).abs().max():.6f}")
l2 = ten_steps(Adam, lr=0.01, weight_decay=0.1)
decay = ten_steps(AdamW, lr=0.01, weight_decay=0.1)
print(f"Adam: largest difference {(l2 - decay).abs().max():.6f}")
print("a weight of pixel 0, which is always 0:")
for name, weights in (("start", start), ("L2", l2), ("AdamW", decay)):
    print(f"  {name:5} {weights[0]:.6f}")
# --8<-- [end:decay]

# --8<-- [start:lost]
torch.manual_seed(0)
model = MLP()
optimizer = SGD(model.parameters(), lr=0.5)
model = MLP()
for step in range(1, 4):
    loss = cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"step {step}: loss {loss:.6f}")
held = 0
for p in model.parameters():
    for q in optimizer.param_groups[0]["params"]:
        if p is q:
            held += 1
print("held by the optimizer:", held)
# --8<-- [end:lost]


# --8<-- [start:nesterov]
def nesterov(w, g, state, lr, mu=0.9):
    v = mu * state.get("v", 0) + g
    state["v"] = v
    w -= lr * (g + mu * v)


def rmsprop(w, g, state, lr, alpha=0.99, eps=1e-8):
    v = alpha * state.get("v", 0) + (1 - alpha) * g**2
    state["v"] = v
    w -= lr * g / (v.sqrt() + eps)


from torch.optim import RMSprop

options = {"lr": 0.1, "momentum": 0.9, "nesterov": True}
a, b = ten_steps(ByHand, rule=nesterov, lr=0.1), ten_steps(SGD, **options)
print(f"nesterov largest difference {(a - b).abs().max():.6f}")
a, b = ten_steps(ByHand, rule=rmsprop, lr=0.01), ten_steps(RMSprop, lr=0.01)
print(f"rmsprop  largest difference {(a - b).abs().max():.6f}")
# --8<-- [end:nesterov]


# --8<-- [start:turned]
c = 0.5**0.5  # cosine and sine of 45 degrees


def turned(w):
    return ravine([c * w[0] + c * w[1], c * w[1] - c * w[0]])


start = (c * -4.0 - c * 0.5, c * -4.0 + c * 0.5)
trials = ((sgd, 0.019), (momentum, 0.01), (adam, 0.1), (adam, 0.5))
for rule, lr in trials:
    straight = steps_needed(rule, lr)
    diagonal = steps_needed(rule, lr, turned, start)
    print(f"{rule.__name__:8} {lr:5}: {straight} -> {diagonal}")
# --8<-- [end:turned]
