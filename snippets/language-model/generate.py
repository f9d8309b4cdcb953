# --8<-- [start:row]
import torch

from task import END, MERGES, decode, encode
from trainer import TEST, trained

model = trained()


@torch.no_grad()
def next_logits(text):
    return model(torch.tensor([encode(text, MERGES)]))[0, -1]  # (V,)


def likely(p, count=3):
    top = p.topk(min(count, (p > 0).sum().item()))
    pairs = zip(top.indices.tolist(), top.values.tolist())
    return " ".join(
        f"{decode([token], MERGES)!r} {value:.2f}" for token, value in pairs
    )


texts = "forty-two=", "forty-", "四"
for text in texts:
    print(f"{text}\n  {likely(next_logits(text).softmax(dim=0))}")
# --8<-- [end:row]

# --8<-- [start:bars]
import matplotlib.pyplot as plt

figure, panels = plt.subplots(1, 3, figsize=(6.4, 1.8), sharey=True)
for panel, text in zip(panels, texts):
    panel.bar(range(10), next_logits(text).softmax(dim=0).topk(10).values)
    panel.set_xticks([])
plt.show()
# --8<-- [end:bars]

# --8<-- [start:temperature]
z = next_logits("四")
for T in (0.5, 1, 2):
    print(f"T = {T:3}:", likely((z / T).softmax(dim=0)))
# --8<-- [end:temperature]


# --8<-- [start:cut]
def top_k(p, k):
    kept = p >= p.topk(k).values[-1]
    return p * kept / (p * kept).sum()


def top_p(p, share):
    ordered, order = p.sort(descending=True)
    before = ordered.cumsum(dim=0) - ordered  # what the more probable ones have
    kept = torch.zeros_like(p, dtype=torch.bool)
    kept[order[before < share]] = True
    return p * kept / (p * kept).sum()


p = (z / 2).softmax(dim=0)
for name, q in (("all", p), ("top 3", top_k(p, 3)), ("top 0.6", top_p(p, 0.6))):
    print(f"{name}: {(q > 0).sum()} left\n  {likely(q)}")
# --8<-- [end:cut]

# --8<-- [start:rows]
rows = [(z / T).softmax(dim=0) for T in (0.5, 1, 2)] + [top_k(p, 3), top_p(p, 0.6)]
shown = p.topk(8).indices
figure, panels = plt.subplots(1, 5, figsize=(6.4, 1.8), sharey=True)
for panel, q in zip(panels, rows):
    panel.bar(range(8), q[shown])
    panel.set_xticks([])
plt.show()
# --8<-- [end:rows]


# --8<-- [start:write]
def write(text, choose, longest=40):
    line = encode(text, MERGES)
    while len(line) < longest and line[-1] != END:
        with torch.no_grad():
            z = model(torch.tensor([line]))[0, -1]
        line.append(choose(z))
    return decode(line, MERGES).removesuffix("\n")


def greedy(z):
    return z.argmax().item()


def sampling(T):
    return lambda z: torch.multinomial((z / T).softmax(dim=0), 1).item()


torch.manual_seed(0)
print("greedy:", *write("四", greedy).split("="), sep="\n  ")
for T in (1, 2):
    print(f"T = {T}:", *write("四", sampling(T)).split("="), sep="\n  ")
# --8<-- [end:write]

# --8<-- [start:right]
from numerals import both_ways, chinese, english

true = {line for n in range(1, 100_000) for line in both_ways(n).splitlines()}
for name, choose in (
    ("greedy", greedy),
    ("T = 0.5", sampling(0.5)),
    ("T = 1", sampling(1)),
    ("T = 2", sampling(2)),
):
    torch.manual_seed(0)
    asked = [write(f"{english(n)}=", choose) for n in TEST[:100]]
    own = [write("四", choose) for _ in range(100)]
    print(f"{name}: {len(true & set(asked))} of 100 right")
    print(f"  own lines: {sum(line in true for line in own)} right,", end=" ")
    print(f"{len(set(own))} different")
# --8<-- [end:right]


# --8<-- [start:cache]
from torch.nn.functional import scaled_dot_product_attention


