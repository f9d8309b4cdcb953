# --8<-- [start:load]
import torch
from digits import load

torch.set_default_dtype(torch.float64)
images, labels = load()
for tensor in (images, labels):
    print(tuple(tensor.shape), tensor.dtype, tensor.device)
print(f"{images.min():.4f} to {images.max():.4f}")
print("different images", len(images.unique(dim=0)))
# --8<-- [end:load]

# --8<-- [start:split]
from digits import split

parts = split()
for name, indices in parts.items():
    print(f"{name:10} {len(indices):4}, first", *indices[:4].tolist())
together = torch.cat(list(parts.values()))
print("different indices", len(together.unique()))
# --8<-- [end:split]

# --8<-- [start:dataset]
from digits import Digits

train = Digits("train")
image, label = train[0]
print(len(train), tuple(image.shape), label.item())
print("of each digit:")
print(*train.labels.bincount().tolist())
# --8<-- [end:dataset]

# --8<-- [start:sheet]
import matplotlib.pyplot as plt
from torch.nn.functional import pad

rows = []
for digit in range(10):
    examples = train.images[train.labels == digit][:16].reshape(16, 8, 8)
    framed = pad(examples, (1, 1, 1, 1))  # (16, 10, 10)
    rows.append(torch.cat(list(framed), dim=1))  # (10, 160)
plt.figure(figsize=(5, 3.2))
plt.imshow(torch.cat(rows), cmap="gray", interpolation="none")
plt.axis("off")
plt.show()
# --8<-- [end:sheet]

# --8<-- [start:tensors]
grid = image.clone().reshape(8, 8)
print("row", tuple(grid[2].shape), "patch", tuple(grid[2:5, 3:6].shape))
print("row means", tuple(grid.mean(dim=1).shape))
pair = [train[0][0], train[1][0]]
stacked, joined = torch.stack(pair), torch.cat(pair)
print("stack", tuple(stacked.shape), "cat", tuple(joined.shape))
array = grid.numpy()
array[0, 0] = 0.5
print("same memory:", grid[0, 0].item())
# --8<-- [end:tensors]


# --8<-- [start:scale]
def descend(x, y):
    A = torch.cat([x, torch.ones(len(x), 1)], dim=1)  # (N, 65)
    H = 2 / len(x) * A.T @ A  # (65, 65), second derivatives
    limit = 2 / torch.linalg.eigvalsh(H).max()
    theta, losses = torch.zeros(65), []
    for step in range(1, 1001):
        theta -= 0.9 * limit * 2 / len(x) * A.T @ (A @ theta - y)
        if step in (10, 100, 1000):
            losses.append(((A @ theta - y) ** 2).mean())
    return limit, losses


odd = (train.labels % 2).double()  # 1 for an odd digit
upper = torch.ones(64)
upper[:32] = 16  # the upper four rows
print("pixels     limit       10      100    1,000")
for name, factor in (("0 to 16", 16), ("0 to 1", 1), ("mixed", upper)):
    limit, losses = descend(train.images * factor, odd)
    print(f"{name:7} {limit:.6f}", *(f"  {loss:.4f}" for loss in losses))
# --8<-- [end:scale]

# --8<-- [start:first_step]
from models import MLP
from torch.nn.functional import cross_entropy

for factor in (16, 1):
    for seed in range(3):
        torch.manual_seed(seed)
        model = MLP()
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
        z = model(train.images * factor)  # (N, 10)
        loss = cross_entropy(z, train.labels)
        loss.backward()
        optimizer.step()
        moved = (model(train.images * factor) - z).abs().mean()
        print(f"0 to {factor:2}: L {loss:.4f}, z moved by {moved:.4f}")
# --8<-- [end:first_step]

# --8<-- [start:loader]
from torch.utils.data import DataLoader

generator = torch.Generator().manual_seed(0)
loader = DataLoader(train, batch_size=32, shuffle=True, generator=generator)
x, y = next(iter(loader))
print("one batch", tuple(x.shape), tuple(y.shape))
for epoch in (1, 2):
    batches = [y for _, y in loader]
    print(f"epoch {epoch}: {len(batches)} batches, last {len(batches[-1])}")
    print("  labels", *batches[0][:12].tolist())
# --8<-- [end:loader]


# --8<-- [start:transform]
from digits import jitter

jittered = Digits("train", transform=jitter)
torch.manual_seed(0)
grids = train.images.reshape(-1, 8, 8)
for name, row in (("top", grids[:, 0]), ("bottom", grids[:, 7])):
    print(f"ink in the {name} row: {(row > 0).any(dim=1).sum()} images")
one = [pad(jittered[0][0].reshape(8, 8), (1,) * 4, value=0.4) for _ in range(8)]
plt.figure(figsize=(5, 0.8))
plt.imshow(torch.cat(one, dim=1), cmap="gray", interpolation="none")
plt.axis("off")
plt.show()
# --8<-- [end:transform]


# --8<-- [start:leak]
def score(x, y):
    half = len(x) // 2
    known, new = torch.randperm(len(x)).split([half, len(x) - half])
    nearest = torch.cdist(x[new], x[known]).argmin(dim=1)
    return (y[known][nearest] == y[new]).double().mean()


for seed in range(3):
    torch.manual_seed(seed)
    x, y = train.images[:600], torch.randint(10, (600,))
    print(f"each image once {score(x, y):.4f}", end=", ")
    print(f"twice {score(x.repeat(2, 1), y.repeat(2)):.4f}")
# --8<-- [end:leak]

# --8<-- [start:standardize]
mean, std = train.images.mean(dim=0), train.images.std(dim=0)  # (64,), (64,)
print("pixels that never change", (std == 0).nonzero().flatten().tolist())
validation = Digits("validation")
print("not a number:", ((train.images - mean) / std).isnan().sum().item())
std[std == 0] = 1
for part in (train, validation):
    z = (part.images - mean) / std
    print(f"mean {z.mean():z.4f}, mean square {(z**2).mean():.4f}")
    print(f"  largest entry {z.abs().max():.4f}")
# --8<-- [end:standardize]

# --8<-- [start:order]
loose = DataLoader(train, batch_size=32, shuffle=True)
for name, batches in (("own generator", loader), ("none", loose)):
    print(name)
    for _ in range(2):
        torch.manual_seed(0)
        print("  labels", *next(iter(batches))[1][:12].tolist())
# --8<-- [end:order]
