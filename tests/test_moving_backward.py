"""The figure that walks backward shows the numbers of snippets/line/engine.py."""

import re
import runpy

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from built import ROOT

ADDRESS = {"en": "line/autograd/", "zh": "zh/line/autograd/"}
WORDS = {
    "en": ("Next", "Back", "Run all", "Pause", "Reset", r"from (\w) to (\w)"),
    "zh": ("下一步", "上一步", "走到底", "暂停", "重置", r"从 (\w) 到 (\w)"),
}
LINE = {"a": 1, "b": 0.5, "x": 3, "y": 7}
TWICE = {"a": 2, "b": 3}
Value = runpy.run_path(str(ROOT / "snippets/line/engine.py"))["Value"]


def graph(a, b, x=None, y=None):
    """The numbers of the two expressions, by name, in the order of the program."""
    a, b = Value(a), Value(b)
    if x is None:
        c = a * b
        d = c * a
        return {"a": a, "b": b, "c": c, "d": d, "L": d + c}
    u = a * x
    v = u + b
    e = v - y
    return {"a": a, "b": b, "u": u, "v": v, "e": e, "L": e**2}


def gradients(nodes):
    """Let the engine walk back; return what it set the gradients to, in order."""
    names = {id(value): name for name, value in nodes.items()}
    noted = []

    class Noting(Value):
        def __setattr__(self, key, value):
            super().__setattr__(key, value)
            noted.append((names[id(self)], value))

    for value in nodes.values():
        value.__class__ = Noting
    nodes["L"].backward()
    return noted[sum(bool(value.parents) for value in nodes.values()) :]  # zeros first


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def shown(figure):
    """What the table shows; the drawing must show the same."""
    table, drawn = {}, {}
    for row in figure.locator("tbody tr:visible").all_inner_texts():
        name, *cells = row.replace("−", "-").split()
        table[name] = None if "–" in cells else [float(cell) for cell in cells]
    texts = zip(
        *(
            figure.locator(f"svg .{c}").all_text_contents()
            for c in ("name", "data", "grad")
        ),
        strict=True,
    )
    for name, *cells in texts:
        drawn[name[0]] = [*numbers(" ".join(cells))] or None
    assert drawn == {
        n: pair and pytest.approx(pair, abs=6e-5) for n, pair in table.items()
    }
    return table


def figure_of(tab):
    figure = tab.locator("#moving-backward")
    figure.locator("tbody tr:visible").first.wait_for()
    return figure


def press(figure, name):
    figure.get_by_role("button", name=name, exact=True).click()


def choose(figure, inputs):
    if "x" not in inputs:
        figure.get_by_role("combobox").select_option(index=1)
    for name, value in inputs.items():
        figure.get_by_role("slider", name=name, exact=True).fill(str(value))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "inputs",
    [LINE, {"a": -1.7, "b": 2.3, "x": -2.5, "y": -4}, TWICE, {"a": -1.3, "b": 0.7}],
)
def test_every_step_shows_the_numbers_of_the_engine(visit, language, inputs):
    following, back, *_, direction = WORDS[language]
    figure = figure_of(visit(ADDRESS[language]))
    choose(figure, inputs)
    nodes = graph(**inputs)
    values = {name: value.data for name, value in nodes.items()}
    results = [name for name, value in nodes.items() if value.parents]
    grads = dict.fromkeys(nodes, 0.0)
    line = figure.locator(".backward__line:visible")

    def check(known):
        wanted = {n: [values[n], grads[n]] if n in known else None for n in nodes}
        assert shown(figure) == {
            name: pair and pytest.approx(pair, abs=6e-5)
            for name, pair in wanted.items()
        }

    check({"a", "b"})
    for i, name in enumerate(results, 1):
        press(figure, following)
        check({"a", "b", *results[:i]})
        assert numbers(line.inner_text())[-1] == pytest.approx(values[name], abs=6e-5)
    for i, (name, grad) in enumerate(gradients(nodes)):
        before, grads[name] = grads[name], grad
        press(figure, following)
        check(nodes)
        assert figure.locator("svg .walked").count() == i
        if i == 0:
            continue  # the 1 at L
        result, parent = re.search(direction, line.inner_text()).groups()
        local = nodes[result].local_grads[nodes[result].parents.index(nodes[parent])]
        product, total = line.locator("b:not(:empty)").all_inner_texts()
        share = grads[result] * local
        assert parent == name
        assert numbers(product) == pytest.approx(
            [grads[result], local, share], abs=6e-5
        )
        assert numbers(total) == pytest.approx([before, share, grad], abs=6e-5)
    figure.get_by_role("button", name=following, exact=True).click(force=True)
    check(nodes)
    press(figure, back)
    assert figure.locator("svg .walked").count() == i - 1


