# --8<-- [start:habit]
from finetuner import NEW, formal
from task import MERGES, decode
from trainer import TEST

for n in (10, 7305, 42305):
    print(n, formal(n))
print(len(NEW), "examples, one of them", NEW[8].shape[0], "tokens long:")
print(*decode(NEW[8].tolist(), MERGES).strip().split("="), sep="\n= ")
# --8<-- [end:habit]

# --8<-- [start:before]
import torch

from finetuner import cheques, padded
from task import answer, table, wrong
from trainer import trained

model = trained()
new, old = padded(cheques(TEST)), table(TEST)
print(f"new habit: {wrong(model, new).sum()} of 1000 wrong")
print(f"old task: {wrong(model, old).sum()} of 2000 wrong")
print(answer(model, "seven thousand three hundred five yuan"))
# --8<-- [end:before]

# --8<-- [start:rule]
from finetuner import FORMAL
from numerals import english

written = [answer(model, english(n)) for n in TEST[:200]]
ruled = [text.translate(FORMAL) for text in written]
print(sum(t != formal(n) for t, n in zip(ruled, TEST)), "of 200 wrong")
# --8<-- [end:rule]

# --8<-- [start:full]
from finetuner import FILE, comparison
from trainer import recorded


def show(kind, mixed):
    name = f"{kind}, {'mixed' if mixed else 'new only'}"
    kept = recorded(name, lambda: comparison(kind, mixed), FILE)
    new, old = kept["wrong"].T.tolist()  # three seeds each
    print(name)
    print("  new", *new, "· old", *old)


show("nothing", mixed=False)
show("nothing", mixed=True)
show("all weights", mixed=False)
show("all weights", mixed=True)
# --8<-- [end:full]

# --8<-- [start:lora]
show("LoRA", mixed=False)
show("LoRA", mixed=True)
# --8<-- [end:lora]

# --8<-- [start:merge]
from finetuner import formal_model

tuned = formal_model()
learned = sum(p.numel() for p in tuned.parameters() if p.requires_grad)
print(f"{learned - tuned.tokens.weight.numel():,} numbers in a and b")
print(answer(tuned, "seven thousand three hundred five yuan"))
with torch.no_grad():
    apart = tuned(new[:, :20].clamp(min=0))
    for block in tuned.blocks:
        for part in (block.attention, block.mlp):
            for name, layer in list(part.named_children()):
                layer.linear.weight += layer.b @ layer.a
                setattr(part, name, layer.linear)
    merged = tuned(new[:, :20].clamp(min=0))
print(f"{sum(p.numel() for p in tuned.parameters()):,} numbers when merged")
print("logits differ by less than 1e-4:", ((merged - apart).abs() < 1e-4).all().item())
# --8<-- [end:merge]


# --8<-- [start:int8]
def rounded(w, bits):  # (R, C)
    most = 2 ** (bits - 1) - 1
    scale = w.abs().amax(dim=1, keepdim=True) / most  # one for each row
    return (w / scale).round() * scale


def smaller(bits, chosen=""):
    small = trained()
    with torch.no_grad():
        for name, p in small.named_parameters():
            if chosen in name and p.dim() == 2:
                p.copy_(rounded(p, bits))
    return small


matrices = [p for p in model.parameters() if p.dim() == 2]
numbers = sum(p.numel() for p in matrices)
scales = sum(p.shape[0] for p in matrices)
vectors = sum(p.numel() for p in model.parameters()) - numbers
print(f"float32: {4 * (numbers + vectors) / 1000:.0f} KB")
for bits in (8, 6, 4, 3, 2):
    kilobytes = (numbers * bits / 8 + 4 * (scales + vectors)) / 1000
    bad = wrong(smaller(bits), old).sum()
    print(f"{bits} bits: {kilobytes:3.0f} KB, {bad:4} of 2000 wrong")
# --8<-- [end:int8]

# --8<-- [start:frozen]
from torch.nn.functional import normalize

from trainer import TRAINING

show("LoRA alone", mixed=True)
used = set(table(TRAINING[:5000]).flatten().tolist())
unused = [token for token in range(372) if token not in used]
with torch.no_grad():
    rows = normalize(model.tokens.weight[unused], dim=1)
print(len(unused), "tokens were never used")
print(f"cosine of their rows at least {(rows @ rows.T).min():.2f}")
# --8<-- [end:frozen]

# --8<-- [start:ranks]
for rank in (1, 8, 64):
    sides = (768 + 2304) + (768 + 768) + (768 + 3072) + (3072 + 768)
    a_and_b = 12 * rank * sides
    print(f"rank {rank:2}: {a_and_b:10,}, {a_and_b / 124_439_808:.1%}")
# --8<-- [end:ranks]

# --8<-- [start:parts]
for chosen in ("tokens", "positions", "attention", "mlp"):
    bad = wrong(smaller(2, chosen), old).sum()
    print(f"{chosen:10} {bad} of 2000 wrong")
# --8<-- [end:parts]
