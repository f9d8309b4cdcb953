# --8<-- [start:loop]
import torch
from torch.optim import AdamW

from digits import Digits
from models import MLP
from training import evaluate, new_loader, train_epoch

torch.set_default_dtype(torch.float64)
train, validation = Digits("train"), Digits("validation")
torch.manual_seed(0)
model = MLP()
optimizer = AdamW(model.parameters(), lr=0.003)
loader = new_loader(train, seed=0)
print("epoch  train  validation  wrong of 300")
for epoch in range(1, 21):
    train_epoch(model, loader, optimizer)
    if epoch in (1, 2, 5, 10, 20):
        seen, _ = evaluate(model, train)
        unseen, wrong = evaluate(model, validation)
        print(f"{epoch:5} {seen:.4f} {unseen:11.4f} {wrong:13}")
# --8<-- [end:loop]

# --8<-- [start:progress]
from tqdm import tqdm

form = "{desc}: {n_fmt}/{total_fmt}|{bar}|"
bar = tqdm(loader, desc="epoch 21", ncols=40, bar_format=form)
train_epoch(model, bar, optimizer)
print(bar)
# --8<-- [end:progress]


# --8<-- [start:sizes]
def validation_losses(batch_size, epochs):
    found = []
    for seed in range(5):
        torch.manual_seed(seed)
        model = MLP()
        optimizer = AdamW(model.parameters(), lr=0.003)
        loader = new_loader(train, seed, batch_size)
        for _ in range(epochs):
            train_epoch(model, loader, optimizer)
        found.append(evaluate(model, validation)[0])
    return found


sizes = (8, 32, 128, 512)
same_epochs = [validation_losses(size, 10) for size in sizes]
epochs = (2, 8, 30, 100)
same_steps = [validation_losses(size, n) for size, n in zip(sizes, epochs)]
print("size         10 epochs    about 300 steps")
for size, a, b in zip(sizes, same_epochs, same_steps):
    print(f"{size:4}  {min(a):.4f} to {max(a):.4f}", end="")
    print(f"   {min(b):.4f} to {max(b):.4f}")
# --8<-- [end:sizes]

# --8<-- [start:spread]
import matplotlib.pyplot as plt

figure, panels = plt.subplots(1, 2, figsize=(5.2, 2.8), sharey=True)
for axes, found in zip(panels, (same_epochs, same_steps)):
    for size, losses in zip(sizes, found):
        axes.loglog([size] * 5, losses, "o", color="C0", alpha=0.6)
    axes.set_xticks(sizes, sizes)
    axes.minorticks_off()
    axes.set_xlabel("$B$")
panels[0].set_yticks([0.15, 0.3, 0.6, 1.2], [0.15, 0.3, 0.6, 1.2])
panels[0].set_ylabel("$L$")
plt.show()
# --8<-- [end:spread]

# --8<-- [start:accumulate]
from torch.nn.functional import cross_entropy

x, y = train[:128]  # (128, 64), (128,)
model = MLP()


def gradient():
    return torch.cat([p.grad.flatten() for p in model.parameters()])


cross_entropy(model(x), y).backward()
whole = gradient()
model.zero_grad()
for part_x, part_y in zip(x.split(32), y.split(32)):
    loss = cross_entropy(model(part_x), part_y) / 4
    loss.backward()
print(f"largest difference {(gradient() - whole).abs().max():.6f}")
# --8<-- [end:accumulate]

# --8<-- [start:clip]
norm = whole.norm()
by_hand = whole * (0.1 / norm).clamp(max=1)
torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=0.1)
print(f"norm {norm:.4f} -> {gradient().norm():.4f}")
print(f"largest difference {(gradient() - by_hand).abs().max():.6f}")
# --8<-- [end:clip]

# --8<-- [start:bad_batch]
for max_norm in (1.0, float("inf")):
    torch.manual_seed(0)
    model = MLP()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = new_loader(train, seed=0)
    for _ in range(5):
        train_epoch(model, loader, optimizer)
    before, first = evaluate(model, validation)
    optimizer.zero_grad()
    cross_entropy(model(16 * x), y).backward()
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    after, wrong = evaluate(model, validation)
    print(f"norm {norm:.2f}, limit {max_norm}:")
    print(f"  {before:.4f} -> {after:.4f}, wrong {first} -> {wrong}")
# --8<-- [end:bad_batch]


# --8<-- [start:schedule]
import math
from torch.optim import lr_scheduler

steps, warm_up, peak = 400, 40, 0.01


def by_hand(step):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    done = (step - warm_up) / (steps - warm_up)
    return peak * (1 + math.cos(math.pi * done)) / 2


