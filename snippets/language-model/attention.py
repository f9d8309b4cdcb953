# --8<-- [start:average]
import torch

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=4, sci_mode=False)
x = torch.tensor([[3.0, 0], [0, 3], [3, 3]])  # (T, C), three positions
A = torch.ones(3, 3).tril()
A = A / A.sum(dim=1, keepdim=True)  # (T, T), each row adds up to 1
print(A)
print(A @ x)
# --8<-- [end:average]

# --8<-- [start:choose]
q = torch.tensor([[1.0, 0], [1, 0], [1, 2]])  # (T, d)
k = torch.tensor([[1.0, 0], [0, 1], [1, 1]])  # (T, d)
v = x
scores = q @ k.T  # (T, T)
later = torch.ones(3, 3, dtype=torch.bool).triu(1)
weights = scores.masked_fill(later, -torch.inf).softmax(dim=1)
print(scores)
print(weights)
print(weights @ v)
# --8<-- [end:choose]


# --8<-- [start:attend]
def attend(q, k, v):  # each (..., T, d)
    T, d = q.shape[-2:]
    scores = q @ k.transpose(-2, -1) / d**0.5  # (..., T, T)
    later = torch.ones(T, T, dtype=torch.bool).triu(1)
    weights = scores.masked_fill(later, -torch.inf).softmax(dim=-1)
    return weights @ v, weights


# --8<-- [end:attend]

# --8<-- [start:scale]
torch.manual_seed(0)
for d in (4, 64, 1024):
    a, b = torch.randn(1000, 16, d), torch.randn(1000, d, 1)
    scores = (a @ b)[..., 0]  # (1000, 16), one query and 16 keys, a thousand times
    plain = scores.softmax(dim=1).max(dim=1).values.mean()
    scaled = (scores / d**0.5).softmax(dim=1).max(dim=1).values.mean()
    print(f"d {d:4}: spread {scores.std():7.4f}, largest {plain:.4f}, {scaled:.4f}")
# --8<-- [end:scale]

# --8<-- [start:equal]
from torch.nn.functional import scaled_dot_product_attention

q, k, v = torch.randn(3, 2, 4, 10, 8)  # each (B, H, T, d)
ours, weights = attend(q, k, v)
theirs = scaled_dot_product_attention(q, k, v, is_causal=True)
print(f"largest difference {(ours - theirs).abs().max():.12f}")
# --8<-- [end:equal]


# --8<-- [start:heads]
def several(x, W, W_out, heads):  # (B, T, C), (3C, C), (C, C)
    B, T, C = x.shape
    qkv = (x @ W.T).view(B, T, 3, heads, C // heads)
    q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (B, H, T, d)
    y, _ = attend(q, k, v)
    return y.transpose(1, 2).reshape(B, T, C) @ W_out.T


theirs = torch.nn.MultiheadAttention(16, num_heads=4, bias=False, batch_first=True)
W, W_out = theirs.in_proj_weight.detach(), theirs.out_proj.weight.detach()
x = torch.randn(2, 10, 16)
later = torch.ones(10, 10, dtype=torch.bool).triu(1)
expected, _ = theirs(x, x, x, attn_mask=later)
print(f"largest difference {(several(x, W, W_out, 4) - expected).abs().max():.12f}")
# --8<-- [end:heads]

# --8<-- [start:bag]
from bpe import encode, train
from numerals import corpus
from gpt import Attention

text = corpus(2000)
merges = train(text, 1000)
torch.manual_seed(0)
embedding, positions = torch.randn(372, 16), torch.randn(10, 16)
layer = Attention(width=16, heads=4)


def last(line, places):
    tokens = encode(line, merges)
    x = embedding[tokens] + places[: len(tokens)]
    return layer(x[None])[0, -1]


for places in (torch.zeros(10, 16), positions):
    a, b = last("forty-two=", places), last("two-forty=", places)
    print(f"{(a - b).abs().max():.4f}")
# --8<-- [end:bag]

# --8<-- [start:model]
from collections import Counter
import time
from torch import nn
from torch.nn.functional import cross_entropy

stream = torch.tensor(encode(text, merges))
print(len(stream))


class OneLayer(nn.Module):
    def __init__(self, mix, V=372, T=24, C=32):
        super().__init__()
        self.tokens, self.places = nn.Embedding(V, C), nn.Embedding(T, C)
        self.mix = mix
        self.head = nn.Linear(C, V)

    def forward(self, tokens):
        x = self.tokens(tokens) + self.places.weight[: tokens.shape[1]]
        return self.head(x + self.mix(x))


def average(x):
    T = x.shape[1]
    A = torch.ones(T, T).tril()
    return A / A.sum(1, keepdim=True) @ x


class NoMask(Attention):
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = scaled_dot_product_attention(q, k, v)
        return self.out(y.transpose(1, 2).reshape(B, T, C))


def learn(make, steps=1000, seed=0):
    torch.manual_seed(seed)
    model = OneLayer(make())
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    t = time.time()
    mean = 0
    for step in range(steps):
        at = torch.randint(len(stream) - 25, (32, 1)) + torch.arange(25)
        x, y = stream[at][:, :-1], stream[at][:, 1:]
        loss = cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step >= steps - 50:
            mean += loss.item() / 50
    return model, mean, time.time() - t


pairs = Counter(zip(stream[:-1].tolist(), stream[1:].tolist()))
firsts = Counter(stream[:-1].tolist())
import math

print(
    "bigram",
    -sum(n * math.log(n / firsts[a]) for (a, b), n in pairs.items())
    / (len(stream) - 1),
)
for make in (
    lambda: torch.zeros_like,
    lambda: average,
    lambda: Attention(32, 1),
    lambda: Attention(32, 4),
    lambda: NoMask(32, 4),
):
    for seed in (0, 1):
        print(learn(make, seed=seed)[1:])
# --8<-- [end:model]
