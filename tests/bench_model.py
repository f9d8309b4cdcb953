"""Measure the model of part 3: a step of training, its training, its answer in a page."""

import runpy
import statistics
import sys
import time
from collections.abc import Callable

import torch
from playwright.sync_api import Browser
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


def training_time() -> None:
    """The training that part 3 records: seconds on one core until nothing is wrong."""
    torch.set_num_threads(1)
    sys.path.insert(0, str(ROOT / "snippets/language-model"))
    from trainer import TRAINING, by_class, table, train

    rows, draw = table(TRAINING), by_class(TRAINING)
    start = time.perf_counter()
    _, run = train(0, draw, rows)
    seconds = time.perf_counter() - start
    errors = run["errors"].tolist()
    last = max((n for n, wrong in enumerate(errors, start=1) if wrong), default=0)
    if last == len(errors):
        print(f"Training: {errors[-1]} of 2,000 lines wrong after {seconds:.0f} s")
        return
    until = seconds * (last + 1) / len(errors)
    print(
        f"Training: 0 of 2,000 unseen lines wrong after {until:.0f} s on one core,"
        f" and to the end at {seconds:.0f} s"
    )


ANSWER = """async ([address, questions]) => {
  const page = await import(`${address}assets/javascripts/model/model.js`)
  const model = await page.fetchModel()
  return questions.map(question => {
    const start = performance.now()
    const tokens = [...page.answer(model, question)]
    return [tokens.length, performance.now() - start]
  })
}"""


def answer_time(browser: Browser, address: str) -> None:
    """An answer in the page, with the processor slowed down to a phone's.

    Args:
        browser: Chromium.
        address: where the built site is served, with a slash at its end.
    """
    tab = browser.new_page()
    tab.goto(address)
    session = tab.context.new_cdp_session(tab)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    longest = "seventy-seven thousand seven hundred seventy-seven"
    answers = tab.evaluate(ANSWER, [address, [longest] * 11])
    tokens, milliseconds = statistics.median(answers)
    print(
        f"The page's answer at a quarter of the speed: {tokens} tokens in"
        f" {milliseconds:.0f} ms, the first time {answers[0][1]:.0f} ms"
    )
    tab.close()


def _median(work: Callable[[], object], repeats: int = 20) -> float:
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
