"""The matplotlib backend of the checker: ``plt.show()`` keeps the figure as SVG.

Matplotlib loads it by name (``MPLBACKEND=module://checker.figures``), so a snippet draws
as it would on anyone's screen. The house style is in ``docs/_hooks/matplotlibrc``.
"""

import io
import re

from matplotlib import pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.backends.backend_agg import FigureManagerBase as FigureManager
from matplotlib.text import Text

from checker.words import words_in

__all__ = ["FigureCanvas", "FigureManager", "show", "take"]

_shown: list[tuple[bytes, list[str]]] = []


def show(block: bool | None = None) -> None:
    """Keep every open figure and close it, as ``plt.show()`` does on a screen."""
    del block
    for manager in Gcf.get_all_fig_managers():
        figure = manager.canvas.figure
        words = [w for text in figure.findobj(Text) for w in words_in(text.get_text())]
        _shown.append((to_svg(figure), words))
    pyplot.close("all")


def take() -> tuple[list[tuple[bytes, list[str]]], int]:
    """Hand over the figures shown since the last call, and count those left open."""
    shown, left = list(_shown), len(pyplot.get_fignums())
    _shown.clear()
    pyplot.close("all")
    return shown, left


def to_svg(figure) -> bytes:
    """Draw a figure as SVG whose bytes depend on nothing but the drawing.

    Matplotlib names its ids by a hash of six decimals, which differ between machines;
    ids are numbered instead, and coordinates (points, 1/72 in) keep two decimals.
    """
    file = io.StringIO()
    nothing = dict.fromkeys(["Creator", "Date", "Format", "Type"])
    figure.savefig(file, format="svg", transparent=True, metadata=nothing)
    svg = re.sub(
        r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->", "", file.getvalue(), flags=re.S
    )
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    ids: dict[str, str] = {}
    for name in re.findall(r'\bid="([^"]+)"', svg):
        ids.setdefault(name, f"i{len(ids)}")
    svg = re.sub(r'\bid="([^"]+)"', lambda m: f'id="{ids[m[1]]}"', svg)
    svg = re.sub(r'(href="#|url\(#)([^")]+)', lambda m: m[1] + ids[m[2]], svg)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: m[0] if m[1] in used else "", svg)
    svg = re.sub(r"-?\d+\.\d+(?:e-?\d+)?", _short, svg)
    return re.sub(r"\s*\n\s*", "\n", svg).strip().encode() + b"\n"


def _short(number: re.Match) -> str:
    value = float(number[0])
    text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.4g}"
    if "e" in text:  # smaller than can be seen
        return "0"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
