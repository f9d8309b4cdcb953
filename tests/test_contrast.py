"""Contrast inside figures, with the colours that a browser calculates."""

import pytest

from browsing import turn_dark
from moving import PAGES

TEXT, GRAPHICS = 4.5, 3

# Each colour inside the drawings, where it is used, and its contrast with the paper. What
# encodes a value by being pale, and lines of the grid, are left out.
CONTRASTS = """figure => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = colour => channels(colour).slice(0, 3)
    .map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  const paper = light(getComputedStyle(figure).backgroundColor)
  const found = []
  const seen = (colour, opacity) =>
    colour === "none" || channels(colour)[3] === 0 || opacity < 1 ? 1 : ratio(light(colour), paper)
  for (const e of figure.querySelectorAll("svg :is(text, path, circle, rect, ellipse, polygon)")) {
    if (e.closest("clipPath, .tick, .frame, .ring") || e.hasAttribute("stroke-opacity")) continue
    const { fill, fillOpacity, stroke, strokeOpacity } = getComputedStyle(e)
    const contrast = Math.max(seen(fill, fillOpacity), seen(stroke, strokeOpacity))
    found.push([e.localName, e.getAttribute("class"), contrast])
  }
  return found
}"""


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"ask"}))  # which draws nothing
def test_contrast_inside_a_figure_that_moves(visit, name):
    tab = visit(PAGES[name][-1], reduced_motion="reduce")
    figure = tab.locator(".moving")
    figure.locator("svg").first.wait_for()
    for _ in range(8):  # the backward pass has then begun
        figure.locator("button").first.click()
    for turn in (lambda tab: None, turn_dark):
        turn(tab)
        found = figure.evaluate(CONTRASTS)
        assert len(found) > 10
        for tag, style, contrast in found:
            assert contrast >= (TEXT if tag == "text" else GRAPHICS), (tag, style)
