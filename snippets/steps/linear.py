# --8<-- [start:guess]
import torch

from baselines import guess
from digits import Digits

torch.set_default_dtype(torch.float64)
train, validation = Digits("train"), Digits("validation")
x, y = train[:]  # (1197, 64), (1197,)
x_new, y_new = validation[:]  # (300, 64), (300,)

print("of each digit:")
print(*torch.bincount(y).tolist())
print("wrong:", guess(y, y_new), "of", len(y_new))
# --8<-- [end:guess]

# --8<-- [start:nearest]
from baselines import nearest

for k in (1, 3):
    print(f"{k} nearest, wrong:", nearest(x, y, x_new, y_new, k))
# --8<-- [end:nearest]

# --8<-- [start:softmax]
from torch import nn

from baselines import three
from training import evaluate


def new_linear():
    return nn.Linear(64, 10)


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

# --8<-- [start:votes]
for k in (1, 3, 10, 100, 1197):
    wrong = nearest(x, y, x_new, y_new, k)
    print(f"{k:4} nearest, wrong: {wrong:3}")
# --8<-- [end:votes]

# --8<-- [start:centred]
with torch.no_grad():
    p = linears[0](x_new).softmax(dim=1)  # (300, 10)
    W_centred = W - W.mean(dim=0)  # (10, 64)
    z = x_new @ W_centred.T + linears[0].bias  # (300, 10)
    p_centred = z.softmax(dim=1)
print("largest change")
print(f"of a weight: {(W_centred - W).abs().max():.4f}")
print(f"of a probability: {(p_centred - p).abs().max():.4f}")
# --8<-- [end:centred]
