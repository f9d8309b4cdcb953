"""The ravine that moves shows the numbers of snippets/steps/update.py."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from built import ROOT
from reading.includes import sections_of

ADDRESS = {"en": "steps/update/", "zh": "zh/steps/update/"}
RULES = {
    "en": {"sgd": "SGD", "momentum": "Momentum", "adam": "Adam"},
    "zh": {"sgd": "SGD", "momentum": "动量", "adam": "Adam"},
}
WORDS = {
    "en": ("Step", "Run", "Reset", "Starting point", "Steps needed: SGD 235, Momentum"),
    "zh": ("走一步", "走到底", "重置", "起点", "所需步数：SGD 235，动量"),
}
RATES = {"sgd": 0.019, "momentum": 0.01, "adam": 0.5}


@pytest.fixture(scope="module")
def lesson():
    """The functions of the lesson: rules, walk, ravine and steps_needed."""
    torch = pytest.importorskip("torch")
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    sections, _ = sections_of(ROOT, "steps/update.py")
    names = {}
    for name in ("rules", "adam", "by_hand", "ravine", "rates"):
        exec(sections[name].text.partition("\ntrials = ")[0], names)
    yield names
    torch.set_default_dtype(before)


def figure_of(tab):
    figure = tab.locator("#moving-ravine")
    figure.locator("tbody td").first.wait_for()
    return figure


def press(figure, name):
    figure.get_by_role("button", name=name, exact=True).click()


def shown(figure):
    """What the table shows of each rule: a, b, loss and the steps needed."""
    rows = [row.split("\t") for row in figure.locator("tr").all_inner_texts()]
    steps = int(re.search(r"\d+", rows[0][0])[0])
    columns = list(zip(*[row[1:] for row in rows[1:]], strict=True))
    numbers = [[float(n.replace("−", "-")) for n in column[:3]] for column in columns]
    needed = [int(c[3]) if c[3].isdigit() else None for c in columns]
    return steps, numbers, needed


def knobs(figure, rule):
    fieldset = figure.get_by_role("group", name=RULES["en"][rule], exact=True)
    return fieldset.locator("label.moving__slider")


def set_rate(figure, rule, rate):
    """Move a slider of a learning rate until it says the rate that is wanted."""
    label = knobs(figure, rule).first
    slider = label.get_by_role("slider")
    low, high = (int(slider.get_attribute(name)) for name in ("min", "max"))
    while low < high:
        middle = (low + high) // 2
        slider.fill(str(middle))
        if float(label.locator("output").inner_text()) < rate:
            low = middle + 1
        else:
            high = middle
    slider.fill(str(low))
    assert float(label.locator("output").inner_text()) == rate
    assert float(slider.get_attribute("aria-valuetext")) == rate


def walks(lesson, steps, start=(-4.0, 0.5), rates=RATES, **options):
    """Where the lesson's own walks are after so many steps: a, b and the loss of each."""
    ends = []
    for name, lr in rates.items():
        rule = partial(lesson[name], **options.get(name, {}))
        end = lesson["walk"](rule, lr, steps, start=start)[-1]
        ends.append([*end, lesson["ravine"](end)])
    return [pytest.approx(end, abs=6e-5) for end in ends]


def test_steps_needed_are_those_that_the_lesson_printed(visit):
    printed = (ROOT / "snippets/steps/update.txt").read_text("utf-8")
    section = re.search(r"start:rates\]\n(.*?)--8<--", printed, re.S)[1]
    figure = figure_of(visit(ADDRESS["en"]))
    found = 0
    for i, line in enumerate(section.split("\n")[:3]):
        rule = line.split()[0]
        for rate, needed in re.findall(r"([\d.]+): (\w+)", line):
            set_rate(figure, rule, float(rate))
            assert shown(figure)[2][i] == (None if needed == "None" else int(needed))
            found += 1
    assert found == 9


@pytest.mark.parametrize("language", ["en", "zh"])
def test_walks_are_those_of_the_lesson(visit, lesson, language):
    step, _, reset, start, _ = WORDS[language]
    figure = figure_of(visit(ADDRESS[language]))
    assert shown(figure)[:2] == (40, walks(lesson, 40))  # as the lesson draws them
    press(figure, step)
    assert shown(figure)[:2] == (41, walks(lesson, 41))
    press(figure, reset)
    for steps in range(4):
        assert shown(figure)[:2] == (steps, walks(lesson, steps))
        press(figure, step)
    points = figure.locator("svg .dots").first.get_attribute("d").count("M")
    assert points == 5  # the start, and four steps


def test_settings_change_the_walk(visit, lesson):
    figure = figure_of(visit(ADDRESS["en"]))
    rates = {"sgd": 0.0081, "momentum": 0.0025, "adam": 1.7}
    for rule, rate in rates.items():
        set_rate(figure, rule, rate)
    options = {"momentum": {"mu": 0.55}, "adam": {"beta1": 0.72, "beta2": 0.983}}
    knobs(figure, "momentum").nth(1).get_by_role("slider").fill("0.55")
    knobs(figure, "adam").nth(1).get_by_role("slider").fill("0.72")
    knobs(figure, "adam").nth(2).get_by_role("slider").fill("0.983")
    _, numbers, needed = shown(figure)
    assert numbers == walks(lesson, 40, rates=rates, **options)
    for i, (name, lr) in enumerate(rates.items()):
        rule = partial(lesson[name], **options.get(name, {}))
        assert needed[i] == lesson["steps_needed"](rule, lr)
    press(figure, "Reset")
    press(figure, "Step")
    assert shown(figure)[:2] == (1, walks(lesson, 1))


