# --8<-- [start:habit]
import torch
from torch.nn.utils.rnn import pad_sequence

from numerals import both_ways, chinese, english
from task import MERGES, encode

FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def formal(n):
    text = chinese(n)
    return ("一" * text.startswith("十") + text).translate(FORMAL)


def tokens_of(lines):
    return [torch.tensor(encode(line, MERGES)) for line in lines]


def cheques(numbers):
    return tokens_of(f"{english(n)} yuan={formal(n)}元\n" for n in numbers)


def padded(lines):
    return pad_sequence(lines, batch_first=True, padding_value=-1)  # (B, T)


# --8<-- [end:habit]


# --8<-- [start:tune]
import random

from tqdm import tqdm

from trainer import TRAINING, optimizer_of, take_step

NEW = cheques(TRAINING[:300])
OLD = tokens_of("".join(both_ways(n) for n in TRAINING[:3000]).splitlines(True))


def tune(model, seed, rate, mixed, steps=800):
    optimizer, rates = optimizer_of(model, steps, rate)
    choose = random.Random(seed)
    for _ in tqdm(range(steps), leave=False):
        some = choose.choices(NEW, k=32)
        if mixed:
            some[16:] = choose.choices(OLD, k=16)
        take_step(model, padded(some), optimizer, rates)
    return model


# --8<-- [end:tune]


# --8<-- [start:lora]
from torch import nn


class LoRA(nn.Module):
    """A linear layer that stays as it is, and a product of two thin matrices."""

    def __init__(self, linear, rank=8):
        super().__init__()
        self.linear = linear.requires_grad_(False)
        C_out, C_in = linear.weight.shape
        self.a = nn.Parameter(torch.randn(rank, C_in) / C_in**0.5)
        self.b = nn.Parameter(torch.zeros(C_out, rank))

    def forward(self, x):  # (..., C_in)
        return self.linear(x) + x @ self.a.T @ self.b.T


def with_lora(model, embedding=True):
    model.requires_grad_(False)
    model.tokens.weight.requires_grad_(embedding)
    for block in model.blocks:
        block.attention.qkv = LoRA(block.attention.qkv)
        block.attention.out = LoRA(block.attention.out)
        block.mlp.hidden, block.mlp.out = LoRA(block.mlp.hidden), LoRA(block.mlp.out)
    return model


# --8<-- [end:lora]


# --8<-- [start:runs]
from pathlib import Path

from task import table, wrong
from trainer import TEST, new_model, recorded, trained

FILE = Path(__file__).with_suffix(".safetensors")


def run(seed, kind, mixed):
    """Fine-tune, and count what is wrong: new habit of 1,000, old task of 2,000."""
    model = new_model(seed) if kind == "nothing" else trained()
    torch.manual_seed(seed)
    if kind.startswith("LoRA"):
        model = with_lora(model, embedding=kind != "LoRA alone")
    tune(model, seed, 0.01 if kind.startswith("LoRA") else 0.003, mixed)
    sets = padded(cheques(TEST)), table(TEST)
    return model, torch.stack([wrong(model, rows).sum() for rows in sets])


def comparison(kind, mixed):
    return {"wrong": torch.stack([run(seed, kind, mixed)[1] for seed in range(3)])}


def adapters():
    """What LoRA learned with seed 0 and old lines mixed in, in half precision."""
    model, _ = run(0, "LoRA", True)
    learned = [name for name, p in model.named_parameters() if p.requires_grad]
    return {name: model.state_dict()[name].half() for name in learned}


# --8<-- [end:runs]


# --8<-- [start:load]
def formal_model():
    model = with_lora(trained())
    model.load_state_dict(recorded("adapters", adapters, FILE), strict=False)
    return model


# --8<-- [end:load]
