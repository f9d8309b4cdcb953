# --8<-- [start:runs]
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.optim import SGD, AdamW

from digits import Digits
from patients import healthy, patient_a, patient_b, patient_c, patient_d
from training import evaluate, new_loader, train_epoch

torch.set_default_dtype(torch.float64)
runs = {
    "healthy": healthy,
    "A": patient_a,
    "B": patient_b,
    "C": patient_c,
    "D": patient_d,
}
# --8<-- [end:runs]

# --8<-- [start:start]
print(f"ln 10 = {torch.tensor(10.0).log():.4f}")
for name, run in runs.items():
    model, optimizer, train, validation = run()
    loss, wrong = evaluate(model, train)
    print(f"{name:7} {loss:7.4f}")
# --8<-- [end:start]


# --8<-- [start:one_batch]
def one_batch(run, steps=300):
    model, optimizer, train, validation = run()
    batch = train[:32]  # (32, 64), (32,)
    train_epoch(model, [batch] * steps, optimizer)
    x, y = batch
    z = model(x)  # (32, 10)
    wrong = (z.argmax(dim=1) != y).sum().item()
    return cross_entropy(z, y).item(), wrong


print("          loss  wrong of 32")
for name, run in runs.items():
    loss, wrong = one_batch(run)
    print(f"{name:7} {loss:.4f} {wrong:6}")
loss, wrong = one_batch(patient_c, steps=3000)
print(f"C, 3,000 steps: {loss:.4f}, wrong {wrong}")
# --8<-- [end:one_batch]


# --8<-- [start:ratios]
def weights(model):
    found = []
    for name, parameter in model.named_parameters():
        if name.endswith("weight"):
            found.append(parameter.detach())
    return found


def mean_ratios(model, optimizer, loader):
    total = torch.zeros(len(weights(model)))
    for batch in loader:
        before = [w.clone() for w in weights(model)]
        train_epoch(model, [batch], optimizer)
        for i, w in enumerate(weights(model)):
            total[i] += (w - before[i]).norm() / before[i].norm()
    return total / len(loader)


print("          epoch 1        epoch 20")
print("        hidden output  hidden output")
for name, run in runs.items():
    model, optimizer, train, validation = run()
    loader = new_loader(train, seed=0)
    first = mean_ratios(model, optimizer, loader)
    for _ in range(18):
        train_epoch(model, loader, optimizer)
    last = mean_ratios(model, optimizer, loader)
    print(f"{name:7} {first[0]:.4f} {first[1]:.4f}", end="")
    print(f"  {last[0]:.4f} {last[1]:.4f}")
# --8<-- [end:ratios]


# --8<-- [start:curves]
def linear():
    torch.manual_seed(0)
    model = nn.Linear(64, 10)
    optimizer = SGD(model.parameters(), lr=0.05, momentum=0.9)
    return model, optimizer, Digits("train"), Digits("validation")


def curve(model, optimizer, train, validation):
    loader = new_loader(train, seed=0)
    seen, unseen = [], []
    for _ in range(20):
        train_epoch(model, loader, optimizer)
        seen.append(evaluate(model, train)[0])
        loss, wrong = evaluate(model, validation)
        unseen.append(loss)
    return seen, unseen, wrong


curves = {}
print("          train  validation  wrong")
for name, run in (runs | {"linear": linear}).items():
    curves[name] = curve(*run())
    seen, unseen, wrong = curves[name]
    print(f"{name:7} {seen[-1]:7.4f} {unseen[-1]:11.4f} {wrong:6}")
unseen = curves["D"][1]
print(f"D, validation: {min(unseen):.2f} to {max(unseen):.2f}")
# --8<-- [end:curves]

# --8<-- [start:draw]
import matplotlib.pyplot as plt

titles = ("✓", "A", "B", "C", "D", "$Wx + b$")
figure, panels = plt.subplots(2, 3, figsize=(5.4, 4), sharey=True)
for axes, title, found in zip(panels.flat, titles, curves.values()):
    axes.plot(range(1, 21), found[0], color="C0")
    axes.plot(range(1, 21), found[1], "--", color="C1")
    axes.set_title(title)
    axes.set(xticks=[1, 10, 20], ylim=(0, 2.6))
plt.show()
# --8<-- [end:draw]

# --8<-- [start:repair_a]
model, optimizer, train, validation = patient_a()
train_epoch(model, new_loader(train, seed=0), optimizer)
u = model.hidden(train.images)  # (1197, 32)
alive = (u > 0).any(dim=0).sum().item()
print(f"units above 0 for some image: {alive}")

model, optimizer, train, validation = patient_a()
train.images = train.images / 255
validation.images = validation.images / 255
seen, unseen, wrong = curve(model, optimizer, train, validation)
print(f"A: loss {curves['A'][1][-1]:.4f} -> {unseen[-1]:.4f}")
print(f"   wrong {curves['A'][2]} -> {wrong}")
# --8<-- [end:repair_a]

# --8<-- [start:repair_b]
model, optimizer, train, validation = patient_b()
model = model[0]
seen, unseen, wrong = curve(model, optimizer, train, validation)
print(f"B: loss {curves['B'][1][-1]:.4f} -> {unseen[-1]:.4f}")
print(f"   wrong {curves['B'][2]} -> {wrong}")
# --8<-- [end:repair_b]

# --8<-- [start:repair_c]
model, optimizer, train, validation = patient_c()
optimizer = SGD(model.parameters(), lr=0.05, momentum=0.9)
seen, unseen, wrong = curve(model, optimizer, train, validation)
print(f"C: loss {curves['C'][1][-1]:.4f} -> {unseen[-1]:.4f}")
print(f"   wrong {curves['C'][2]} -> {wrong}")
# --8<-- [end:repair_c]

# --8<-- [start:repair_d]
model, optimizer, train, validation = patient_d()
train = Digits("train")
seen, unseen, wrong = curve(model, optimizer, train, validation)
print(f"D: loss {curves['D'][1][-1]:.4f} -> {unseen[-1]:.4f}")
print(f"   wrong {curves['D'][2]} -> {wrong}")
# --8<-- [end:repair_d]

# --8<-- [start:adam]
model, optimizer, train, validation = patient_a()
optimizer = AdamW(model.parameters(), lr=0.003)
seen, unseen, wrong = curve(model, optimizer, train, validation)
print(f"A with AdamW: loss {unseen[-1]:.4f}, wrong {wrong}")
# --8<-- [end:adam]


# --8<-- [start:slow]
def patient_e():
    model, optimizer, train, validation = healthy()
    optimizer = SGD(model.parameters(), lr=0.0005, momentum=0.9)
    return model, optimizer, train, validation


model, optimizer, train, validation = patient_e()
print(f"start     {evaluate(model, train)[0]:.4f}")
print(f"one batch {one_batch(patient_e)[0]:.4f}")
loader = new_loader(train, seed=0)
first = mean_ratios(model, optimizer, loader)
print(f"ratios    {first[0]:.5f} {first[1]:.5f}")
# --8<-- [end:slow]

# --8<-- [start:blind]
model, optimizer, train, validation = healthy()
train.images = torch.zeros(1197, 64)
validation.images = torch.zeros(300, 64)
seen, unseen, wrong = curve(model, optimizer, train, validation)
print(f"train {seen[-1]:.4f}, wrong {wrong} of 300")
# --8<-- [end:blind]
