"""The figure in which a line is fitted, in a real browser."""

import random

import numpy as np
import pytest
from playwright.sync_api import expect
from scipy.optimize import linprog

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

PAGE = "line/misfit/"
MODULE = "/code-first/assets/javascripts/figures/misfit.js"


def state(figure):
    """Return what the figure shows."""
    rows = [
        [numbers(row) for row in table.locator("tbody tr").all_inner_texts()]
        for table in figure.locator("table").all()
    ]
    formula = figure.locator(".fit__formula").inner_text()
    return {
        "points": [tuple(row[:2]) for row in rows[0]],
        "line": numbers(formula.replace("+ ", "").replace("− ", "−")),
        "residuals": [row[-1] for row in rows[0]],
        "losses": [row[0] for row in rows[1]],
        "best": [row[1] for row in rows[1]],
    }


def close(values):
    """Equal to the four decimals that are shown."""
    return pytest.approx(list(values), abs=0.0000501)


def place(figure, x, y):
    """Return where the data (x, y) is in the window, measured from two of the points."""
    handles = figure.locator(".moving__handle")
    (x1, y1), (x4, y4) = middle(handles.nth(2)), middle(handles.nth(5))
    (a1, b1), *_, (a4, b4) = state(figure)["points"]
    across, up = (x4 - x1) / (a4 - a1), (y4 - y1) / (b4 - b1)
    return x1 + (x - a1) * across, y1 + (y - b1) * up


def calculated(points, a, b):
    """Return what the snippet's own functions say about a line."""
    snippet = code("line/misfit", "data", "residuals", "yardsticks")
    snippet["points"][:] = points
    return {
        "residuals": close(snippet["residuals"](a, b)),
        "losses": close(float(f(a, b)) for f in snippet["yardsticks"]),
    }


@pytest.mark.parametrize("path", [PAGE, f"zh/{PAGE}", "", "zh/"])
def test_it_starts_with_the_numbers_of_the_lesson(visit, path):
    seen = state(open_figure(visit, path))
    line, *losses = recorded("line/misfit", "yardsticks").splitlines()[:4]
    assert seen["line"] == numbers(line)
    assert seen["losses"] == [numbers(row)[0] for row in losses]
    residuals = recorded("line/misfit", "residuals").splitlines()[0]
    assert seen["residuals"] == numbers(residuals.split(":")[1])
    found = recorded("line/misfit", "search").splitlines()[::2]
    assert seen["best"] == close(numbers(row)[0] for row in found)


def test_buttons_show_the_best_lines_of_the_lesson(visit):
    figure = open_figure(visit, PAGE)
    rows = recorded("line/misfit", "search").splitlines()
    for place, name, line in [(0, "largest", rows[1]), (2, "squared", rows[5])]:
        figure.get_by_role("button", name=name).click()
        seen = state(figure)
        assert seen["line"] == close(numbers(line))
        assert seen["losses"][place] == seen["best"][place]
    lines = set()
    for _ in range(5):
        figure.get_by_role("button", name="absolute").click()
        seen = state(figure)
        assert seen["losses"][1] == seen["best"][1]
        lines.add(tuple(seen["line"]))
    pairs = recorded("line/misfit", "pairs").splitlines()
    assert len(lines) == 3
    for line in lines:
        assert any(line == close(numbers(pair)[:2]) for pair in pairs)
    figure.get_by_role("button", name="Reset").click()
    assert state(figure) == state(open_figure(visit, PAGE))


@pytest.mark.parametrize(("move", "reader"), [(drag, {}), (swipe, PHONE)])
def test_points_and_line_follow_the_pointer(visit, move, reader):
    figure = open_figure(visit, PAGE, **reader)
    handles = figure.locator(".moving__handle")
    scrolled = figure.page.evaluate("scrollY")
    move(figure.page, handles.nth(4), *place(figure, 3.5, 4.2))
    move(figure.page, handles.nth(1), *place(figure, 5, 3.5))
    move(figure.page, handles.nth(0), *place(figure, 0, 6))
    assert figure.page.evaluate("scrollY") == pytest.approx(scrolled, abs=2)
    seen = state(figure)
    assert seen["points"] == [
        (1, 3),
        (2, 5),
        (3.5, 4.2),
        (4, 8),
    ]  # tenths, though pixels lie between them
    assert seen["line"] == [-0.5, 6]
    assert seen.items() >= calculated(seen["points"], -0.5, 6).items()


