"""Colours of the recorded figures before the paper of both schemes; in the dark they shine."""

import re

import pytest

from built import ROOT

STYLE = (ROOT / "docs/_hooks/matplotlibrc").read_text("utf-8")
SHEET = (ROOT / "docs/assets/stylesheets/site.css").read_text("utf-8")
SLATE = SHEET[SHEET.index('[data-md-color-scheme="slate"]') :]
COLOURS = set(re.findall(r"\b[0-9a-f]{6}\b", STYLE))
WHITE = "ffffff"  # the paper of the light scheme
PAPERS = [
    re.search(rf"--{name}: #([0-9a-f]{{6}});", SLATE)[1]
    for name in ("md-default-bg-color", "md-code-bg-color", "output")
]
BRIGHTER = float(re.search(r"filter: brightness\(([\d.]+)\)", SHEET)[1])


def light(colour, brighter=1):
    """Return the relative luminance of a colour, as WCAG defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    channels = [min(channel * brighter, 1) for channel in channels]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(
        c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )


@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_colours_can_be_read_on_white(colour):
    assert (light(WHITE) + 0.05) / (light(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("colour", sorted(COLOURS))
@pytest.mark.parametrize("paper", PAPERS)
def test_colours_can_be_read_in_the_dark(colour, paper):
    assert (light(colour, BRIGHTER) + 0.05) / (light(paper) + 0.05) >= 4.5


def test_pictures_stay_on_white(site):
    page = site.page("steps/linear/")
    kinds = {
        image.attributes["src"].rpartition("-")[2]: image.attributes.get("class")
        for image in page.all("img")
        if "assets/figures/" in image.attributes["src"]
    }
    assert kinds == {"weights.svg": "picture"}
    page = site.page("line/descent/")
    assert not page.all("img", class_="picture")
