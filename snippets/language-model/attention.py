# --8<-- [start:average]
import torch

torch.set_default_dtype(torch.float64)


def show(name, rows):
    print(name)
    for row in rows.tolist():
        print(" ", *(f"{value:7.4f}" for value in row))


x = torch.tensor([[3.0, 0.0], [0.0, 3.0], [3.0, 3.0]])  # (T, C)
A = torch.ones(3, 3).tril()
A = A / A.sum(dim=1, keepdim=True)  # (T, T), each row adds up to 1
show("weights", A)
show("averages", A @ x)
# --8<-- [end:average]

# --8<-- [start:choose]
q = torch.tensor([[2.0, 0.0], [-1.0, 1.0], [1.0, 2.0]])  # (T, d)
k = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # (T, d)
v = x  # (T, d)
scores = q @ k.T  # (T, T)
later = torch.ones(3, 3, dtype=torch.bool).triu(diagonal=1)
A = scores.masked_fill(later, -torch.inf).softmax(dim=1)
show("scores", scores)
show("weights", A)
show("output", A @ v)
# --8<-- [end:choose]

# --8<-- [start:draw]
import matplotlib.pyplot as plt

figure, (left, right) = plt.subplots(1, 2, figsize=(5.6, 2.9))
for i, (query, key, value, out) in enumerate(zip(q, k, v, A @ v)):
    left.plot(*query, "o", color=f"C{i}", fillstyle="none", markersize=11)
    left.plot(*key, "o", color=f"C{i}")
    right.plot(*value, "o", color="grey", fillstyle="none", markersize=11)
    right.plot(*out, "o", color=f"C{i}")
left.set(xlim=(-3, 3), ylim=(-3, 3))
right.set(xlim=(-1, 4), ylim=(-1, 4))
plt.show()
# --8<-- [end:draw]

# --8<-- [start:spread]
torch.manual_seed(0)
for d in (4, 64, 1024):
    many = torch.randn(1000, 16, d) @ torch.randn(1000, d, 1)  # (1000, 16, 1)
    plain = many.softmax(dim=1).amax(dim=1).mean()
    divided = (many / d**0.5).softmax(dim=1).amax(dim=1).mean()
    print(f"{d:4} spread {many.std():7.4f} largest {plain:.4f} {divided:.4f}")
# --8<-- [end:spread]


# --8<-- [start:attend]
def attend(q, k, v):  # each (..., T, d)
    T, d = q.shape[-2:]
    scores = q @ k.mT / d**0.5  # (..., T, T)
    later = torch.ones(T, T, dtype=torch.bool).triu(diagonal=1)
    A = scores.masked_fill(later, -torch.inf).softmax(dim=-1)
    return A @ v, A  # (..., T, d), (..., T, T)


# --8<-- [end:attend]

# --8<-- [start:equal]
from torch.nn.functional import scaled_dot_product_attention

q, k, v = torch.randn(3, 2, 10, 16)  # each (B, T, d)
theirs = scaled_dot_product_attention(q, k, v, is_causal=True)
print(f"largest difference {(attend(q, k, v)[0] - theirs).abs().max():.12f}")
# --8<-- [end:equal]


