# --8<-- [start:rows]
import torch

from task import MERGES, decode, inputs_and_targets, table

rows = table([7, 42305])  # (4, T + 1)
x, y = inputs_and_targets(rows)
print(*rows[1, :10].tolist(), "…")
for a, b in zip(x[1].tolist(), y[1].tolist()):
    if b != -1:
        print(f"after {decode([a], MERGES)!r} comes {decode([b], MERGES)!r}")
# --8<-- [end:rows]

# --8<-- [start:sets]
from trainer import TEST, TRAINING, VALIDATION

sets = {"training": TRAINING, "validation": VALIDATION, "test": TEST}
for name, numbers in sets.items():
    print(f"{name:10} {len(numbers):6} numbers, {2 * len(numbers):6} lines")
different = len(set(TRAINING + VALIDATION + TEST))
print(f"different numbers in all: {different}")
# --8<-- [end:sets]

# --8<-- [start:first_loss]
from trainer import loss_of, new_model

model = new_model(seed=0)
unseen = table(VALIDATION)
with torch.no_grad():
    print(
        f"loss {loss_of(model, unseen, whole=False):.2f}, ln 372 = {torch.tensor(372.0).log():.2f}"
    )
# --8<-- [end:first_loss]

# --8<-- [start:one_batch]
from task import wrong
from trainer import optimizer_of, take_step

few = table(TRAINING[:32])  # 64 lines
optimizer, rates = optimizer_of(model, steps=300)
for step in range(1, 301):
    loss = take_step(model, few, optimizer, rates, whole=False)
    if step in (1, 30, 100, 300):
        print(f"step {step:3} loss {loss:.2f}")
print(f"{wrong(model, few).sum()} of {len(few)} wrong")
print(f"unseen: {wrong(model, unseen).double().mean():.1f} of all wrong")
# --8<-- [end:one_batch]

# --8<-- [start:even]
from trainer import even_answers, recorded

even = recorded("even_answers", even_answers)
for seed, errors in enumerate(even["errors"].tolist()):
    print(f"seed {seed}:", *errors[3::4])
# --8<-- [end:even]

# --8<-- [start:read]
asked = torch.tensor([len(str(n)) for n in TRAINING[:20_000]]).bincount() * 2


def mistakes(runs):
    for seed in range(len(runs["errors"])):
        bad = runs["wrong"][runs["wrong"][:, 0] == seed, 1]  # rows of the table
        digits = torch.tensor([len(str(TRAINING[i // 2])) for i in bad.tolist()])
        yield bad, digits.long().bincount(minlength=6)


print("digits     1    2    3    4     5")
print("asked  {:5}{:5}{:5}{:5}{:6}".format(*asked[1:].tolist()))
for seed, (bad, digits) in enumerate(mistakes(even)):
    print("seed {}{:6}{:5}{:5}{:5}{:6}".format(seed, *digits[1:].tolist()))
    print(f"  {(bad % 2 == 1).sum()} of {len(bad)} from Chinese to English")
    three = [i for i in bad.tolist() if len(str(TRAINING[i // 2])) == 3]
    print(f"  {sum(i % 2 for i in three)} of {len(three)} with three digits")
# --8<-- [end:read]

# --8<-- [start:by_class]
from trainer import by_class_answers

classes = recorded("by_class_answers", by_class_answers)
for seed, (bad, _) in enumerate(mistakes(classes)):
    errors = classes["errors"][seed].tolist()
    print(f"seed {seed}:", *errors[3::4], "·", len(bad), "of 40,000")
    if len(bad):
        print(" ", *(TRAINING[i // 2] for i in bad.tolist()[:6]))
# --8<-- [end:by_class]

# --8<-- [start:whole]
from trainer import by_class_whole, even_whole

runs = recorded("by_class", by_class_whole)
four = {
    "even, answers": even,
    "by class, answers": classes,
    "even, whole line": recorded("even", even_whole),
    "by class, whole line": runs,
}
for name, some in four.items():
    print(f"{name:21}", *(len(bad) for bad, _ in mistakes(some)))
# --8<-- [end:whole]

# --8<-- [start:curves]
import matplotlib.pyplot as plt

figure, (left, right) = plt.subplots(1, 2, figsize=(5.6, 2.8))
for color, some in (("C1", even), ("C2", classes), ("C0", runs)):
    for errors, (_, digits) in zip(some["errors"], mistakes(some)):
        left.plot(range(100, 2401, 100), errors, color, lw=0.8)
        right.plot(range(1, 6), digits[1:] / asked[1:], f"{color}o-", lw=0.8)
left.set(yscale="symlog", ylim=(-0.3, 2400), xlabel="$i$")
right.set(xticks=range(1, 6))
plt.show()
# --8<-- [end:curves]

# --8<-- [start:test]
from trainer import trained

model = trained()
print(f"{wrong(model, table(TEST)).sum()} of {2 * len(TEST)} wrong")
print("all five seeds:", *runs["unseen"].tolist())
short = table(range(1, 1000))
print(f"below 1,000: {wrong(model, short).sum()} of {len(short)} wrong")
# --8<-- [end:test]

# --8<-- [start:chaos]
from trainer import two_starts

a, b = recorded("starts", two_starts)["losses"]
for step in (1, 100, 200, 300, 400, 500, 600):
    print(f"step {step:3} difference {(a[step - 1] - b[step - 1]).abs():.0e}")
# --8<-- [end:chaos]

# --8<-- [start:cost]
from trainer import by_class

N = sum(p.numel() for p in model.parameters())
drawn = table(TRAINING)[by_class(TRAINING)(10_000)]
tokens = (drawn >= 0).sum(dim=1).double().mean() - 1  # a line
D = 2400 * 64 * tokens.item()
print(f"N = {N:,}, D = {D:.1e}, 6ND = {6 * N * D:.1e}")
# --8<-- [end:cost]

# --8<-- [start:speed]
from time import perf_counter


def fastest(code, times=20):
    seconds = []
    for _ in range(times):
        start = perf_counter()
        code()
        seconds.append(perf_counter() - start)
    return min(seconds)


m = torch.randn(1024, 1024)
peak = 2 * 1024**3 / fastest(lambda: m @ m)  # operations a second
other = new_model(seed=0)
optimizer, rates = optimizer_of(other, steps=2400)
some = table(TRAINING[:32])
read = (some >= 0).sum().item() - len(some)  # tokens
speed = read / fastest(lambda: take_step(other, some, optimizer, rates))
share = 6 * N * speed / peak
print("more than 5,000 tokens a second:", speed > 5_000)
print("more than 5 % of the peak:", share > 0.05)
# --8<-- [end:speed]

# --8<-- [start:longer]
from numerals import english
from task import answer

for n in (99_000, 100_000, 120_000, 500_005):
    print(f"{english(n)}\n  {answer(model, english(n))}")
# --8<-- [end:longer]

# --8<-- [start:draws]
from trainer import evenly

for name, draw in (("even", evenly(TRAINING)), ("by class", by_class(TRAINING))):
    torch.manual_seed(0)
    digits = [len(str(TRAINING[i // 2])) for i in draw(10_000).tolist()]
    print(f"{name:8}", *torch.tensor(digits).bincount()[1:].tolist())
# --8<-- [end:draws]

# --8<-- [start:lookup]
from numerals import chinese

seen = {english(n): chinese(n) for n in TRAINING[:500] + TEST}
for name, numbers in (("test", TEST), ("validation", VALIDATION)):
    right = sum(seen.get(english(n)) == chinese(n) for n in numbers)
    print(f"{name}: {right} of {len(numbers)} right")
# --8<-- [end:lookup]
