# --8<-- [start:setup]
import torch
from torch.nn.functional import cross_entropy

from bpe import encode, train
from gpt import GPT
from numerals import corpus

torch.set_default_dtype(torch.float64)
text = corpus(2000)
merges = train(text, size=1000)
lines = [encode(line + "\n", merges) for line in text.split("\n")[:8]]
T = max(len(line) for line in lines) - 1
x = torch.tensor([(line + [10] * T)[:T] for line in lines])  # (B, T), 10 is "\n"
y = torch.tensor([(line[1:] + [-1] * T)[:T] for line in lines])  # (B, T)
torch.manual_seed(0)
model = GPT(vocabulary=372, context=24, width=16, heads=2, layers=2)
weights = {name: p.detach().clone() for name, p in model.named_parameters()}
print(tuple(x.shape), f"{(y >= 0).sum()} of {y.numel()} targets count")
print(f"{len(weights)} tensors, {sum(w.numel() for w in weights.values())} numbers")
# --8<-- [end:setup]


# --8<-- [start:linear]
def linear(x, name, w):
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"], (x, name)


def linear_back(dy, saved, w, g):
    x, name = saved
    g[f"{name}.weight"] = dy.flatten(0, 1).T @ x.flatten(0, 1)
    g[f"{name}.bias"] = dy.sum(dim=(0, 1))
    return dy @ w[f"{name}.weight"]  # dx


# --8<-- [end:linear]


# --8<-- [start:norm]
def norm(x, name, w):
    spread = (x.var(dim=-1, keepdim=True, correction=0) + 1e-5).sqrt()
    n = (x - x.mean(dim=-1, keepdim=True)) / spread  # (B, T, C)
    return n * w[f"{name}.weight"] + w[f"{name}.bias"], (n, spread, name)


def norm_back(dy, saved, w, g):
    n, spread, name = saved
    g[f"{name}.weight"] = (dy * n).sum(dim=(0, 1))
    g[f"{name}.bias"] = dy.sum(dim=(0, 1))
    dn = dy * w[f"{name}.weight"]
    along = (dn * n).mean(dim=-1, keepdim=True) * n
    return (dn - dn.mean(dim=-1, keepdim=True) - along) / spread  # dx


# --8<-- [end:norm]


# --8<-- [start:gelu]
def gelu(x):
    below = (1 + torch.erf(x / 2**0.5)) / 2  # of a normal distribution
    return x * below, (x, below)


def gelu_back(dy, saved):
    x, below = saved
    density = torch.exp(-(x**2) / 2) / (2 * torch.pi) ** 0.5
    return dy * (below + x * density)


# --8<-- [end:gelu]


