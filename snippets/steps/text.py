# --8<-- [start:clean]
import re
import unicodedata

raw = [
    "Two points make a line.",
    "Two  points make a line.\u200b",
    "Ｔｗｏ points make a line．",
    "两点定一线。",
    "两点定一线。 ",
]
wide = {chr(code + 0xFEE0): chr(code) for code in range(33, 127)}
narrow = {w: n for w, n in wide.items() if n.isalnum() or n == "."}


def clean(text):
    text = unicodedata.normalize("NFC", text).translate(str.maketrans(narrow))
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", text).strip()


sentences = list(dict.fromkeys(clean(text) for text in raw))
print(len(raw), "lines,", len(sentences), "sentences")
print(*sentences, sep="\n")
# --8<-- [end:clean]

# --8<-- [start:bytes]
for text in sentences:
    encoded = text.encode("utf-8")
    print(f"{len(text)} characters, {len(encoded)} bytes")
    print(" ", *(f"U+{ord(c):04X}" for c in text[:3]))
    print(" ", *encoded[:9])
# --8<-- [end:bytes]

# --8<-- [start:vocabulary]
import torch

vocabulary = sorted(set("".join(sentences)))
number = {character: i for i, character in enumerate(vocabulary)}
coded = [torch.tensor([number[c] for c in text]) for text in sentences]
print(len(vocabulary), "different characters")
print(coded[1].tolist(), coded[1].dtype)
print("".join(vocabulary[i] for i in coded[1]))
# --8<-- [end:vocabulary]

# --8<-- [start:nfkc]
for text in ("两点（甲，乙）定一线！", "y = x² + 1"):
    print(clean(text), "→", unicodedata.normalize("NFKC", text))
# --8<-- [end:nfkc]

# --8<-- [start:pad]
from textwrap import fill

from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader


def collate(batch):
    lengths = torch.tensor([len(ids) for ids in batch])
    return pad_sequence(batch, batch_first=True, padding_value=-1), lengths


try:
    next(iter(DataLoader(coded, batch_size=2)))
except RuntimeError as error:
    print(fill(str(error), 34))
ids, lengths = next(iter(DataLoader(coded, batch_size=2, collate_fn=collate)))
print(tuple(ids.shape), lengths.tolist())
print(*ids[1, :12].tolist())
# --8<-- [end:pad]

# --8<-- [start:unknown]
text = "三点定一线。"
unknown = len(vocabulary)
ids = [number.get(c, unknown) for c in text]
print(ids)
print("".join((vocabulary + ["?"])[i] for i in ids))
back = bytes(list(text.encode("utf-8"))).decode("utf-8")
print(back, back == text)
# --8<-- [end:unknown]