@torch.no_grad()
def read(model, token, kept):  # kept: keys and values of each layer, (T, C) each
    x = model.tokens.weight[token] + model.positions.weight[len(kept[0][0])]  # (C,)
    for n, block in enumerate(model.blocks):
        q, k, v = block.attention.qkv(block.norm1(x)).chunk(3)
        keys, values = (
            torch.cat([old, new[None]]) for old, new in zip(kept[n], (k, v))
        )
        kept[n] = keys, values
        heads = [
            part.unflatten(-1, (block.attention.heads, -1)).transpose(0, 1)
            for part in (q[None], keys, values)
        ]  # each (H, T, C/H)
        y = scaled_dot_product_attention(*heads)  # (H, 1, C/H)
        x = x + block.attention.out(y.flatten())
        x = x + block.mlp(block.norm2(x))
    return model.head(model.norm(x))  # (V,)


# --8<-- [end:cache]

# --8<-- [start:same]
line = encode(f"{english(42305)}={chinese(42305)}", MERGES)
kept = [(torch.empty(0, 64), torch.empty(0, 64)) for _ in model.blocks]
one_by_one = torch.stack([read(model, token, kept) for token in line])  # (T, V)
with torch.no_grad():
    at_once = model(torch.tensor([line]))[0]
print(f"largest difference {(one_by_one - at_once).abs().max():.4f}")
# --8<-- [end:same]

# --8<-- [start:time]
from time import perf_counter

from gpt import GPT

large = GPT(vocabulary=372, context=1024, width=256, heads=4, layers=4)


def seconds(code):
    times = []
    for _ in range(10):
        start = perf_counter()
        code()
        times.append(perf_counter() - start)
    return min(times)


@torch.no_grad()
def gain(model, length):  # of one more token, after so many
    text = torch.randint(372, (1, length + 1))
    width = model.tokens.embedding_dim
    kept = [(torch.randn(length, width), torch.randn(length, width))] * len(
        model.blocks
    )
    without = seconds(lambda: model(text))
    return without / seconds(lambda: read(model, 0, list(kept)))


print("ours, 12 tokens: less than 2 times:", gain(model, 12) < 2)
for length, times in ((64, 1), (256, 2), (1023, 5)):
    print(f"{length} tokens: more than {times} times:", gain(large, length) > times)
# --8<-- [end:time]


# --8<-- [start:many]
@torch.no_grad()
def write_many(questions, longest=12):
    lines = [encode(f"{question}=", MERGES) for question in questions]
    ends = torch.tensor([len(line) for line in lines])
    x = torch.full((len(lines), max(ends) + longest), END)  # padding on the right
    for row, line in zip(x, lines):
        row[: len(line)] = torch.tensor(line)
    everyone = torch.arange(len(lines))
    for _ in range(longest):
        z = model(x)[everyone, ends - 1]  # (B, V), at each line's own end
        x[everyone, ends] = z.argmax(dim=1)
        ends += 1
    written = [row[len(line) :].tolist() for row, line in zip(x, lines)]
    return [decode(row[: row.index(END)], MERGES) for row in written]


questions = [english(n) for n in TEST[:100]]
alone = [write(f"{question}=", greedy).partition("=")[2] for question in questions]
same = sum(a == b for a, b in zip(write_many(questions), alone))
print(f"{same} of {len(questions)} as one by one")
# --8<-- [end:many]

# --8<-- [start:neither]
for question in ("quarante-deux", "forty-twelve", "四二"):
    written = write(f"{question}=", greedy).removeprefix(f"{question}=")
    sure = next_logits(f"{question}=").softmax(dim=0).max()
    print(f"{question}, sure to {sure:.2f}:\n  {written}")
# --8<-- [end:neither]

# --8<-- [start:bytes]
layers, width, T = 12, 768, 1024  # GPT-2, with its longest text
print(f"{2 * layers * width * T * 4 / 2**20:.0f} MiB for one text")
# --8<-- [end:bytes]


# --8<-- [start:likely_line]
@torch.no_grad()
def log_probability(line):
    tokens = torch.tensor([encode(f"{line}\n", MERGES)])
    logits = model(tokens)[0, :-1].log_softmax(dim=1)  # (T - 1, V)
    return logits.gather(1, tokens[0, 1:, None]).sum().item()


torch.manual_seed(0)
drawn = {write("四", sampling(1)) for _ in range(300)}
best = max(drawn, key=log_probability)
for name, line in (("greedy", write("四", greedy)), ("best of 300", best)):
    print(f"{name}, {log_probability(line):.2f}:", *line.split("="), sep="\n  ")
# --8<-- [end:likely_line]