@pytest.mark.parametrize(
    ("path", "heard"),
    [
        (
            PAGE,
            "y = 1.7000x + 1.5000, largest residual 0.4000, mean absolute residual ",
        ),
        (f"zh/{PAGE}", "y = 1.7000x + 1.5000，最大残差 0.4000，残差绝对值的均值 "),
    ],
)
def test_keys_do_everything_and_the_result_is_said(visit, path, heard):
    figure = open_figure(visit, path)
    press = figure.page.keyboard.press
    status = figure.get_by_role("status")
    figure.page.wait_for_timeout(500)
    expect(status).to_be_empty()
    figure.locator(".moving__handle").first.focus()
    for _ in range(5):
        press("ArrowUp")
    press("Tab")
    press("Shift+ArrowDown")
    expect(status).to_contain_text(heard)
    for _ in range(4):
        press("Tab")
    press("ArrowLeft")
    press("ArrowDown")
    fourth = figure.get_by_role("slider").nth(5)
    assert fourth.get_attribute("aria-valuetext") == "x 3.9, y 7.9"
    seen = state(figure)
    assert seen["points"][3] == (3.9, 7.9)
    assert seen.items() >= calculated(seen["points"], 1.7, 1.5).items()
    for _ in range(4):  # three yardsticks, then Reset
        press("Tab")
        press("Enter")
    assert state(figure) == state(open_figure(visit, path))


def lowest(points, mean):
    """Return the lowest loss by linear programming, and whether several lines have it.

    The loss is the mean of t1 to tN, or t where all are one, and each residual lies
    between −t and t.
    """
    x, y = np.array(points).T
    count = len(points)
    t = np.eye(count) if mean else np.ones((count, 1))
    line = np.column_stack([x, np.ones(count)])
    rows = np.block([[line, -t], [-line, -t]])
    bounds = np.concatenate([y, -y])
    cost = np.concatenate([[0, 0], np.full(t.shape[1], 1 / t.shape[1])])
    free = [(None, None)] * len(cost)
    loss = linprog(cost, rows, bounds, bounds=free).fun
    rows, bounds = np.vstack([rows, cost]), np.append(bounds, loss + 1e-9)
    free[:2] = [(-1e4, 1e4)] * 2
    ends = [
        linprog(sign * np.eye(len(cost))[n], rows, bounds, bounds=free).x[n]
        for n in (0, 1)
        for sign in (1, -1)
    ]
    return loss, max(ends[1] - ends[0], ends[3] - ends[2]) > 1e-3


def test_best_lines_are_the_best(visit):
    figure = open_figure(visit, PAGE)
    random.seed(0)
    cases = [[(2, 3), (2, 5), (2, 7), (2, 8)], [(1, 1), (1, 5), (1, 6), (3, 2)]]
    cases += [[(1, 1), (2, 2), (3, 3), (4, 4)], [(1, 2), (1, 4), (4, 1), (4, 9)]]
    for _ in range(40):
        xs = random.sample([5, 13, 20, 20, 31, 45], 4)  # tenths, so that some coincide
        cases.append([(x / 10, random.randint(-5, 115) / 10) for x in xs])
    found = figure.page.evaluate(
        f"""async cases => {{
          const {{ best, yardsticks }} = await import("{MODULE}")
          return cases.map(points => yardsticks.map(yardstick => best(yardstick, points)))
        }}""",
        cases,
    )
    for points, (largest, absolute, squared) in zip(cases, found, strict=True):
        for answer, mean in [(largest, False), (absolute, True)]:
            loss, several = lowest(points, mean)
            assert answer["loss"] == pytest.approx(loss, abs=1e-6), points
            assert answer["several"] == several, points
        x, y = np.array(points).T
        line = np.column_stack([x, np.ones(4)])
        residuals = y - line @ np.linalg.lstsq(line, y)[0]
        assert squared["loss"] == pytest.approx(np.mean(residuals**2), abs=1e-9)
        assert squared["several"] == (len(set(x)) == 1)


@pytest.mark.parametrize("path", [PAGE, f"zh/{PAGE}"])
def test_everybody_can_use_it(visit, path):
    figure = open_figure(visit, path, **PHONE)
    figure.get_by_role("button").first.click()
    assert_usable(figure)