# --8<-- [start:heads]
def several(x, W, W_out, heads):  # (B, T, C), (3C, C), (C, C)
    B, T, C = x.shape
    qkv = (x @ W.T).view(B, T, 3, heads, C // heads)
    q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (B, H, T, d)
    y, _ = attend(q, k, v)  # (B, H, T, d)
    return y.transpose(1, 2).reshape(B, T, C) @ W_out.T


# --8<-- [end:heads]

# --8<-- [start:modules]
x = torch.randn(2, 10, 16)  # (B, T, C)
layer = torch.nn.MultiheadAttention(16, 4, bias=False, batch_first=True)
W, W_out = layer.in_proj_weight, layer.out_proj.weight
later = torch.ones(10, 10, dtype=torch.bool).triu(diagonal=1)
theirs, _ = layer(x, x, x, attn_mask=later)
ours = several(x, W, W_out, heads=4)
print(f"nn.MultiheadAttention {(ours - theirs).abs().max():.12f}")

from gpt import Attention

module = Attention(width=16, heads=4)
for bias in (module.qkv.bias, module.out.bias):
    torch.nn.init.zeros_(bias)
ours = several(x, module.qkv.weight, module.out.weight, heads=4)
print(f"gpt.Attention         {(ours - module(x)).abs().max():.12f}")
# --8<-- [end:modules]

# --8<-- [start:bag]
from bpe import decode, encode, train
from numerals import chinese, corpus, english

text = corpus(2000)
merges = train(text, size=1000)
tokens, places = torch.randn(372, 16), torch.randn(24, 16)


def last(line, places, layers):
    codes = encode(line, merges)
    x = (tokens[codes] + places[: len(codes)]).unsqueeze(0)  # (1, T, C)
    for _ in range(layers):
        x = module(x)
    return x[0, -1]  # (C,)


def difference(places, layers):
    lines = ("forty-two=", "two-forty=")
    a, b = (last(line, places, layers) for line in lines)
    return (a - b).abs().max()


nowhere = torch.zeros(24, 16)
print(f"no places, one layer:  {difference(nowhere, 1):.4f}")
print(f"no places, two layers: {difference(nowhere, 2):.4f}")
print(f"places, one layer:     {difference(places, 1):.4f}")
# --8<-- [end:bag]

# --8<-- [start:model]
from torch import nn


class OneLayer(nn.Module):
    def __init__(self, mix, width=32):
        super().__init__()
        self.tokens = nn.Embedding(372, width)
        self.places = nn.Embedding(24, width)
        self.mix = mix
        self.head = nn.Linear(width, 372)

    def forward(self, codes):  # (B, T)
        x = self.tokens(codes) + self.places.weight[: codes.shape[1]]
        return self.head(x + self.mix(x))  # (B, T, V)


class Average(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x):  # (B, T, C)
        A = torch.ones(x.shape[1], x.shape[1]).tril()
        A = A / A.sum(dim=1, keepdim=True)  # (T, T)
        return self.out(A @ self.value(x))


# --8<-- [end:model]

# --8<-- [start:learn]
from torch.nn.functional import cross_entropy

stream = torch.tensor(encode(text, merges))


def learn(mix, seed, steps=200):
    torch.manual_seed(seed)
    model = OneLayer(mix())
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.02, fused=True)
    losses = []
    for _ in range(steps):
        start = torch.randint(len(stream) - 24, (16, 1))
        window = stream[start + torch.arange(25)]  # (16, 25)
        z = model(window[:, :-1])  # (16, 24, V)
        loss = cross_entropy(z.flatten(0, 1), window[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, sum(losses[-50:]) / 50


# --8<-- [end:learn]

# --8<-- [start:compare]
from collections import Counter

pairs = Counter(zip(stream[:-1].tolist(), stream[1:].tolist()))
firsts = Counter(stream[:-1].tolist())
p = torch.tensor([n / firsts[a] for (a, _), n in pairs.items()])
counts = torch.tensor(list(pairs.values()))
print(f"counted    {-(counts * p.log()).sum() / counts.sum():.4f}")

mixes = {
    "itself": lambda: torch.zeros_like,
    "average": lambda: Average(32),
    "one head": lambda: Attention(32, heads=1),
    "four heads": lambda: Attention(32, heads=4),
}
runs = {}
for name, mix in mixes.items():
    runs[name] = [learn(mix, seed) for seed in (0, 1)]
    print(f"{name:10}", *(f"{loss:.4f}" for _, loss in runs[name]))
# --8<-- [end:compare]


# --8<-- [start:look]
@torch.no_grad()
def weights(model, line):
    codes = encode(line, merges)
    x = model.tokens.weight[codes] + model.places.weight[: len(codes)]
    q, k, v = model.mix.qkv(x).chunk(3, dim=1)  # each (T, C)
    return attend(q, k, v)[1]  # (T, T)


line = f"{english(42)}={chinese(42)}"
real, other = (weights(model, line) for model, _ in runs["one head"])
for name, A in (("seed 0", real), ("seed 1", other)):
    print(f"{name}:", *(f"{weight:.2f}" for weight in A[3, :4].tolist()))

toy = scores.masked_fill(later[:3, :3], -torch.inf).softmax(dim=1)
figure, panels = plt.subplots(1, 2, figsize=(5.6, 2.6))
for panel, weights in zip(panels, (toy, real)):
    image = panel.imshow(weights, cmap="Blues", vmin=0, vmax=1)
    panel.grid(False)
    panel.set(xlabel="$s$", ylabel="$t$", xticks=range(len(weights)))
figure.colorbar(image, ax=panels, ticks=[0, 0.5, 1])
plt.show()
# --8<-- [end:look]


# --8<-- [start:no_mask]
class NoMask(Attention):
    def forward(self, x):
        B, T, C = x.shape
        qkv = self.qkv(x).view(B, T, 3, self.heads, C // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        y = scaled_dot_product_attention(q, k, v)  # and no is_causal
        return self.out(y.transpose(1, 2).reshape(B, T, C))


def write(model, line, count=8):
    codes = encode(line, merges)
    for _ in range(count):
        z = model(torch.tensor([codes]))[0, -1]  # (V,)
        codes.append(z.argmax().item())
    return decode(codes, merges)


model, loss = learn(lambda: NoMask(32, heads=4), seed=0)
print(f"without the mask, loss {loss:.4f}:", write(model, "forty-two="), sep="\n  ")
print("with the mask:", write(runs["four heads"][0][0], "forty-two="), sep="\n  ")
# --8<-- [end:no_mask]

# --8<-- [start:future]
one = torch.randint(372, (1, 10))
other = one.clone()
other[0, 6] += 1
for mask in (Attention, NoMask):
    torch.manual_seed(0)
    layer = OneLayer(mask(32, heads=4))
    changed = (layer(one) - layer(other)).abs().amax(dim=2)[0]  # (T,)
    print(f"{mask.__name__:9}", *(int(value > 0) for value in changed))
# --8<-- [end:future]

# --8<-- [start:same_queries]
q, k, v = torch.randn(3, 1, 4, 8)
q = torch.zeros_like(q)
show("weights", attend(q, k, v)[1][0])
# --8<-- [end:same_queries]
