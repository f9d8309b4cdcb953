# --8<-- [start:shrink]
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(8, 24, 16)  # (B, T, C)
for layer in range(1, 13):
    x = nn.functional.gelu(nn.Linear(16, 16)(x))
    if layer in (1, 2, 4, 8, 12):
        print(f"layer {layer:2}: {x.std(dim=(0, 1)).mean():.2g}")
# --8<-- [end:shrink]

# --8<-- [start:norm]
x = torch.tensor([[1.0, 3.0], [-2.0, 4.0], [0.0, 0.1]])  # (T, C)
mean = x.mean(dim=1, keepdim=True)  # (T, 1)
variance = (x - mean).square().mean(dim=1, keepdim=True)  # (T, 1)
by_hand = (x - mean) / (variance + 1e-5).sqrt()  # (T, C)
print(by_hand)
print(f"{(by_hand - nn.LayerNorm(2)(x)).abs().max():.12f}")
# --8<-- [end:norm]

# --8<-- [start:block]
from gpt import GPT, Block

block = Block(width=16, heads=4)
options = {"dropout": 0, "activation": "gelu", "batch_first": True, "norm_first": True}
theirs = nn.TransformerEncoderLayer(16, 4, dim_feedforward=64, **options)
names = {
    "self_attn.in_proj_": "attention.qkv.",
    "self_attn.out_proj.": "attention.out.",
    "linear1.": "mlp.hidden.",
    "linear2.": "mlp.out.",
}
state = {}
for name, value in theirs.state_dict().items():
    for old, new in names.items():
        name = name.replace(old, new)
    state[name] = value
block.load_state_dict(state)
x = torch.randn(2, 10, 16)  # (B, T, C)
later = nn.Transformer.generate_square_subsequent_mask(10)
difference = block(x) - theirs(x, src_mask=later, is_causal=True)
print(f"largest difference {difference.abs().max():.12f}")
# --8<-- [end:block]

# --8<-- [start:untrained]
from torch.nn.functional import cross_entropy

from bpe import encode, train
from numerals import corpus

text = corpus(2000)
stream = torch.tensor(encode(text, train(text, size=1000)))
torch.manual_seed(0)
model = GPT(vocabulary=372, context=48, width=64, heads=4, layers=2)
x, y = stream[:480].view(10, 48), stream[1:481].view(10, 48)  # each (B, T)
z = model(x)  # (B, T, V)
loss = cross_entropy(z.flatten(0, 1), y.flatten())
print(tuple(z.shape), f"loss {loss:.4f}, ln 372 = {torch.tensor(372.0).log():.4f}")
# --8<-- [end:untrained]


# --8<-- [start:parameters]
def formula(V, T, C, D):
    return V * C + T * C + D * (12 * C**2 + 13 * C) + 2 * C


sizes_of = {
    "ours": (372, 48, 64, 4, 2),
    "GPT-2": (50257, 1024, 768, 12, 12),
    "medium": (50257, 1024, 1024, 16, 24),
    "large": (50257, 1024, 1280, 20, 36),
    "XL": (50257, 1024, 1600, 25, 48),
}
for name, (V, T, C, H, D) in sizes_of.items():
    with torch.device("meta"):
        model = GPT(V, T, C, H, D)
    number = sum(parameter.numel() for parameter in model.parameters())
    print(f"{name:6} {number:13,} {formula(V, T, C, D):13,}")
# --8<-- [end:parameters]


# --8<-- [start:variant]
class Variant(Block):
    def __init__(self, residual, norm, width=16, heads=2):
        super().__init__(width, heads)
        self.residual, self.norm = residual, norm

    def forward(self, x):  # (B, T, C)
        for norm, part in ((self.norm1, self.attention), (self.norm2, self.mlp)):
            y = part(norm(x) if self.norm else x)
            x = x + y if self.residual else y
        return x


def build(layers, residual, norm, seed=0):
    torch.manual_seed(seed)
    model = GPT(vocabulary=372, context=16, width=16, heads=2, layers=layers)
    blocks = [Variant(residual, norm) for _ in range(layers)]
    model.blocks = nn.Sequential(*blocks)
    model.initialize(layers)
    return model


# --8<-- [end:variant]


# --8<-- [start:travel]
def batch(start):  # (B, 1)
    window = stream[start + torch.arange(17)]  # (B, 17)
    return window[:, :-1], window[:, 1:]  # each (B, 16)


