"""The figure in which queries and keys are moved, in a real browser."""

import random

import pytest
import torch
from playwright.sync_api import expect

from browsing import PHONE
from moving import (
    assert_usable,
    code,
    drag,
    middle,
    numbers,
    open_figure,
    recorded,
    swipe,
)

PAGE = "language-model/attention/"
MODULE = "/code-first/assets/javascripts/figures/attention.js"
START = [[2, 0], [-1, 1], [1, 2]], [[1, 0], [0, 1], [1, 1]]


def shown(figure):
    """Return the weights and the output that the table shows."""
    rows = figure.locator("tbody tr").all_inner_texts()
    found = [numbers(row)[1:] for row in rows]
    return [row[:3] for row in found], [row[3:] for row in found]


def calculated(q, k):
    """Return the weights and the output that the snippet calculates."""
    names = code("language-model/attention", "average", "choose")
    scores = torch.tensor(q).double() @ torch.tensor(k).double().T
    weights = scores.masked_fill(names["later"], -torch.inf).softmax(dim=1)
    return weights.tolist(), (weights @ names["v"]).tolist()


def close(rows):
    """Equal to the four decimals that are shown."""
    return [pytest.approx(row, abs=0.0000501) for row in rows]


def place(figure, x, y):
    """Return where (x, y) is in the window, measured from two queries at their start."""
    handles = figure.locator(".moving__handle")
    (x1, y1), (x2, y2) = middle(handles.nth(0)), middle(handles.nth(2))
    across, up = (x2 - x1) / (1 - 2), (y2 - y1) / (2 - 0)
    return x1 + (x - 2) * across, y1 + (y - 0) * up


@pytest.mark.parametrize("path", [PAGE, f"zh/{PAGE}"])
def test_it_starts_with_the_numbers_of_the_lesson(visit, path):
    weights, output = shown(open_figure(visit, path))
    rows = [
        numbers(line)
        for line in recorded("language-model/attention", "choose").splitlines()
    ]
    assert weights == rows[5:8]
    assert output == rows[9:12]


@pytest.mark.parametrize(("move", "reader"), [(drag, {}), (swipe, PHONE)])
def test_queries_and_keys_follow_the_pointer(visit, move, reader):
    figure = open_figure(visit, PAGE, **reader)
    handles = figure.locator(".moving__handle")
    target = place(figure, -2.02, 1.48), place(figure, 1.53, -2.49)
    move(figure.page, handles.nth(2), *target[0])
    move(figure.page, handles.nth(4), *target[1])
    q, k = [[2, 0], [-1, 1], [-2, 1.5]], [[1, 0], [1.5, -2.5], [1, 1]]
    weights, output = calculated(q, k)
    seen = shown(figure)
    assert seen[0] == close(weights)
    assert seen[1] == close(output)


@pytest.mark.parametrize(
    ("path", "heard"),
    [
        (PAGE, "position 3: 0.3333, 0.3333, 0.3333"),
        (f"zh/{PAGE}", "位置 3：0.3333，0.3333，0.3333"),
    ],
)
def test_keys_do_everything_and_the_result_is_said(visit, path, heard):
    figure = open_figure(visit, path)
    press = figure.page.keyboard.press
    figure.locator(".moving__handle").nth(1).focus()
    press("Shift+ArrowRight")
    press("ArrowUp")
    press("Tab")
    press("ArrowDown")
    slider = figure.get_by_role("slider")
    assert slider.nth(1).get_attribute("aria-valuetext") == "x 0.0, y 1.1"
    assert slider.nth(2).get_attribute("aria-valuetext") == "x 1.0, y 1.9"
    weights, output = calculated([[2, 0], [0, 1.1], [1, 1.9]], START[1])
    seen = shown(figure)
    assert seen[0] == close(weights)
    assert seen[1] == close(output)
    for _ in range(4):  # three keys, then the button
        press("Tab")
    press("Enter")
    expect(figure.get_by_role("status")).to_contain_text(heard)
    press("Tab")
    press("Enter")
    assert shown(figure) == shown(open_figure(visit, path))


def test_its_arithmetic_is_the_snippets(visit):
    figure = open_figure(visit, PAGE)
    random.seed(0)
    cases = [
        [[[random.uniform(-30, 30) for _ in range(2)] for _ in range(3)] for _ in "qk"]
        for _ in range(50)
    ]
    found = figure.page.evaluate(
        f"""async cases => {{
          const {{ attend, lesson }} = await import("{MODULE}")
          return cases.map(([q, k]) => attend({{ q, k, v: lesson.v }}))
        }}""",
        cases,
    )
    for (q, k), answer in zip(cases, found, strict=True):
        weights, output = calculated(q, k)
        assert answer["weights"] == [pytest.approx(row, abs=1e-12) for row in weights]
        assert answer["output"] == [pytest.approx(row, abs=1e-12) for row in output]


@pytest.mark.parametrize("path", [PAGE, f"zh/{PAGE}"])
def test_everybody_can_use_it(visit, path):
    figure = open_figure(visit, path, **PHONE)
    figure.get_by_role("button").first.click()
    assert_usable(figure)
