# --8<-- [start:overfit]
import torch
from torch.optim import AdamW
from torch.utils.data import Subset

from digits import Digits
from models import MLP, new_cnn
from training import evaluate, fit, new_loader, train_epoch

torch.set_default_dtype(torch.float64)
train, validation = Digits("train"), Digits("validation")
few = Subset(train, torch.arange(100))


def learn_few(seed, epochs=150):
    torch.manual_seed(seed)
    model = MLP(hidden=256)
    optimizer = AdamW(model.parameters(), lr=0.01)
    loader = new_loader(few, seed)
    rows = []
    for _ in range(epochs):
        train_epoch(model, loader, optimizer)
        rows.append((evaluate(model, few)[0], *evaluate(model, validation)))
    return rows


# --8<-- [end:overfit]

# --8<-- [start:seeds]
print("seed  epoch  train  validation  wrong")
runs = [learn_few(seed) for seed in range(5)]
for seed, rows in enumerate(runs):
    best = min(range(150), key=lambda epoch: rows[epoch][1])
    for epoch in (best, 149):
        seen, unseen, wrong = rows[epoch]
        print(f"{seed:4} {epoch + 1:6} {seen:.4f} {unseen:11.4f} {wrong:6}")
# --8<-- [end:seeds]

# --8<-- [start:curves]
import matplotlib.pyplot as plt

seen, unseen, _ = zip(*runs[0])
best = unseen.index(min(unseen))
plt.plot(range(1, 151), seen)
plt.plot(range(1, 151), unseen)
plt.plot(best + 1, unseen[best], "o", color="C2", markersize=9)
plt.axis([0, 151, 0, 1])
plt.show()
# --8<-- [end:curves]

# --8<-- [start:stop]
torch.manual_seed(0)
model = MLP(hidden=256)
losses = fit(model, few, validation, lr=0.01)
print(f"{len(losses)} epochs, lowest {min(losses):.4f}, last {losses[-1]:.4f}")
print(f"model kept: {evaluate(model, validation)[0]:.4f}")
# --8<-- [end:stop]


# --8<-- [start:regularize]
from digits import jitter

few_moved = Subset(Digits("train", transform=jitter), torch.arange(100))


def lowest(data=few, dropout=0.0, weight_decay=0.0):
    found = []
    for seed in range(5):
        torch.manual_seed(seed)
        model = MLP(256, dropout)
        options = {"weight_decay": weight_decay, "patience": 30}
        losses = fit(model, data, validation, 0.01, seed=seed, **options)
        found.append(min(losses))
    return found


tries = {
    "nothing": lowest(),
    "dropout": lowest(dropout=0.5),
    "weight decay": lowest(weight_decay=0.3),
    "jitter": lowest(few_moved),
}
for name, found in tries.items():
    print(f"{name:12} {min(found):.4f} to {max(found):.4f}")
# --8<-- [end:regularize]

# --8<-- [start:spread]
for place, found in enumerate(tries.values(), start=1):
    plt.plot([place] * 5, found, "o", color="C0", alpha=0.6)
plt.xticks([1, 2, 3, 4])
plt.xlim(0.5, 4.5)
plt.ylabel("$L$")
plt.show()
# --8<-- [end:spread]


# --8<-- [start:sweep]
def validation_loss(lr, seed, epochs=15):
    torch.manual_seed(seed)
    model = MLP()
    optimizer = AdamW(model.parameters(), lr=lr)
    loader = new_loader(train, seed)
    for _ in range(epochs):
        train_epoch(model, loader, optimizer)
    return evaluate(model, validation)[0]


rates = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
swept = {lr: [validation_loss(lr, seed) for seed in range(5)] for lr in rates}
for lr, found in swept.items():
    print(f"{lr:6} {min(found):.4f} to {max(found):.4f}")
# --8<-- [end:sweep]

# --8<-- [start:bowl]
for lr, found in swept.items():
    plt.loglog([lr] * 5, found, "o", color="C0", alpha=0.6)
plt.xlabel(r"$\eta$")
plt.ylabel("$L$")
plt.show()
# --8<-- [end:bowl]

# --8<-- [start:baselines]
from torch.nn.functional import cross_entropy, one_hot

distances = torch.cdist(validation.images, train.images)  # (300, 1197)
for k in (1, 3):
    near = distances.topk(k, largest=False).indices  # (300, k)
    votes = one_hot(train.labels[near], 10).sum(dim=1)  # (300, 10)
    wrong = (votes.argmax(dim=1) != validation.labels).sum()
    print(f"nearest {k}: wrong {wrong}")

for seed in range(3):
    torch.manual_seed(seed)
    model = torch.nn.Linear(64, 10)
    fit(model, train, validation, lr=0.01, seed=seed)
    loss, wrong = evaluate(model, validation)
    print(f"linear layer: loss {loss:.4f}, wrong {wrong}")
# --8<-- [end:baselines]

