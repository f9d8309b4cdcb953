"""The figure that walks downhill, in a real browser."""

import re

import pytest
import torch
from playwright.sync_api import expect

from browsing import PHONE
from moving import (
    assert_usable,
    code,
    drag,
    middle,
    number,
    numbers,
    open_figure,
    recorded,
    swipe,
)

PAGE = "line/descent/"
# What is said now; what it keeps room for is hidden behind it.
NOTE = ".steady > :first-child"
MODULE = "/code-first/assets/javascripts/figures/descent.js"


def state(figure):
    """Return what the table shows: step, a, b, loss, da, db."""
    cells = figure.locator("tbody td").all_inner_texts()
    names = ("step", "a", "b", "loss", "da", "db")
    return dict(zip(names, map(number, cells), strict=True))


def go_to(figure, step):
    """Press Step until the figure is at a step."""
    button = figure.get_by_role("button").first
    while state(figure)["step"] < step:
        button.click()


def set_rate(figure, rate):
    figure.get_by_role("slider").last.fill(str(rate))


def steps_of(path, section):
    """Return {step: [a, b, …]} from recorded lines such as "step 3: a = 2.04, …"."""
    rows = [
        re.search(r"(\d+): (a = .*|loss = .*)", row)
        for row in recorded(path, section).splitlines()
    ]
    return {int(row[1]): numbers(row[2]) for row in rows if row}


def module(figure, expression):
    """Evaluate an expression with what the module of the arithmetic exports."""
    return figure.page.evaluate(
        f"async () => {{ const m = await import('{MODULE}'); return {expression} }}"
    )


def test_it_starts_with_the_numbers_of_the_lesson(visit):
    figure = open_figure(visit, PAGE)
    seen = state(figure)
    assert (seen["step"], seen["a"], seen["b"]) == (0, 0, 0)
    assert [seen["da"], seen["db"]] == numbers(recorded("line/descent", "gradient"))
    assert [round(seen["loss"], 4)] == numbers(recorded("line/descent", "loss"))
    limit = numbers(recorded("line/descent", "limit"))[-1]
    assert numbers(figure.locator(".walk__limit").inner_text()) == [limit]


@pytest.mark.parametrize(
    ("path", "mode", "snippet", "section"),
    [
        (PAGE, "all three points", "line/descent", "descend"),
        (PAGE, "one point at a time", "line/sgd", "one_point"),
        (f"zh/{PAGE}", "其中一个点", "line/sgd", "one_point"),
    ],
)
def test_steps_are_those_of_the_lesson(visit, path, mode, snippet, section):
    figure = open_figure(visit, path)
    figure.get_by_label(mode).check()
    _, run, reset = figure.get_by_role("button").all()
    recorded_steps = steps_of(snippet, section)
    for step, expected in recorded_steps.items():
        if step == 300:
            reset.click()
        if step < 300:
            go_to(figure, step)
        else:
            for _ in range(int(state(figure)["step"]), step, 300):
                run.click()
        seen = state(figure)
        assert seen["step"] == step
        assert [seen["a"], seen["b"], seen["loss"]][: len(expected)] == expected
    assert len(recorded_steps) >= 5


def test_order_of_the_points_is_that_of_torch(visit):
    torch.manual_seed(0)
    order = torch.cat([torch.randperm(3) for _ in range(300)]).tolist()
    assert module(open_figure(visit, PAGE), "m.order") == order


def test_past_the_limit_the_map_zooms_out_and_says_so(visit):
    figure = open_figure(visit, PAGE)
    set_rate(figure, 0.2)
    for step, expected in steps_of("line/descent", "diverge").items():
        go_to(figure, step)
        assert [round(state(figure)["loss"], 1)] == expected
    said = figure.locator(NOTE)
    expect(said).to_contain_text("Past the limit: across the valley")
    expect(said).to_contain_text("the first map is 4 times as wide")
    last = figure.locator("svg").first.locator(".now")
    (x, y), picture = middle(last), figure.locator("svg").first.bounding_box()
    assert picture["x"] < x < picture["x"] + picture["width"]
    assert picture["y"] < y < picture["y"] + picture["height"]
    set_rate(figure, 0.25)
    for _ in range(3):
        figure.get_by_role("button", name="Run").click()
    assert state(figure)["loss"] == float("inf")
    expect(said).to_contain_text("Overflow")
    figure.get_by_role("button", name="Reset").click()
    expect(said).to_be_empty()
    assert state(figure) == state(open_figure(visit, PAGE))


