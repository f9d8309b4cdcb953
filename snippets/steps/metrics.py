# --8<-- [start:rare]
import torch
from torch import nn
from torch.nn.functional import (
    binary_cross_entropy_with_logits as bce,
)

from digits import Digits

torch.set_default_dtype(torch.float64)
train, validation = Digits("train"), Digits("validation")
x, y = train.images, (train.labels == 8).double()
x_new = validation.images
y_new = (validation.labels == 8).double()

print(f"8s: {y.sum():.0f} of {len(y)}", end=", ")
print(f"{y_new.sum():.0f} of {len(y_new)}")
print(f"always no: right {1 - y_new.mean():.4f}")
# --8<-- [end:rare]


# --8<-- [start:learn]
def learn(x, y, weight=1.0):
    torch.manual_seed(0)
    model = nn.Linear(64, 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(300):
        z = model(x).flatten()  # (N,)
        loss = bce(z, y, pos_weight=torch.tensor(weight))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def probability(model, x):
    with torch.no_grad():
        return model(x).flatten().sigmoid()  # (N,)


p = probability(learn(x, y), x_new)  # (300,)
right = ((p > 0.5) == (y_new == 1)).double().mean()
print(f"linear layer: right {right:.4f}")
# --8<-- [end:learn]


# --8<-- [start:counts]
def counts(p, y, threshold=0.5):
    yes = p > threshold
    tp = (yes & (y == 1)).sum().item()
    fp = (yes & (y == 0)).sum().item()
    fn = (~yes & (y == 1)).sum().item()
    tn = (~yes & (y == 0)).sum().item()
    return tp, fp, fn, tn


tp, fp, fn, tn = counts(p, y_new)
print("            p > 0.5    other")
print(f"an 8        TP {tp:4}  FN {fn:4}")
print(f"not an 8    FP {fp:4}  TN {tn:4}")
# --8<-- [end:counts]

# --8<-- [start:by_hand]
from sklearn import metrics

precision = tp / (tp + fp)
recall = tp / (tp + fn)
f1 = 2 * precision * recall / (precision + recall)
print(f"precision {precision:.4f}", end=", ")
print(f"recall {recall:.4f}, F1 {f1:.4f}")

yes = p > 0.5
print(f"sklearn   {metrics.precision_score(y_new, yes):.4f}", end=", ")
print(f"       {metrics.recall_score(y_new, yes):.4f}", end=", ")
print(f"   {metrics.f1_score(y_new, yes):.4f}")
# --8<-- [end:by_hand]

# --8<-- [start:mixed_up]
mixer = torch.Generator().manual_seed(0)
mixed_x = x[torch.randperm(1197, generator=mixer)]
mixed_y = y[torch.randperm(1197, generator=mixer)]
mixed = probability(learn(mixed_x, mixed_y), x_new)

tp, fp, fn, tn = counts(mixed, y_new)
print(f"right {(tp + tn) / 300:.4f}")
print(f"TP {tp}, FP {fp}, FN {fn}, TN {tn}")
print(f"of the 8s found: {tp / (tp + fn):.4f}")
# --8<-- [end:mixed_up]

# --8<-- [start:thresholds]
print("threshold  TP  FP  precision  recall")
for threshold in (0.9, 0.5, 0.1, 0.01):
    tp, fp, fn, tn = counts(p, y_new, threshold)
    print(f"{threshold:9} {tp:3} {fp:3}", end="")
    print(f"{tp / (tp + fp):11.4f} {tp / (tp + fn):7.4f}")
# --8<-- [end:thresholds]

# --8<-- [start:curve]
import matplotlib.pyplot as plt

order = p.argsort(descending=True)
hits = y_new[order].cumsum(dim=0)  # (300,)
precisions = hits / torch.arange(1, 301)
recalls = hits / y_new.sum()

plt.plot(recalls, precisions)
for threshold in (0.9, 0.5, 0.1):
    k = (p > threshold).sum().item()
    plt.plot(recalls[k - 1], precisions[k - 1], "o", color="C1")
    place = (recalls[k - 1] - 0.09, precisions[k - 1] - 0.08)
    plt.annotate(f"{threshold}", place)
plt.axhline(y_new.mean(), color="C2", linestyle="--")
plt.xlabel("$R$")
plt.ylabel("$P$")
plt.ylim(0, 1.05)
plt.show()
# --8<-- [end:curve]

# --8<-- [start:average]
mean = precisions[y_new[order] == 1].mean()
area = metrics.average_precision_score(y_new, p)
print(f"average precision {mean:.4f}, sklearn {area:.4f}")
# --8<-- [end:average]

# --8<-- [start:rarer]
eights, others = p[y_new == 1], p[y_new == 0]
above = eights[:, None] > others  # (31, 269)
print(f"an 8 above another digit: {above.double().mean():.4f}")

for times in (1, 10):
    many_p = torch.cat([eights, others.repeat(times)])
    many_y = torch.cat([torch.ones(31), torch.zeros(269 * times)])
    area = metrics.roc_auc_score(many_y, many_p)
    average = metrics.average_precision_score(many_y, many_p)
    print(f"one 8 in {len(many_y) / 31:4.1f}:", end=" ")
    print(f"ROC {area:.4f}, AP {average:.4f}")


# --8<-- [end:rarer]


# --8<-- [start:folds]
def folds(seed, k=5):
    mixer = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(y), generator=mixer)
    for i in range(k):
        out = order[i::k]  # every k-th, from the i-th on
        kept = torch.ones(len(y), dtype=torch.bool)
        kept[out] = False
        yield x[kept], y[kept], x[out], y[out]


