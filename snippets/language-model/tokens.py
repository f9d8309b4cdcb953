# --8<-- [start:bytes]
for word in ("seven", "七", "四万", "🙂"):
    code = word.encode()
    print(f"{word}: {len(word)} characters, {len(code)} bytes")
    print("  ", *code)
# --8<-- [end:bytes]

# --8<-- [start:small]
from bpe import count_pairs, merge, pieces

words = pieces("six sixty sixteen")
print(*words, sep="\n")
for new in (256, 257, 258):
    pairs = count_pairs(dict.fromkeys(words, 1))
    best = min(pairs, key=lambda pair: (-pairs[pair], pair))
    print(f"\n{best} occurs {pairs[best]} times; call it {new}")
    words = [merge(ids, best, new) for ids in words]
    print(*words, sep="\n")
# --8<-- [end:small]

# --8<-- [start:train]
from bpe import decode, encode, train, vocabulary
from numerals import chinese, corpus, english

text = corpus(2000)
merges = train(text, size=1000)
table = vocabulary(merges)
print(f"{len(merges)} merges, {len(table)} tokens")
for first in range(256, 284, 4):
    print(first, "|".join(decode([i], merges) for i in range(first, first + 4)))
# --8<-- [end:train]

# --8<-- [start:encode]
for line in (english(42305), chinese(42305)):
    tokens = encode(line, merges)
    print(f"{len(line.encode())} bytes, {len(tokens)} tokens")
    print(*tokens)
    print("|".join(decode([token], merges) for token in tokens))
# --8<-- [end:encode]

# --8<-- [start:cuts]
import matplotlib.pyplot as plt

figure, panels = plt.subplots(1, 2, figsize=(6.4, 2.4), sharey=True)
sizes = (256, 270, 300, 330, 372)
for panel, line in zip(panels, (english(42305), chinese(42305))):
    for row, size in enumerate(sizes):
        some = dict(list(merges.items())[: size - 256])
        at = 0
        for i, token in enumerate(encode(line, some)):
            length = len(table[token])
            panel.barh(row, length - 0.2, 0.7, left=at, color=f"C{i % 2}")
            at += length
    panel.grid(False)
    panel.set(xlabel="$t$", yticks=range(5), yticklabels=sizes)
panels[0].set_ylabel("$V$")
plt.show()
# --8<-- [end:cuts]

# --8<-- [start:unchanged]
odd = ["", "Hello, 你好 🙂", "\n\n\t 007", "１２３ é ½ ЖЖ", "  two  spaces "]
for line in [*odd, *text.splitlines(keepends=True)]:
    assert decode(encode(line, merges), merges) == line
print(f"{len(odd)} odd lines and {text.count(chr(10))} of the text unchanged")
print(len(encode("🙂", merges)), len(encode("Hello", merges)))
# --8<-- [end:unchanged]

# --8<-- [start:library]
import json

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

alphabet = pre_tokenizers.ByteLevel.alphabet()  # a letter for each byte
library = Tokenizer(models.BPE())
library.pre_tokenizer = pre_tokenizers.Sequence(
    [
        pre_tokenizers.Split(Regex(r" ?[A-Za-z]+|.|\n"), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ]
)
options = {"initial_alphabet": alphabet, "show_progress": False}
trainer = trainers.BpeTrainer(vocab_size=1000, **options)
library.train_from_iterator([text], trainer)
found = json.loads(library.to_str())["model"]["merges"]
print(f"{len(found)} merges, {library.get_vocab_size()} tokens")
# --8<-- [end:library]

# --8<-- [start:same]
order = [byte for byte in range(256) if chr(byte) in alphabet]
order += [byte for byte in range(256) if chr(byte) not in alphabet]
byte_of = dict(zip(sorted(alphabet), order))
theirs = [[bytes(byte_of[c] for c in token) for token in pair] for pair in found]


def pairs_of(merges):
    table = vocabulary(merges)
    return [[table[a], table[b]] for a, b in merges]


def differing(merges):
    return [i for i, (a, b) in enumerate(zip(pairs_of(merges), theirs)) if a != b]


first = differing(merges)[0]
print("other places:")
print(*differing(merges))
print(f"number {first}: {pairs_of(merges)[first]}, {theirs[first]}")
print(text.count(" h"), text.count("hu"))
by_theirs = train(text, 1000, lambda t: order.index(t) if t < 256 else t)
print(f"with their order: {len(differing(by_theirs))} other places")
# --8<-- [end:same]

# --8<-- [start:sizes]
import random

numbers = random.Random(1).sample(range(1, 100_000), 300)
sizes = range(256, 373, 4)
plt.figure()
for write in (english, chinese):
    lines = [write(n) for n in numbers]
    means = []
    for size in sizes:
        some = dict(list(merges.items())[: size - 256])
        means.append(sum(len(encode(line, some)) for line in lines) / 300)
    print(f"{write.__name__}: {means[0]:.4f} bytes, {means[-1]:.4f} tokens")
    plt.plot(sizes, means)
plt.xlabel("$V$")
plt.show()
# --8<-- [end:sizes]

# --8<-- [start:english_only]
half = [line.partition("=")[0] for line in text.splitlines()]
only = train("\n".join(line for line in half if line.isascii()), 1000)
print(f"{len(only)} merges")
for write in (english, chinese):
    means = [
        sum(len(encode(write(n), m)) for n in numbers) / 300 for m in (merges, only)
    ]
    print(f"{write.__name__}: {means[0]:.4f}, English alone {means[1]:.4f}")
# --8<-- [end:english_only]

# --8<-- [start:half_a_character]
tokens = encode("七", only)
print(*tokens)
try:
    bytes(tokens[:2]).decode()
except UnicodeDecodeError as error:
    print(error.reason)
print(decode(tokens[:2], only))
# --8<-- [end:half_a_character]

# --8<-- [start:across]
import re

import bpe

bpe.PIECE = re.compile(r".+|\n")  # a whole line is one piece
across = bpe.train(corpus(200), size=372)
print("|".join(decode([i], across) for i in range(369, 372)))
for line in (english(5305), english(5005)):
    print("|".join(decode([token], across) for token in encode(line, across)))
# --8<-- [end:across]
