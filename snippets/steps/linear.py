# --8<-- [start:guess]
import torch

from digits import Digits

torch.set_default_dtype(torch.float64)
train, validation = Digits("train"), Digits("validation")
x, y = train[:]  # (1197, 64), (1197,)
x_new, y_new = validation[:]  # (300, 64), (300,)


def guess(y, y_new):
    commonest = torch.bincount(y).argmax()
    return (y_new != commonest).sum().item()


print("of each digit:")
print(*torch.bincount(y).tolist())
print("wrong:", guess(y, y_new), "of", len(y_new))
# --8<-- [end:guess]


# --8<-- [start:nearest]
def vote(labels):  # the label of the nearest comes first
    counts = torch.bincount(labels)
    tied = [n for n in labels if counts[n] == counts.max()]
    return tied[0]


def nearest(x, y, x_new, y_new, k):
    wrong = 0
    for image, label in zip(x_new, y_new):
        distances = ((x - image) ** 2).sum(dim=1)  # (N,)
        closest = distances.argsort(stable=True)[:k]  # (k,)
        if vote(y[closest]) != label:
            wrong += 1
    return wrong


for k in (1, 3):
    print(f"{k} nearest, wrong:", nearest(x, y, x_new, y_new, k))
# --8<-- [end:nearest]

# --8<-- [start:softmax]
from torch import nn

from training import evaluate, fit


def new_linear():
    return nn.Linear(64, 10)


def three(new_model, train, validation):
    models = []
    for seed in range(3):
        torch.manual_seed(seed)
        model = new_model()
        fit(model, train, validation, lr=0.01, seed=seed)
        models.append(model)
    return models


def report(models):
    for seed, model in enumerate(models):
        loss, wrong = evaluate(model, validation)
        print(f"seed {seed}: loss {loss:.4f}, wrong {wrong}")


linears = three(new_linear, train, validation)
report(linears)
# --8<-- [end:softmax]

# --8<-- [start:library]
from sklearn.linear_model import LogisticRegression

other = LogisticRegression(max_iter=1000).fit(x, y)
read = torch.from_numpy(other.predict(x_new))
print("wrong:", (read != y_new).sum().item())
# --8<-- [end:library]

# --8<-- [start:weights]
import matplotlib.pyplot as plt

W = linears[0].weight.detach()  # (10, 64)
print(f"digit 0, row 3, column 4: {W[0, 28]:.2f}")
place = W.abs().argmax().item()
digit, j = place // 64, place % 64
print(f"largest: {W[digit, j]:.2f}, digit {digit},", end="")
print(f" row {j // 8}, column {j % 8}")
print("images with ink there:", (x[:, j] > 0).sum().item())

top = W.abs().max().item()
style = {"cmap": "RdBu", "vmin": -top, "vmax": top}
figure, panels = plt.subplots(2, 5, figsize=(7, 3.1))
for digit, axes in enumerate(panels.flat):
    picture = W[digit].reshape(8, 8)
    colours = axes.imshow(picture, **style, interpolation="none")
    axes.set_title(f"${digit}$")
    axes.axis("off")
figure.colorbar(colours, ax=panels)
plt.show()
# --8<-- [end:weights]

# --8<-- [start:network]
from models import MLP


def new_network():
    return MLP(hidden=128, dropout=0.3)


networks = three(new_network, train, validation)
report(networks)
# --8<-- [end:network]

# --8<-- [start:gain]
from torch.nn.functional import cross_entropy


@torch.no_grad()
def loss_of_each(models):
    total = torch.zeros(300)
    for model in models:
        z = model(x_new)  # (300, 10)
        total += cross_entropy(z, y_new, reduction="none")
    return total / len(models)  # (300,)


gain = loss_of_each(linears) - loss_of_each(networks)
error = gain.std().item() / 300**0.5
print(f"mean gain {gain.mean():.4f}")
print(f"standard error {error:.4f}")
# --8<-- [end:gain]

# --8<-- [start:wilson]
from intervals import wilson

for wrong in (4, 7, 9, 13, 28, 34):
    low, high = wilson(wrong, 300)
    print(f"{wrong:2} wrong: {300 * low:4.1f} to {300 * high:.1f}")