def travel(model):
    x, y = batch(torch.arange(32)[:, None] * 16)
    last, first = x.clone(), x.clone()
    last[:, -1] = x[:, -1].roll(1)  # the token that another sequence has there
    first[:, 0] = x[:, 0].roll(1)
    h = [model.tokens(t) + model.positions.weight for t in (x, last, first)]
    sizes = {"last token": [], "first token": [], "gradient": []}
    for block in model.blocks:
        h = [block(rows) for rows in h]  # each (B, T, C)
        spread = h[0].std(dim=(0, 1)).norm()
        for name, rows in zip(sizes, h[1:]):
            moved = (rows - h[0])[:, -1].norm(dim=1).mean()
            sizes[name].append((moved / spread).item())
        h[0].retain_grad()
        sizes["gradient"].append(h[0])
    z = model.head(model.norm(h[0]))
    cross_entropy(z.flatten(0, 1), y.flatten()).backward()
    sizes["gradient"] = [rows.grad.norm().item() for rows in sizes["gradient"]]
    return sizes


kinds = {
    "both": {"residual": True, "norm": True},
    "no norm": {"residual": True, "norm": False},
    "no residual": {"residual": False, "norm": True},
    "neither": {"residual": False, "norm": False},
}
trips = {kind: travel(build(6, **flags)) for kind, flags in kinds.items()}
for kind, trip in trips.items():
    print(f"{kind}: after blocks 1, 3, 6")
    for name, sizes in trip.items():
        print(f"  {name:11}", *(f"{sizes[i]:8.2g}" for i in (0, 2, 5)))
# --8<-- [end:travel]

# --8<-- [start:signal]
import matplotlib.pyplot as plt

figure, panels = plt.subplots(1, 2, figsize=(5.6, 2.8))
for kind, trip in trips.items():
    for panel, sizes in zip(panels, (trip["last token"], trip["gradient"])):
        panel.semilogy(range(1, 7), sizes, ".-" if kinds[kind]["norm"] else ".--")
        panel.set(xlabel="$l$", xticks=[1, 3, 6])
plt.show()
# --8<-- [end:signal]


# --8<-- [start:learn]
def learn(model, rate=0.005, steps=120):
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, fused=True)
    torch.manual_seed(0)
    losses = []
    for _ in range(steps):
        x, y = batch(torch.randint(len(stream) - 16, (8, 1)))
        loss = cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses)


# --8<-- [end:learn]

# --8<-- [start:depth]
frequency = stream.bincount() / len(stream)
print(f"by frequency {torch.special.entr(frequency).sum():.2f}")
slow = {}
for kind in ("both", "no norm", "no residual"):
    models = [build(6, **kinds[kind], seed=seed) for seed in (0, 1, 2)]
    slow[kind] = [learn(model) for model in models]
    ends = [losses[-10:].mean() for losses in slow[kind]]
    print(f"{kind:12}", *(f"{end:.2f}" for end in ends))
# --8<-- [end:depth]

# --8<-- [start:curves]
plt.figure(figsize=(4.2, 2.8))
for kind, seeds in slow.items():
    for losses in seeds:
        means = losses.unfold(0, 10, 1).mean(dim=1)
        plt.plot(range(10, 121), means, color=f"C{list(kinds).index(kind)}")
plt.xlabel("$i$")
plt.ylabel("$L$")
plt.ylim(2, 6)
plt.show()
# --8<-- [end:curves]

# --8<-- [start:fast]
fast = {}
for kind in ("both", "no norm"):
    models = [build(6, **kinds[kind], seed=seed) for seed in (0, 1)]
    fast[kind] = [learn(model, rate=0.05) for model in models]
    ends = torch.stack([losses[-10:].mean() for losses in fast[kind]])
    print(f"{kind:8} below 3.4: {(ends < 3.4).sum()} of {len(ends)}")
# --8<-- [end:fast]


# --8<-- [start:twelve]
losses = learn(build(12, residual=False, norm=True))
print(f"first {losses[0]:.2f}, last ten {losses[-10:].mean():.2f}")
# --8<-- [end:twelve]

# --8<-- [start:share]
for name, (V, T, C, _, D) in sizes_of.items():
    parts = torch.tensor([V * C, T * C, D * 4 * C**2, D * 8 * C**2]).double()
    print(f"{name:6}", *(f"{100 * part:5.1f}" for part in parts / formula(V, T, C, D)))
# --8<-- [end:share]

# --8<-- [start:stretched]
norm = nn.LayerNorm(16)
x = torch.randn(5, 16)  # (T, C)
for stretched in (3 * x, x + 3, -x):
    print(f"{(norm(stretched) - norm(x)).abs().max():.6f}")
# --8<-- [end:stretched]
