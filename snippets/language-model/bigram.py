# --8<-- [start:write]
from numerals import chinese, corpus, english

for n in (10, 110, 10010, 40005, 42305):
    print(f"{n:5} {english(n)}\n      {chinese(n)}")
# --8<-- [end:write]

# --8<-- [start:text]
text = corpus(2000)
characters = sorted(set(text))
V = len(characters)
short = [line for line in text.splitlines() if len(line) < 32]
print(*short[:4], sep="\n")
print(f"{len(text)} characters, {V} different ones")
# --8<-- [end:text]

# --8<-- [start:count]
from collections import Counter

import torch

torch.set_default_dtype(torch.float64)
pairs = Counter(zip(text, text[1:]))
N = torch.tensor([[pairs[a, b] for b in characters] for a in characters])

for a in ("x", "t", "四"):
    counts = {b: pairs[a, b] for b in characters}
    often = sorted(counts, key=counts.get, reverse=True)[:4]
    print(f"after {a}:", *(f"{b!r} {counts[b]}" for b in often))
# --8<-- [end:count]

# --8<-- [start:table]
import matplotlib.pyplot as plt

plt.figure(figsize=(4.4, 3.8))
plt.imshow((N + 1).log10(), cmap="Blues")
plt.colorbar(ticks=range(5), format="$10^{%d}$")
plt.grid(False)
shown = [i for i, character in enumerate(characters) if "!" < character < "~"]
for ticks in (plt.xticks, plt.yticks):
    ticks(shown, [characters[i] for i in shown], fontsize=7)
plt.show()
# --8<-- [end:table]

# --8<-- [start:probabilities]
P = N / N.sum(dim=1, keepdim=True)  # (V, V), every row adds up to 1


def steps(line, P):
    codes = [characters.index(character) for character in line]
    return P[codes[:-1], codes[1:]]  # (T,), one for each but the first


line = "\nsix=六\n"
p = steps(line, P)
for a, b, p_b in zip(line, line[1:], p):
    print(f"after {a!r:4} comes {b!r:4} with {p_b:.4f}")
# --8<-- [end:probabilities]

# --8<-- [start:likelihood]
print(f"product {p.prod():.10f}")
print(f"sum of logarithms {p.log().sum():.4f}")
loss = -p.log().mean()
print(f"loss {loss:.4f}, perplexity {loss.exp():.4f}")
# --8<-- [end:likelihood]

# --8<-- [start:whole]
p = steps(text, P)
print(f"product {p.prod()}")
counted = -p.log().mean().item()
print(f"loss {counted:.4f}, perplexity {torch.tensor(counted).exp():.4f}")
# --8<-- [end:whole]

# --8<-- [start:squares]
x, y = torch.tensor([[1.0, 3], [2, 5], [3, 7], [4, 8]]).T
noise = torch.distributions.Normal(0, 1)
for a, b in ((2, 1), (1.6, 1.9), (1.7, 1.5)):
    r = a * x + b - y
    squares, logs = r.square().sum(), noise.log_prob(r).sum()
    print(f"{a}x + {b}: squares {squares:.4f}, logs {logs:.4f}")
# --8<-- [end:squares]

# --8<-- [start:train]
W = torch.zeros(V, V, requires_grad=True)  # logits
for step in range(1, 10001):
    loss = -(N * W.log_softmax(dim=1)).sum() / N.sum()
    (gradient,) = torch.autograd.grad(loss, W)
    if step in (1, 10, 100, 1000, 10000):
        print(f"step {step:5} loss {loss:.4f} above {loss - counted:.6f}")
    with torch.no_grad():
        W -= 20 * gradient
# --8<-- [end:train]

# --8<-- [start:agree]
Q = W.detach().softmax(dim=1)
for a, b in (("x", "t"), ("x", "="), ("x", "x")):
    i, j = characters.index(a), characters.index(b)
    print(f"{a} then {b}: counted {P[i, j]:.4f}, trained {Q[i, j]:.4f}")
print(f"largest difference {(P - Q).abs().max():.4f}")
# --8<-- [end:agree]

# --8<-- [start:sample]
torch.manual_seed(0)
at, written = characters.index("\n"), ""
while written.count("\n") < 4:
    at = torch.multinomial(P[at], 1).item()
    written += characters[at]
for line in written.splitlines():
    print(line[:30])
# --8<-- [end:sample]

# --8<-- [start:unseen]
for line in ("ten=十\n", "ten十\n"):
    p = steps(line, P)
    print(*(f"{p_b:.4f}" for p_b in p))
    print(f"loss {-p.log().mean():.4f}")

for extra in (0.01, 1, 100):
    smooth = (N + extra) / (N + extra).sum(dim=1, keepdim=True)
    wrong = -steps("ten十\n", smooth).log().mean()
    whole = -steps(text, smooth).log().mean()
    print(f"{extra:6} added: {wrong:.4f}, whole text {whole:.4f}")
# --8<-- [end:unseen]

# --8<-- [start:longer]
new = corpus(200, seed=1)
print("memory   loss  counts  never met")
for memory in (1, 2, 4, 8):
    size = memory + 1
    grams = Counter(text[i : i + size] for i in range(len(text) - memory))
    before = Counter(text[i : i + memory] for i in range(len(text) - memory))
    logs = [n * torch.tensor(n / before[gram[:-1]]).log() for gram, n in grams.items()]
    loss = -sum(logs) / sum(grams.values())
    met = [new[i : i + size] in grams for i in range(len(new) - memory)]
    never = 1 - sum(met) / len(met)
    print(f"{memory:6} {loss:.4f} {len(grams):7} {never:10.4f}")
# --8<-- [end:longer]

# --8<-- [start:constant]
shift = torch.randn(V, 1)
for logits in (W.detach(), W.detach() + shift):
    print(f"{-(N * logits.log_softmax(dim=1)).sum() / N.sum():.6f}")
print(f"{gradient.sum(dim=1).abs().max():.10f}")
# --8<-- [end:constant]