# --8<-- [end:wilson]

# --8<-- [start:light]
row = torch.arange(8).repeat_interleave(8) / 3.5 - 1  # (64,)
column = torch.arange(8).repeat(8) / 3.5 - 1  # (64,)
planes = torch.stack([torch.ones(64), row, column])  # (3, 64)


def light(x):
    amounts = 0.5 * torch.randn(len(x), 3)
    return x + amounts @ planes  # (N, 64)


torch.manual_seed(0)
x_lit, x_new_lit = light(x), light(x_new)
for images in (x, x_lit):
    apart = ((images[1:] - images[:-1]) ** 2).sum(dim=1)  # (1196,)
    print(f"mean squared distance {apart.mean():.1f}")

figure, panels = plt.subplots(2, 6, figsize=(7, 2.5))
for i in range(6):
    for axes, images in zip(panels[:, i], (x, x_lit)):
        picture = images[i].reshape(8, 8)
        axes.imshow(picture, cmap="gray", interpolation="none")
        axes.axis("off")
plt.show()
# --8<-- [end:light]

# --8<-- [start:tasks]
odd, odd_new = y % 2, y_new % 2
tasks = {
    "digit": (x, y, x_new, y_new),
    "few": (x[:100], y[:100], x_new, y_new),
    "light": (x_lit, y, x_new_lit, y_new),
    "odd": (x, odd, x_new, odd_new),
    "both": (x_lit, odd, x_new_lit, odd_new),
}
# --8<-- [end:tasks]

# --8<-- [start:table]
from torch.utils.data import TensorDataset


def errors(models, x_new, y_new):
    data = TensorDataset(x_new, y_new)
    return [evaluate(model, data)[1] for model in models]


def trained(new_model, x, y, x_new, y_new):
    train, validation = TensorDataset(x, y), TensorDataset(x_new, y_new)
    return errors(three(new_model, train, validation), x_new, y_new)


def row_of(found):
    mean, span = sum(found) / 3, f"{min(found)}-{max(found)}"
    return f"{mean:6.1f} {span:7}"


print("     guess 1NN 3NN linear        network")
for name, task in tasks.items():
    shown = f"{name:6}{guess(task[1], task[3]):4}"
    shown += f"{nearest(*task, k=1):4}{nearest(*task, k=3):4}"
    if name == "digit":
        shown += row_of(errors(linears, x_new, y_new))
        shown += row_of(errors(networks, x_new, y_new))
    else:
        shown += row_of(trained(new_linear, *task))
        shown += row_of(trained(new_network, *task))
    print(shown.rstrip())
# --8<-- [end:table]

# --8<-- [start:weak]
from training import new_loader, train_epoch


def hurried(new_model, seed):
    torch.manual_seed(seed)
    model = new_model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.001)
    batches = new_loader(train, seed)
    for _ in range(10):
        train_epoch(model, batches, optimizer)
    return evaluate(model, validation)[1]


for new_model in (new_linear, new_network):
    found = [hurried(new_model, seed) for seed in range(3)]
    print(f"{new_model.__name__:11} wrong:", *found)
# --8<-- [end:weak]

# --8<-- [start:moved]
from digits import jitter

torch.manual_seed(0)
x_moved = torch.stack([jitter(image) for image in x_new])
print("1-NN    ", nearest(x, y, x_moved, y_new, k=1))
print("linear  ", *errors(linears, x_moved, y_new))
print("network ", *errors(networks, x_moved, y_new))
# --8<-- [end:moved]


# --8<-- [start:remove]
def without_light(x):
    a = torch.linalg.lstsq(planes.T, x.T).solution  # (3, N)
    return x - a.T @ planes  # (N, 64)


x_flat, x_new_flat = without_light(x_lit), without_light(x_new_lit)
for k in (1, 3, 10):
    lit = nearest(x_lit, y, x_new_lit, y_new, k)
    flat = nearest(x_flat, y, x_new_flat, y_new, k)
    flat_odd = nearest(x_flat, odd, x_new_flat, odd_new, k)
    print(f"{k:2} nearest:{lit:4} ->{flat:3}, odd{flat_odd:3}")
# --8<-- [end:remove]