# --8<-- [start:attention]
def attention(qkv, heads):
    B, T, C = qkv.shape
    qkv = qkv.view(B, T, 3, heads, C // 3 // heads).permute(2, 0, 3, 1, 4)
    q, k, v = qkv  # each (B, H, T, d)
    scores = q @ k.mT / q.shape[-1] ** 0.5  # (B, H, T, T)
    later = torch.ones(T, T, dtype=torch.bool).triu(diagonal=1)
    A = scores.masked_fill(later, -torch.inf).softmax(dim=-1)
    return (A @ v).transpose(1, 2).flatten(2), (q, k, v, A)


def attention_back(dy, saved):
    q, k, v, A = saved
    B, H, T, d = q.shape
    dy = dy.view(B, T, H, d).transpose(1, 2)
    dv = A.mT @ dy
    dA = dy @ v.mT
    dscores = A * (dA - (dA * A).sum(dim=-1, keepdim=True))
    dq, dk = dscores @ k / d**0.5, dscores.mT @ q / d**0.5
    dqkv = torch.stack([dq, dk, dv])  # (3, B, H, T, d)
    return dqkv.permute(1, 3, 0, 2, 4).reshape(B, T, 3 * H * d)


# --8<-- [end:attention]


# --8<-- [start:block]
def block(x, name, w, heads):
    n1, s1 = norm(x, f"{name}.norm1", w)
    qkv, s2 = linear(n1, f"{name}.attention.qkv", w)
    y, s3 = attention(qkv, heads)
    y, s4 = linear(y, f"{name}.attention.out", w)
    x = x + y
    n2, s5 = norm(x, f"{name}.norm2", w)
    u, s6 = linear(n2, f"{name}.mlp.hidden", w)
    h, s7 = gelu(u)
    y, s8 = linear(h, f"{name}.mlp.out", w)
    return x + y, (s1, s2, s3, s4, s5, s6, s7, s8)


def block_back(dx, saved, w, g):
    s1, s2, s3, s4, s5, s6, s7, s8 = saved
    du = gelu_back(linear_back(dx, s8, w, g), s7)
    dx = dx + norm_back(linear_back(du, s6, w, g), s5, w, g)
    dqkv = attention_back(linear_back(dx, s4, w, g), s3)
    return dx + norm_back(linear_back(dqkv, s2, w, g), s1, w, g)


# --8<-- [end:block]


# --8<-- [start:loss]
def forward(x, y, w, layers=2, heads=2):
    T = x.shape[1]
    h = w["tokens.weight"][x] + w["positions.weight"][:T]  # (B, T, C)
    saved = []
    for layer in range(layers):
        h, s = block(h, f"blocks.{layer}", w, heads)
        saved.append(s)
    n, s_norm = norm(h, "norm", w)
    z = n @ w["tokens.weight"].T  # (B, T, V)
    counts = y >= 0  # (B, T), the others have no target
    p = z.softmax(dim=-1)
    loss = -p[counts, y[counts]].log().mean()
    return loss, (saved, n, s_norm, p, counts)


# --8<-- [end:loss]


# --8<-- [start:backward]
def backward(x, y, saved, w):
    blocks, n, s_norm, p, counts = saved
    g = {name: torch.zeros_like(tensor) for name, tensor in w.items()}
    dz = torch.zeros_like(p)  # (B, T, V)
    dz[counts] = p[counts] / counts.sum()
    dz[counts, y[counts]] -= 1 / counts.sum()
    g["tokens.weight"] += dz.flatten(0, 1).T @ n.flatten(0, 1)  # as head
    dh = norm_back(dz @ w["tokens.weight"], s_norm, w, g)
    for s in reversed(blocks):
        dh = block_back(dh, s, w, g)
    g["tokens.weight"].index_add_(0, x.flatten(), dh.flatten(0, 1))
    g["positions.weight"][: x.shape[1]] += dh.sum(dim=0)
    return g


# --8<-- [end:backward]

# --8<-- [start:loss_equal]
loss, saved = forward(x, y, weights)
by_hand = backward(x, y, saved, weights)
z = model(x)  # (B, T, V)
expected = cross_entropy(z.flatten(0, 1), y.flatten(), ignore_index=-1)
expected.backward()
print(f"by hand {loss:.10f}")
print(f"torch   {expected:.10f}")
# --8<-- [end:loss_equal]


# --8<-- [start:nudge]
def by_nudge(name, entries, nudge=1e-5):
    slopes = []
    for i in entries:
        ends = []
        for sign in (1, -1):
            moved = weights[name].clone()
            moved.view(-1)[i] += sign * nudge
            ends.append(forward(x, y, weights | {name: moved})[0])
        slopes.append((ends[0] - ends[1]) / (2 * nudge))
    return torch.stack(slopes)


# --8<-- [end:nudge]


# --8<-- [start:ledger]
def relative(a, b, largest):
    return ((a - b).abs().max() / largest).item()


print("                             hand    nudge")
for name, p in model.named_parameters():
    largest = p.grad.abs().max()
    entries = torch.randperm(p.numel())[:5]
    hand = relative(by_hand[name], p.grad, largest)
    nudge = relative(by_nudge(name, entries), p.grad.view(-1)[entries], largest)
    short = name.removeprefix("blocks.").replace("attention", "attn")
    print(f"{short:19} {hand:.12f} {nudge:.6f}")
# --8<-- [end:ledger]

# --8<-- [start:picture]
import matplotlib.pyplot as plt

names = list(by_hand)
hand = [by_hand[name].norm() for name in names]
auto = [p.grad.norm() for p in model.parameters()]
plt.figure(figsize=(5.6, 2.8))
plt.semilogy(auto, "o", markersize=10, fillstyle="none")
plt.semilogy(hand, ".")
plt.xticks(range(0, 28, 3))
plt.show()
# --8<-- [end:picture]

# --8<-- [start:train]
ours = {name: tensor.clone() for name, tensor in weights.items()}
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for step in range(1, 21):
    loss, saved = forward(x, y, ours)
    for name, gradient in backward(x, y, saved, ours).items():
        ours[name] -= 0.5 * gradient
    z = model(x)
    expected = cross_entropy(z.flatten(0, 1), y.flatten(), ignore_index=-1)
    optimizer.zero_grad()
    expected.backward()
    optimizer.step()
    if step in (1, 2, 5, 10, 20):
        print(f"step {step:2} by hand {loss:.8f} torch {expected:.8f}")
differences = [(ours[n] - p).abs().max() for n, p in model.named_parameters()]
print(f"largest difference {max(differences):.10f}")
# --8<-- [end:train]


# --8<-- [start:forgotten]
def wrong_norm_back(dy, saved, w, g):
    n, spread, name = saved
    g[f"{name}.weight"] = (dy * n).sum(dim=(0, 1))
    g[f"{name}.bias"] = dy.sum(dim=(0, 1))
    dn = dy * w[f"{name}.weight"]
    return (dn - dn.mean(dim=-1, keepdim=True)) / spread


often = y[y >= 0].bincount() / (y >= 0).sum()
print(f"by frequency {torch.special.entr(often).sum():.4f}")
right_norm_back = norm_back
for norm_back in (right_norm_back, wrong_norm_back):
    w = {name: tensor.clone() for name, tensor in weights.items()}
    for _ in range(100):
        loss, saved = forward(x, y, w)
        for name, gradient in backward(x, y, saved, w).items():
            w[name] -= 0.5 * gradient
    print(f"{norm_back.__name__:15} {loss:.4f}")

loss, saved = forward(x, y, weights)
wrong = backward(x, y, saved, weights)
norm_back = right_norm_back
for name in ("norm.weight", "blocks.1.mlp.out.weight", "tokens.weight"):
    largest = by_hand[name].abs().max()
    print(name, f"{relative(wrong[name], by_hand[name], largest):.4f}")
# --8<-- [end:forgotten]

# --8<-- [start:key_bias]
for part, third in zip("qkv", by_hand["blocks.0.attention.qkv.bias"].chunk(3)):
    print(f"{part} {third.abs().max():.10f}")
# --8<-- [end:key_bias]

# --8<-- [start:tied]
loss, (_, n, _, p, counts) = forward(x, y, weights)
one_hot = torch.nn.functional.one_hot(y[counts], 372)  # (132, V)
head = (p[counts] - one_hot).T @ n[counts] / counts.sum()  # (V, C)
embedding = by_hand["tokens.weight"] - head
for name, part in (("head", head), ("embedding", embedding)):
    rows = (part.abs() > 1e-12).any(dim=1).sum()
    print(f"{name:9} norm {part.norm():.4f}, {rows} rows")
# --8<-- [end:tied]
