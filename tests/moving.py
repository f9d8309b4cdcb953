"""What the tests of the figures that move have in common."""

import re
from fractions import Fraction

from browsing import assert_fits_a_phone, turn_dark, violations
from built import ROOT
from reading.sections import read_sections

# The figures, and where they stand in English and, behind zh/, in Chinese.
PAGES = {
    "fit": ["", "line/misfit/"],
    "walk": ["line/descent/"],
    "backward": ["line/autograd/"],
    "ravine": ["steps/update/"],
    "attend": ["language-model/attention/"],
    "ask": ["language-model/generate/"],
}
FIGURES = {
    name: {f"{language}{path}" for path in paths for language in ("", "zh/")}
    for name, paths in PAGES.items()
}
# A number as a figure or a recorded output writes it: −1.5, 5/3, 4.388e+18.
NUMBER = r"[-−]?\d+(?:\.\d+(?:e[+-]\d+)?|/\d+)?"


def open_figure(visit, path, **reader):
    """Visit a page, and return the figure that moves once it is there."""
    tab = visit(path, **{"reduced_motion": "reduce"} | reader)
    figure = tab.locator(".moving")
    figure.locator("table").first.wait_for()
    figure.locator("svg").first.scroll_into_view_if_needed()
    return figure


def number(text):
    """Return the number that stands in a text."""
    for shown, read in [("−", "-"), ("∞", "inf"), ("–", "nan")]:
        text = text.replace(shown, read)
    return float(Fraction(text)) if "/" in text else float(text)


def numbers(text):
    """Return all numbers that stand in a text."""
    return [number(found) for found in re.findall(NUMBER, text)]


def recorded(path, section):
    """Return what a section of a snippet printed, when it was recorded."""
    return read_sections(ROOT / "snippets", f"{path}.txt")[0][section].text


def code(path, *sections):
    """Run sections of a snippet, and return their names."""
    found = read_sections(ROOT / "snippets", f"{path}.py")[0]
    names = {}
    for section in sections:
        exec(found[section].text, names)
    return names


def middle(handle):
    """Return where the pointer takes hold of a handle, whose circles are concentric."""
    box = handle.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(tab, handle, x, y):
    """Drag a handle with the mouse, to a point of the window."""
    tab.mouse.move(*middle(handle))
    tab.mouse.down()
    tab.mouse.move(x, y, steps=4)
    tab.mouse.up()


def swipe(tab, handle, x, y):
    """Drag a handle with a finger."""
    session = tab.context.new_cdp_session(tab)
    start = middle(handle)
    for kind, at in [("Start", start), ("Move", (x, y)), ("Move", (x, y))]:
        points = [{"x": at[0], "y": at[1]}]
        session.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def assert_usable(figure):
    """Fail where axe finds something in either colours, or a phone shows it badly."""
    tab = figure.page
    assert violations(tab, ".moving") == []
    turn_dark(tab)
    assert violations(tab, ".moving") == []
    assert_fits_a_phone(tab)
    heights = "all => all.map(e => e.getBoundingClientRect().height)"
    assert min(figure.locator(".ring").evaluate_all(heights)) >= 24
    touched = figure.locator("button, label, input[type=range]")
    assert min(touched.evaluate_all(heights)) >= 44
    letters = figure.locator("svg text").evaluate_all(
        "all => all.map(t => t.getScreenCTM().a * parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(letters) >= 11