optimizer = AdamW(MLP().parameters(), lr=peak)
rise = lr_scheduler.LinearLR(optimizer, 1 / warm_up, total_iters=warm_up - 1)
fall = lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps - warm_up)
schedule = lr_scheduler.SequentialLR(optimizer, [rise, fall], [warm_up])
rates = []
for _ in range(steps):
    rates.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    schedule.step()
largest = max(abs(rate - by_hand(i)) for i, rate in enumerate(rates))
print(f"largest difference {largest:.6f}")
# --8<-- [end:schedule]

# --8<-- [start:curve]
plt.plot(rates)
plt.xlabel("$t$")
plt.ylabel(r"$\eta$")
plt.show()
# --8<-- [end:curve]


# --8<-- [start:run]
def new_run():
    torch.manual_seed(0)
    model = MLP(dropout=0.2)
    optimizer = AdamW(model.parameters(), lr=0.01)
    schedule = lr_scheduler.CosineAnnealingLR(optimizer, T_max=6)
    return model, optimizer, schedule, new_loader(train, seed=0)


def three_epochs(model, optimizer, schedule, loader):
    for _ in range(3):
        train_epoch(model, loader, optimizer)
        schedule.step()


# --8<-- [end:run]

# --8<-- [start:save]
import tempfile
from pathlib import Path


def save(path, model, optimizer, schedule, loader):
    saved = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "shuffle": loader.generator.get_state(),
        "random": torch.get_rng_state(),
    }
    torch.save(saved, path)


# --8<-- [end:save]


# --8<-- [start:restore]
def restore(path, leave_out=None):
    model, optimizer, schedule, loader = new_run()
    saved = torch.load(path, weights_only=True)
    if leave_out != "model":
        model.load_state_dict(saved["model"])
    if leave_out != "optimizer":
        optimizer.load_state_dict(saved["optimizer"])
    if leave_out != "schedule":
        schedule.load_state_dict(saved["schedule"])
    if leave_out != "shuffle":
        loader.generator.set_state(saved["shuffle"])
    if leave_out != "random":
        torch.set_rng_state(saved["random"])
    return model, optimizer, schedule, loader


# --8<-- [end:restore]


# --8<-- [start:resume]
def flat(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


def compare(run, other):
    a, b = flat(run[0]), flat(other[0])  # (2410,) each
    same, largest = torch.equal(a, b), (a - b).abs().max()
    return f"same bits: {same}, off by {largest:.4f}"


whole = new_run()
three_epochs(*whole)
folder = tempfile.TemporaryDirectory()
path = Path(folder.name, "checkpoint.pt")
save(path, *whole)
three_epochs(*whole)
resumed = restore(path)
three_epochs(*resumed)
print(compare(resumed, whole))
# --8<-- [end:resume]

# --8<-- [start:incomplete]
for name in ("model", "optimizer", "schedule", "shuffle", "random"):
    resumed = restore(path, leave_out=name)
    three_epochs(*resumed)
    print(f"without {name}:")
    print(" ", compare(resumed, whole))
folder.cleanup()
# --8<-- [end:incomplete]

# --8<-- [start:sorted]
from torch.utils.data import DataLoader, Subset

in_order = Subset(train, train.labels.argsort(stable=True))
for shuffle in (True, False):
    for seed in range(3):
        torch.manual_seed(seed)
        model = MLP()
        optimizer = AdamW(model.parameters(), lr=0.003)
        loader = DataLoader(in_order, batch_size=32, shuffle=shuffle)
        for _ in range(5):
            train_epoch(model, loader, optimizer)
        loss, wrong = evaluate(model, validation)
        print(f"shuffle={shuffle}: loss {loss:.4f}, wrong {wrong}")
# --8<-- [end:sorted]


# --8<-- [start:uneven]
x, y = train[:77]  # 32 + 32 + 13 images
model.zero_grad()
cross_entropy(model(x), y).backward()
whole = gradient()
for by_size in (False, True):
    model.zero_grad()
    for part_x, part_y in zip(x.split(32), y.split(32)):
        share = len(part_y) / 77 if by_size else 1 / 3
        loss = share * cross_entropy(model(part_x), part_y)
        loss.backward()
    difference = (gradient() - whole).abs().max()
    print(f"by size {by_size}: off by {difference:.6f}")
# --8<-- [end:uneven]

# --8<-- [start:by_value]
from torch.nn.functional import cosine_similarity
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

for name, clip in (("norm", clip_grad_norm_), ("value", clip_grad_value_)):
    model.zero_grad()
    cross_entropy(model(x), y).backward()
    clip(model.parameters(), 0.01)
    clipped = gradient()
    cosine = cosine_similarity(clipped, whole, dim=0)
    print(f"{name:5}: norm {clipped.norm():.4f}, cosine {cosine:.4f}")
# --8<-- [end:by_value]