def drag(tab, figure, touch=False):
    """Drag the start of the second panel; return where it says it is."""
    handles = figure.get_by_role("slider", name="Starting point")
    handles.nth(1).scroll_into_view_if_needed()
    scrolled = tab.evaluate("scrollY")
    box = handles.nth(1).locator(".begin").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    path = [(x + 10 * i, y + 6 * i) for i in range(6)]
    if touch:
        client = tab.context.new_cdp_session(tab)
        for i, (x, y) in enumerate(path):
            kind = "touchMove" if i else "touchStart"
            points = [{"x": x, "y": y}]
            client.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": points}
            )
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        tab.mouse.move(x, y)
        tab.mouse.down()
        for place in path:
            tab.mouse.move(*place)
        tab.mouse.up()
    assert tab.evaluate("scrollY") == pytest.approx(scrolled, abs=2)  # no scrolling
    said = {handle.get_attribute("aria-valuetext") for handle in handles.all()}
    assert len(said) == 1  # it is the start of all three
    a, b = re.findall(r"-?[\d.]+", said.pop().replace("−", "-"))
    assert -4 < float(a) < 0 and float(b) < 0.4
    return float(a), float(b)


@pytest.mark.parametrize("touch", [False, True])
def test_the_start_can_be_dragged(visit, lesson, touch):
    tab = visit(ADDRESS["en"], **(PHONE if touch else {}))
    figure = figure_of(tab)
    start = drag(tab, figure, touch)
    steps, numbers, needed = shown(figure)
    assert (steps, numbers) == (40, walks(lesson, 40, start))
    for i, (name, lr) in enumerate(RATES.items()):
        assert needed[i] == lesson["steps_needed"](lesson[name], lr, start=start)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_keys_do_everything_and_are_answered_aloud(visit, lesson, language):
    step, run, reset, start, needed = WORDS[language]
    tab = visit(ADDRESS[language], reduced_motion="reduce")
    figure = figure_of(tab)
    status = figure.get_by_role("status")
    assert status.inner_text() == ""  # nothing is said before something is done
    figure.get_by_role("slider", name=start).nth(2).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        tab.keyboard.press(key)
    assert shown(figure)[:2] == (40, walks(lesson, 40, (-3.95, 0.5)))
    tab.keyboard.press("ArrowLeft")
    expect(status).to_contain_text(needed)
    knobs(figure, "adam").last.get_by_role("slider").focus()
    for name in (step, run, reset):
        tab.keyboard.press("Tab")
        expect(figure.get_by_role("button", name=name, exact=True)).to_be_focused()
        tab.keyboard.press("Enter")
        if name == run:  # jumps to where all three have arrived: no motion is wanted
            steps, numbers, counts = shown(figure)
            assert steps == max(counts)
            assert numbers == walks(lesson, steps)
            expect(status).to_contain_text(f" {steps} ")
    assert shown(figure)[0] == 0
    knobs(figure, "sgd").first.get_by_role("slider").focus()
    tab.keyboard.press("ArrowRight")
    assert float(figure.locator("output").first.inner_text()) == 0.02
    assert shown(figure)[2][0] is None


def test_running_takes_its_time_and_can_be_stopped(visit):
    figure = figure_of(visit(ADDRESS["en"]))
    press(figure, "Run")
    press(figure, "Pause")
    stopped, _, needed = shown(figure)
    assert 40 < stopped < max(needed)
    press(figure, "Run")
    expect(figure.get_by_role("button", name="Run", exact=True)).to_be_visible(
        timeout=20_000
    )
    assert shown(figure)[0] == max(needed)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_fits_a_phone(visit, language):
    tab = visit(ADDRESS[language], **PHONE)
    figure = figure_of(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tops = [svg.bounding_box()["x"] for svg in figure.locator("svg").all()]
    assert len(set(tops)) == 1  # one above the other
    figure.locator("label input").first.fill("180")  # the loss becomes very large
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    cut = figure.locator("td, th").evaluate_all(
        """cells => cells.filter(cell => {
          const text = new Range()
          text.selectNodeContents(cell)
          const [inner, outer] = [text, cell].map(x => x.getBoundingClientRect())
          return inner.left < outer.left || inner.right > outer.right
        }).map(cell => cell.innerText)"""
    )
    assert cut == []


@pytest.mark.parametrize("width", [360, 1280])
def test_text_and_targets_are_large_enough(visit, width):
    figure = figure_of(visit(ADDRESS["en"], viewport={"width": width, "height": 800}))
    height = figure.locator("svg text").evaluate_all(
        "texts => Math.min(...texts.map(t =>"
        " parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"
    )
    assert height >= 11
    for target in figure.locator("button, input, .ring").all():
        assert target.bounding_box()["height"] >= 24
