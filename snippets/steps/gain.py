# --8<-- [start:wilson]
from intervals import wilson

for wrong in (4, 7, 9, 13, 28, 34):
    low, high = wilson(wrong, 300)
    print(f"{wrong:2} wrong: {300 * low:4.1f} to {300 * high:.1f}")
# --8<-- [end:wilson]

# --8<-- [start:planes]
import torch

from digits import Digits

torch.set_default_dtype(torch.float64)
x, y = Digits("train")[:]  # (1197, 64), (1197,)
x_new, y_new = Digits("validation")[:]  # (300, 64), (300,)

row = torch.arange(8).repeat_interleave(8) / 3.5 - 1  # (64,)
column = torch.arange(8).repeat(8) / 3.5 - 1  # (64,)
planes = torch.stack([torch.ones(64), row, column])  # (3, 64)


def light(x):
    amounts = 0.5 * torch.randn(len(x), 3)
    return x + amounts @ planes  # (N, 64)


# --8<-- [end:planes]

# --8<-- [start:light]
import matplotlib.pyplot as plt

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

# --8<-- [start:methods]
from torch import nn
from torch.utils.data import TensorDataset

from baselines import guess, nearest, three
from models import MLP
from training import evaluate


def new_linear():
    return nn.Linear(64, 10)


def new_network():
    return MLP(hidden=128, dropout=0.3)


def errors(models, x_new, y_new):
    data = TensorDataset(x_new, y_new)
    return [evaluate(model, data)[1] for model in models]


# --8<-- [end:methods]


# --8<-- [start:table]
def row_of(found):
    mean, span = sum(found) / 3, f"{min(found)}-{max(found)}"
    return f"{mean:6.1f} {span:7}"


linears, networks = {}, {}
print("     guess 1NN 3NN linear        network")
for name, task in tasks.items():
    train = TensorDataset(*task[:2])
    validation = TensorDataset(*task[2:])
    linears[name] = three(new_linear, train, validation)
    networks[name] = three(new_network, train, validation)
    shown = f"{name:6}{guess(task[1], task[3]):4}"
    shown += f"{nearest(*task, k=1):4}{nearest(*task, k=3):4}"
    shown += row_of(errors(linears[name], *task[2:]))
    shown += row_of(errors(networks[name], *task[2:]))
    print(shown.rstrip())
# --8<-- [end:table]

# --8<-- [start:thirty]
for n in (30, 300):
    images = x_new[:n], odd_new[:n]
    found = errors(linears["odd"], *images)
    print(f"{n:3} images, linear ", *found)
    found = errors(networks["odd"], *images)
    print(f"{n:3} images, network", *found)

for wrong in (1, 2):
    low, high = wilson(wrong, 30)
    print(f"{wrong} of 30: {300 * low:.1f} to {300 * high:.1f} of 300")
# --8<-- [end:thirty]

# --8<-- [start:moved]
from digits import jitter

torch.manual_seed(0)
x_moved = torch.stack([jitter(image) for image in x_new])
print("1-NN    ", nearest(x, y, x_moved, y_new, k=1))
print("linear  ", *errors(linears["digit"], x_moved, y_new))
print("network ", *errors(networks["digit"], x_moved, y_new))
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