def test_the_end_is_what_the_lesson_printed(visit):
    printed = (ROOT / "snippets/line/autograd.txt").read_text("utf-8")
    section = re.search(r"start:by_hand\](.*)end:by_hand", printed, re.S)[1]
    recorded = dict(re.findall(r"(\w+) = ([-.\d]+)", section))
    engine = re.search(r"start:engine\]\n(.*)", printed)[1]
    for name, value in re.findall(r"(\w+) = ([-.\d]+)", engine):
        assert recorded[name] == value
    figure = figure_of(visit(ADDRESS["en"], reduced_motion="reduce"))
    press(figure, "Run all")  # jumps: no motion is wanted
    at_end = shown(figure)
    assert at_end.pop("L") == [float(recorded["loss"]), 1]
    for name, (value, grad) in at_end.items():
        assert grad == float(recorded[f"d{name}"])
        assert value == float(recorded.get(name, LINE.get(name, 0)))


def test_running_takes_its_time_and_can_be_stopped(visit):
    tab = visit(ADDRESS["en"], alone=True)  # whose clock stands still
    figure = figure_of(tab)
    tab.clock.install(time=0)
    tab.clock.pause_at(1000)
    press(figure, "Run all")
    tab.clock.run_for(2000)
    walked = figure.locator("svg .walked")
    assert shown(figure)["e"] and not shown(figure)["L"]
    press(figure, "Pause")
    tab.clock.run_for(9000)
    assert not shown(figure)["L"]
    press(figure, "Run all")
    tab.clock.run_for(9000)
    expect(walked).to_have_count(5)
    expect(figure.get_by_role("button", name="Run all")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_keys_do_everything_and_are_answered_aloud(visit, language):
    following, back, run, _, reset, _ = WORDS[language]
    tab = visit(ADDRESS[language], reduced_motion="reduce")
    figure = figure_of(tab)
    status = figure.get_by_role("status")
    assert status.inner_text() == ""  # nothing is said before something is done
    figure.get_by_role("combobox").focus()
    for name in (following, back, run, reset):
        tab.keyboard.press("Tab")
        expect(figure.get_by_role("button", name=name, exact=True)).to_be_focused()
        tab.keyboard.press("Enter")
        if name == following:
            expect(status).to_contain_text("u = a × x = 1 × 3 = 3")
        if name == run:
            assert shown(figure)["a"] == [1, -21]
            expect(status).to_contain_text("Done" if language == "en" else "走完了")
    assert shown(figure)["L"] is None
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Space")
    for _ in range(2):
        tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowRight")
    nodes = graph(**(LINE | {"a": 1.1}))
    nodes["L"].backward()
    assert shown(figure)["a"] == pytest.approx([1.1, nodes["a"].grad])
    figure.get_by_role("combobox").focus()
    tab.keyboard.press("ArrowDown")
    assert shown(figure) == {"a": [2, 0], "b": [3, 0], "c": None, "d": None, "L": None}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_fits_a_phone_and_answers_touch(visit, language):
    tab = visit(ADDRESS[language], **PHONE)
    figure = figure_of(tab)
    figure.get_by_role("button", name=WORDS[language][0], exact=True).tap()
    assert shown(figure)["u"] == [3, 0]
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    height = figure.locator("svg text").evaluate_all(
        "texts => Math.min(...texts.map(t =>"
        " parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"
    )
    assert height >= 11
    for control in figure.locator("button, input:visible, select").all():
        assert control.bounding_box()["height"] >= 24