def test_near_the_limit_it_calculates_what_the_lesson_prints(visit):
    figure = open_figure(visit, PAGE)
    rows = recorded("line/descent", "near_limit").splitlines()
    for factor, row in zip((0.99, 1.01), rows, strict=True):
        losses = module(
            figure,
            f"[10, 100, 1000].map(n => m.loss(...m.descend({factor} * m.modes.all.limit,"
            " n).at(-1)))",
        )
        assert [float(f"{loss:.4g}") for loss in losses] == numbers(row)[1:]


@pytest.mark.parametrize(("move", "reader"), [(drag, {}), (swipe, PHONE)])
def test_the_start_follows_the_pointer(visit, move, reader):
    figure = open_figure(visit, PAGE, **reader)
    start = figure.locator(".moving__handle")
    set_rate(figure, 0.15)
    go_to(figure, 4)
    x0, y0 = middle(start)
    start.press("Shift+ArrowRight")
    start.press("Shift+ArrowUp")
    x1, y1 = middle(start)
    scrolled = figure.page.evaluate("scrollY")
    move(figure.page, start, x0 + 3.5 * (x1 - x0), y0 + 2.3 * (y1 - y0))
    assert figure.page.evaluate("scrollY") == pytest.approx(scrolled, abs=2)
    assert start.get_attribute("aria-valuetext") == "a 3.5, b 2.3"
    lesson = code("line/descent", "data", "loss", "gradient", "descend")
    a, b = lesson["descend"](0.15, 4, 3.5, 2.3)[-1]
    expected = {"step": 4, "a": a, "b": b, "loss": lesson["loss"](a, b)}
    expected |= dict(zip(("da", "db"), lesson["gradient"](a, b), strict=True))
    assert state(figure) == pytest.approx(expected, abs=0.0000501)


@pytest.mark.parametrize(
    ("path", "heard"),
    [(PAGE, "Step 1: {}."), (f"zh/{PAGE}", "第 1 步：{}。")],
)
def test_keys_do_everything_and_the_result_is_said(visit, path, heard):
    figure = open_figure(visit, path)
    press = figure.page.keyboard.press
    figure.page.wait_for_timeout(500)
    expect(figure.locator("p[role=status]")).to_be_empty()
    figure.locator(".moving__handle").focus()
    press("ArrowRight")
    press("ArrowLeft")
    for key in ("Tab", "Tab", "Tab", "Enter"):  # choice, learning rate, Step
        press(key)
    said = recorded("line/descent", "descend").splitlines()[0].split(": ")[1]
    if path != PAGE:
        said = said.replace(", ", "，").replace("loss", "损失")
    expect(figure.locator("p[role=status]")).to_have_text(heard.format(said))
    press("Shift+Tab")
    press("ArrowRight")
    press("Shift+Tab")
    press("ArrowDown")
    seen = state(figure)
    assert (seen["step"], seen["da"]) == (0, -42)  # of the point (3, 7): 2 · (−7) · 3
    for key in ("Tab", "ArrowRight", "Tab", "Tab", "Enter"):
        press(key)
    assert figure.locator("output").inner_text() == "0.0510"
    assert state(figure)["step"] == 300
    press("Tab")
    press("Enter")
    assert state(figure) == seen


def test_run_can_be_paused(visit):
    figure = open_figure(visit, PAGE, reduced_motion="no-preference")
    figure.get_by_role("button", name="Run").click()
    expect(figure.locator("tbody td").first).to_have_text(re.compile("[3-9]"))
    figure.get_by_role("button", name="Pause").click()
    paused = state(figure)
    figure.page.wait_for_timeout(300)
    assert state(figure) == paused
    assert 3 <= paused["step"] < 300


@pytest.mark.parametrize("path", [PAGE, f"zh/{PAGE}"])
def test_everybody_can_use_it(visit, path):
    figure = open_figure(visit, path, **PHONE)
    set_rate(figure, 0.25)
    figure.get_by_role("button").nth(1).click()
    assert_usable(figure)
