# --8<-- [start:setup]
import torch
from torch.nn import functional as F

from digits import Digits
from models import MLP

torch.set_default_dtype(torch.float64)
train = Digits("train")
x, y = train.images, train.labels  # (N, 64), (N,)
torch.manual_seed(0)
z = MLP()(x).detach()  # (N, 10)


def compare(name, by_hand, by_torch):
    difference = (by_hand - by_torch).abs().max()
    print(f"{name:5} {by_hand:.4f}, difference {difference:.6f}")


# --8<-- [end:setup]

# --8<-- [start:mse]
target = F.one_hot(y, 10).double()  # (N, 10)
p = z.softmax(dim=1)  # (N, 10)
print(y[0].item(), target[0].int().tolist())
compare("MSE", ((p - target) ** 2).mean(), F.mse_loss(p, target))
# --8<-- [end:mse]

# --8<-- [start:cross_entropy]
right = p[torch.arange(len(y)), y]  # (N,)
print("right digit", *(f"{value:.4f}" for value in right[:4]))
compare("CE", -right.log().mean(), F.cross_entropy(z, y))
log_p = z - z.logsumexp(dim=1, keepdim=True)  # (N, 10)
compare("NLL", -log_p[torch.arange(len(y)), y].mean(), F.nll_loss(log_p, y))
# --8<-- [end:cross_entropy]

# --8<-- [start:binary]
even = (y % 2 == 0).double()  # (N,)
s = z[:, 0]  # (N,) one logit for each image
q = 1 / (1 + torch.exp(-s))  # (N,)
by_hand = -(even * q.log() + (1 - even) * (1 - q).log()).mean()
compare("BCE", by_hand, F.binary_cross_entropy_with_logits(s, even))
two = torch.stack([torch.zeros_like(s), s], dim=1)  # (N, 2)
compare("CE, 2", F.cross_entropy(two, even.long()), by_hand)
# --8<-- [end:binary]

# --8<-- [start:untrained]
print(f"ln 10 = {torch.tensor(10.0).log():.4f}")
for seed in range(5):
    torch.manual_seed(seed)
    z = MLP()(x).detach()
    loss = F.cross_entropy(z, y)
    right = (z.argmax(dim=1) == y).double().mean()
    print(f"seed {seed}: loss {loss:.4f}, right {right:.4f}")
# --8<-- [end:untrained]

# --8<-- [start:shapes]
import matplotlib.pyplot as plt

p_right = torch.linspace(0.01, 1, 100)
plt.plot(p_right, -p_right.log())
plt.plot(p_right, (1 - p_right) ** 2)
plt.xlabel("$p$")
plt.ylabel("$L$")
plt.show()
# --8<-- [end:shapes]

# --8<-- [start:sure]
for logit in (0.0, -5.0, -10.0):
    s = torch.tensor(logit, requires_grad=True)
    p = torch.sigmoid(s)
    (ce,) = torch.autograd.grad(-p.log(), s, retain_graph=True)
    (se,) = torch.autograd.grad((1 - p) ** 2, s)
    print(f"p = {p:.6f}: CE {ce:.6f}, squared {se:.6f}")
# --8<-- [end:sure]

# --8<-- [start:mean_sum]
model = MLP()
for N in (32, 320):
    for reduction in ("mean", "sum"):
        loss = F.cross_entropy(model(x[:N]), y[:N], reduction=reduction)
        (grad,) = torch.autograd.grad(loss, model.output.bias)
        print(f"N = {N:3}, {reduction:4}: gradient {grad.norm():7.4f}")
# --8<-- [end:mean_sum]

# --8<-- [start:last_batch]
each = F.cross_entropy(z, y, reduction="none")  # (N,)
batches = each.split(32)
of_means = torch.stack([batch.mean() for batch in batches]).mean()
weighted = sum(batch.sum() for batch in batches) / len(each)
print(f"{len(batches)} batches, the last has {len(batches[-1])} images")
print(f"mean of the batch means {of_means:.6f}")
print(f"mean over all images    {weighted:.6f}")
print(f"cross_entropy           {F.cross_entropy(z, y):.6f}")
# --8<-- [end:last_batch]

# --8<-- [start:broadcast]
p = torch.tensor([[1.0], [2.0], [3.0], [4.0]])  # (N, 1)
target = torch.tensor([1.0, 2.0, 3.0, 4.0])  # (N,)
for prediction in (p, p.squeeze(1)):
    errors = prediction - target
    print(tuple(errors.shape), (errors**2).mean().item())
# --8<-- [end:broadcast]

# --8<-- [start:told]
import textwrap
import warnings

for loss in (F.mse_loss, F.binary_cross_entropy_with_logits):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            loss(p, target)
        except (UserWarning, ValueError) as told:
            print(f"{type(told).__name__}:")
            print(textwrap.fill(str(told), 38))
# --8<-- [end:told]

# --8<-- [start:twice]
sure = 20 * F.one_hot(y, 10).double()  # (N, 10)
print(f"logits        {F.cross_entropy(sure, y):.4f}")
print(f"probabilities {F.cross_entropy(sure.softmax(dim=1), y):.4f}")
# --8<-- [end:twice]

# --8<-- [start:constant]
share = y.bincount() / len(y)  # (10,)
entropy = -(share * share.log()).sum()
constant = share.log().expand(len(y), 10)  # (N, 10)
print(f"entropy {entropy:.6f}, loss {F.cross_entropy(constant, y):.6f}")
# --8<-- [end:constant]

# --8<-- [start:smoothing]
soft = 0.9 * F.one_hot(y, 10) + 0.1 / 10  # (N, 10)
by_hand = -(soft * z.log_softmax(dim=1)).sum(dim=1).mean()
compare("LS", by_hand, F.cross_entropy(z, y, label_smoothing=0.1))
print(f"{F.cross_entropy(sure, y):.4f} -> ", end="")
print(f"{F.cross_entropy(sure, y, label_smoothing=0.1):.4f}")
# --8<-- [end:smoothing]