print("fold  8s  precision  recall      F1")
for i, (x_in, y_in, x_out, y_out) in enumerate(folds(seed=0)):
    p_out = probability(learn(x_in, y_in), x_out)
    tp, fp, fn, tn = counts(p_out, y_out)
    print(f"{i:4} {tp + fn:3} {tp / (tp + fp):10.4f}", end="")
    print(f"{tp / (tp + fn):8.4f} {2 * tp / (2 * tp + fp + fn):7.4f}")
# --8<-- [end:folds]


# --8<-- [start:costs]
def cost(p, y, threshold):
    tp, fp, fn, tn = counts(p, y, threshold)
    return 9 * fn + fp


costs = []
for seed in range(3):
    for x_in, y_in, x_out, y_out in folds(seed):
        plain = probability(learn(x_in, y_in), x_out)
        weighted = probability(learn(x_in, y_in, 9.0), x_out)
        costs.append(
            [
                9 * y_out.sum().item(),
                cost(plain, y_out, 0.5),
                cost(plain, y_out, 0.1),
                cost(weighted, y_out, 0.5),
            ]
        )
costs = torch.tensor(costs)  # (15, 4)
names = ("always no", "0.5", "0.1", "weight 9, 0.5")
for name, column in zip(names, costs.T):
    print(f"{name:13} mean {column.mean():6.2f}", end=", ")
    print(f"{column.min():3.0f} to {column.max():3.0f}")
gap = costs[:, 3] - costs[:, 2]
print(f"weight cheaper {(gap < 0).sum()}", end=", ")
print(f"0.1 cheaper {(gap > 0).sum()} of {len(gap)}")
# --8<-- [end:costs]

# --8<-- [start:calibrated]
weighted = probability(learn(x, y, 9.0), x_new)
print(f"share of 8s       {y_new.mean():.4f}")
print(f"mean p            {p.mean():.4f}")
print(f"mean p, weight 9  {weighted.mean():.4f}")
# --8<-- [end:calibrated]

# --8<-- [start:undo]
back = weighted / (weighted + 9 * (1 - weighted))
print(f"mean p, undone {back.mean():.4f}")
print("weighted above 0.5:", (weighted > 0.5).sum().item())
print("undone above 0.1:  ", (back > 0.1).sum().item())
# --8<-- [end:undo]


# --8<-- [start:best_f1]
def f1_score(p, y, threshold):
    tp, fp, fn, tn = counts(p, y, threshold)
    return 2 * tp / (2 * tp + fp + fn)


thresholds = [k / 50 for k in range(1, 50)]
torch.manual_seed(0)
chosen, fresh, fixed = [], [], []
for _ in range(300):
    half, other = torch.randint(300, (2, 150))
    scores = []
    for threshold in thresholds:
        scores.append(f1_score(p[half], y_new[half], threshold))
    best = thresholds[scores.index(max(scores))]
    chosen.append(max(scores))
    fresh.append(f1_score(p[other], y_new[other], best))
    fixed.append(f1_score(p[other], y_new[other], 0.5))
print(f"where it was chosen {sum(chosen) / 300:.4f}")
print(f"on another draw     {sum(fresh) / 300:.4f}")
print(f"0.5, chosen before  {sum(fixed) / 300:.4f}")
# --8<-- [end:best_f1]

# --8<-- [start:ten]
from training import train_classifier

classifier = train_classifier()
with torch.no_grad():
    z = classifier(validation.images)  # (300, 10)
read = z.argmax(dim=1)
f1s = []
print("digit  precision  recall")
for digit in range(10):
    is_digit = (validation.labels == digit).double()
    tp, fp, fn, tn = counts((read == digit).double(), is_digit)
    f1s.append(2 * tp / (2 * tp + fp + fn))
    print(f"{digit:5} {tp / (tp + fp):10.4f} {tp / (tp + fn):7.4f}")
print(f"mean of the ten F1 {sum(f1s) / 10:.4f}")
# --8<-- [end:ten]
