# --8<-- [start:pieces]
import re
from collections import Counter

PIECE = re.compile(r" ?[A-Za-z]+|.|\n")


def pieces(text):
    return [tuple(piece.encode()) for piece in PIECE.findall(text)]


# --8<-- [end:pieces]


# --8<-- [start:merge]
def merge(ids, pair, new):
    merged = []
    for i in ids:
        if merged and (merged[-1], i) == pair:
            merged[-1] = new
        else:
            merged.append(i)
    return tuple(merged)


# --8<-- [end:merge]


# --8<-- [start:train]
def count_pairs(counts):
    pairs = Counter()
    for ids, count in counts.items():
        for pair in zip(ids, ids[1:]):
            pairs[pair] += count
    return pairs


def train(text, size, rank=int):
    counts, merges = Counter(pieces(text)), {}
    for new in range(256, size):
        pairs = count_pairs(counts)
        if not pairs:
            break
        best = min(pairs, key=lambda p: (-pairs[p], rank(p[0]), rank(p[1])))
        merges[best] = new
        before, counts = counts, Counter()
        for ids, count in before.items():
            counts[merge(ids, best, new)] += count
    return merges


# --8<-- [end:train]


# --8<-- [start:encode]
def encode(text, merges):
    known, tokens = {}, []
    for piece in pieces(text):
        if piece not in known:
            ids = piece
            for pair, new in merges.items():
                ids = merge(ids, pair, new)
            known[piece] = ids
        tokens += known[piece]
    return tokens


# --8<-- [end:encode]


# --8<-- [start:decode]
def vocabulary(merges):
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return table


def decode(tokens, merges):
    table = vocabulary(merges)
    return b"".join(table[t] for t in tokens).decode(errors="backslashreplace")


# --8<-- [end:decode]