# --8<-- [start:candidates]
for hidden, dropout, lr in (
    (32, 0.0, 0.01),
    (128, 0.0, 0.01),
    (128, 0.3, 0.01),
    (128, 0.3, 0.03),
):
    found = []
    for seed in range(5):
        torch.manual_seed(seed)
        model = MLP(hidden, dropout)
        fit(model, train, validation, lr, seed=seed)
        found.append(evaluate(model, validation))
    losses, wrong = zip(*found)
    print(f"hidden {hidden:3}, dropout {dropout}, rate {lr}")
    print(f"  {min(losses):.4f} to {max(losses):.4f}, wrong", *wrong)
# --8<-- [end:candidates]

# --8<-- [start:test]
from training import train_classifier


@torch.no_grad()
def report(model, data):
    losses = cross_entropy(model(data.images), data.labels, reduction="none")
    error = losses.std() / len(data) ** 0.5
    wrong = evaluate(model, data)[1]
    print(f"loss {losses.mean():.4f}, standard error {error:.4f}")
    return wrong


model = train_classifier()
report(model, validation)
test = Digits("test")
wrong = report(model, test)
print(f"test: wrong {wrong} of {len(test)}")
# --8<-- [end:test]

# --8<-- [start:interval]
from intervals import wilson

low, high = wilson(wrong, n=300)  # of the mistakes
print(f"right {1 - wrong / 300:.4f}", end=", ")
print(f"{1 - high:.4f} to {1 - low:.4f}")
# --8<-- [end:interval]

# --8<-- [start:confusion]
with torch.no_grad():
    p = model(test.images).softmax(dim=1)  # (300, 10)
read = p.argmax(dim=1)  # (300,)
counts = torch.zeros(10, 10, dtype=torch.int64)
for label, digit in zip(test.labels, read):
    counts[label, digit] += 1

plt.figure(figsize=(4.6, 4.6))
box = {"boxstyle": "round", "fc": "none", "ec": "C1"}
for label, digit in counts.nonzero().tolist():
    style = {"color": "C0"} if label == digit else {"color": "C1", "bbox": box}
    number = counts[label, digit].item()
    plt.text(digit, label, number, ha="center", va="center", **style)
plt.axis([-0.5, 9.5, 9.5, -0.5])
plt.xticks(range(10))
plt.yticks(range(10))
plt.xlabel(r"$\hat{y}$")
plt.ylabel("$y$")
plt.grid(False)
plt.show()
# --8<-- [end:confusion]

# --8<-- [start:mistakes]
missed = (read != test.labels).nonzero().flatten()
figure, panels = plt.subplots(3, 3, figsize=(4, 4.4))
for axes, i in zip(panels.flat, missed):
    axes.imshow(test.images[i].reshape(8, 8), cmap="gray", interpolation="none")
    axes.set_title(rf"${test.labels[i]} \to {read[i]}$")
    axes.axis("off")
plt.show()
print("probability of the prediction:")
print(*(f"{p[i, read[i]]:.2f}" for i in missed))
# --8<-- [end:mistakes]

# --8<-- [start:choose]
candidates = []
for seed in range(20):
    torch.manual_seed(seed)
    model = MLP()
    optimizer = AdamW(model.parameters(), lr=0.01)
    loader = new_loader(train, seed)
    for _ in range(5):
        train_epoch(model, loader, optimizer)
    model.eval()
    with torch.no_grad():
        answers = model(validation.images).argmax(dim=1)
    candidates.append(answers == validation.labels)
right = torch.stack(candidates).double()  # (20, 300)

torch.manual_seed(0)
chosen, fresh = [], []
for _ in range(1000):
    half, other = torch.randint(300, (2, 150))
    winner = right[:, half].mean(dim=1).argmax()
    chosen.append(right[winner, half].mean())
    fresh.append(right[winner, other].mean())
print(f"all candidates          {right.mean():.4f}")
print(f"winner, where it won    {torch.stack(chosen).mean():.4f}")
print(f"winner, on another draw {torch.stack(fresh).mean():.4f}")
# --8<-- [end:choose]

# --8<-- [start:sure]
model = train_classifier()
with torch.no_grad():
    p = model(validation.images).softmax(dim=1)  # (300, 10)
sure, answers = p.max(dim=1)
right = (answers == validation.labels).double()
print("     p       images  mean p   right")
for low, high in ((0.0, 0.9), (0.9, 0.99), (0.99, 1.0)):
    inside = (sure > low) & (sure <= high)
    print(f"{low:4} to {high:4} {inside.sum():5}", end="")
    print(f"{sure[inside].mean():10.4f} {right[inside].mean():.4f}")
# --8<-- [end:sure]

# --8<-- [start:cnn]
for seed in range(3):
    torch.manual_seed(seed)
    model = new_cnn()
    fit(model, train, validation, lr=0.01, seed=seed)
    loss, wrong = evaluate(model, validation)
    print(f"seed {seed}: loss {loss:.4f}, wrong {wrong}")
# --8<-- [end:cnn]
