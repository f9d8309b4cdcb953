# --8<-- [start:table]
import torch
from torch.nn.utils.rnn import pad_sequence

from bpe import decode, encode, train
from numerals import both_ways, corpus

MERGES = train(corpus(2000), size=1000)
END, EQUALS = 10, 61  # the bytes of "\n" and "="


def table(numbers):  # N of them
    lines = [[]]
    for token in encode("".join(both_ways(n) for n in numbers), MERGES):
        lines[-1].append(token)
        if token == END:
            lines.append([])
    lines = [torch.tensor(line) for line in lines[:-1]]
    return pad_sequence(lines, batch_first=True, padding_value=-1)  # (2N, T)


# --8<-- [end:table]


# --8<-- [start:targets]
def inputs_and_targets(rows):  # (B, T + 1)
    x, y = rows[:, :-1].clamp(min=0), rows[:, 1:].clone()  # each (B, T)
    given = (rows[:, :-1] == EQUALS).cumsum(dim=1) == 0
    y[given] = -1  # the question
    return x, y


# --8<-- [end:targets]


# --8<-- [start:wrong]
@torch.no_grad()
def wrong(model, rows):  # (B, T + 1)
    x, y = inputs_and_targets(rows)
    differs = (model(x).argmax(dim=2) != y) & (y >= 0)  # (B, T)
    return differs.any(dim=1)  # (B,)


# --8<-- [end:wrong]


# --8<-- [start:answer]
@torch.no_grad()
def answer(model, question, longest=24):
    tokens = encode(f"{question}=", MERGES)
    written = []
    while len(written) < longest:
        z = model(torch.tensor([tokens + written]))[0, -1]  # (V,)
        written.append(z.argmax().item())
        if written[-1] == END:
            break
    return decode(written, MERGES).removesuffix("\n")


# --8<-- [end:answer]
