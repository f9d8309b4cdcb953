"""Measure a training step of the model of part 3, beside what the machine can multiply."""

import runpy
import statistics
import time
from collections.abc import Callable

import torch
from torch.nn.functional import cross_entropy

from built import ROOT

VOCABULARY, CONTEXT, WIDTH, HEADS, LAYERS, BATCH = 372, 48, 64, 4, 2, 64


def model_speed() -> None:
    """A step on one core: seconds a token, operations a second, share of the peak.

    Operations are those of matrix multiplications, two for each weight and token forward
    and twice as many backward, with the table of tokens counted as the head, and those of
    attention, for which PyTorch multiplies whole squares.
    """
    torch.set_num_threads(1)
    torch.manual_seed(0)
    GPT = runpy.run_path(str(ROOT / "snippets/language-model/gpt.py"))["GPT"]  # noqa: N806
    model = GPT(VOCABULARY, CONTEXT, WIDTH, HEADS, LAYERS)
    optimizer = torch.optim.AdamW(model.parameters())
    x, y = torch.randint(VOCABULARY, (2, BATCH, CONTEXT))

    def step() -> None:
        loss = cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    weights = LAYERS * 12 * WIDTH**2 + VOCABULARY * WIDTH
    attention = LAYERS * 2 * CONTEXT * WIDTH
    tokens = BATCH * CONTEXT
    seconds = _median(step)
    rate = 6 * (weights + attention) * tokens / seconds
    a, b = torch.randn(2, 1024, 1024)
    peak = 2 * 1024**3 / _median(lambda: a @ b)
    print(
        f"A training step: {1e6 * seconds / tokens:.1f} µs a token on one core,"
        f" {rate / 1e9:.1f} billion operations a second; multiplying matrices"
        f" {peak / 1e9:.1f}; share {rate / peak:.2f}"
    )


def _median(work: Callable[[], object], repeats: int = 20) -> float:
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
