"""Whether what the code printed, or drew, is what the page shows."""

import base64
import hashlib
import io
import re
from itertools import zip_longest

from PIL import Image

NUMBER = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?")
# Coordinates of a figure: what two machines may differ by, in points of 1/72 in.
FIGURE_TOLERANCE = 0.02
# Closes a line. Whether Matplotlib closes a contour depends on the last digit.
CLOSED = re.compile(r"\n?\bz\b(?=\s|\")")
# A picture inside a figure. How its pixels are compressed depends on the machine.
PICTURE = re.compile(r"data:image/png;base64,([^\"]+)")


def same_output(expected: str, got: str, exact: bool) -> bool:
    """Compare an output with the recorded one.

    Args:
        expected: what the page shows.
        got: what the code printed now.
        exact: whether every character counts. Otherwise numbers count to the precision
            written, as under doctest's `NUMBER
            <https://docs.pytest.org/en/stable/how-to/doctest.html>`_ option: 0.3319
            and 0.3320 are the same, 0.3319 and 0.3321 are not.
    """
    if exact or expected == got:
        return expected == got

    def tolerance(a: str, b: str) -> float:
        return 10 ** -_decimals(a) if "." in a else 0

    return _same(expected, got, tolerance)


def same_figure(expected: bytes, got: bytes, exact: bool) -> bool:
    """Compare a figure with the recorded one; see `same_output`."""
    if exact or expected == got:
        return expected == got

    def tolerance(a: str, b: str) -> float:
        return FIGURE_TOLERANCE if "." in a + b else 0

    drawn = [
        PICTURE.sub(_pixels, CLOSED.sub("", svg.decode())) for svg in (expected, got)
    ]
    return _same(*drawn, tolerance)


def _pixels(picture: re.Match) -> str:
    """A name for the pixels of an embedded PNG, however it is compressed."""
    image = Image.open(io.BytesIO(base64.b64decode(picture[1]))).convert("RGBA")
    return f"{image.size} {hashlib.sha256(image.tobytes()).hexdigest()}"


def _same(expected: str, got: str, tolerance) -> bool:
    if NUMBER.split(expected) != NUMBER.split(got):
        return False
    pairs = zip(NUMBER.findall(expected), NUMBER.findall(got), strict=True)
    # Half a unit more than the tolerance: 0.3 - 0.2 is a little over 0.1 in binary.
    return all(
        a == b or abs(float(a) - float(b)) < 1.5 * tolerance(a, b) for a, b in pairs
    )


def _decimals(number: str) -> int:
    mantissa, _, exponent = number.lower().partition("e")
    return len(mantissa.partition(".")[2]) - int(exponent or 0)


def side_by_side(expected: str, got: str) -> str:
    """Set two outputs beside each other, lines that differ marked with an x."""
    rows = zip_longest(expected.splitlines(), got.splitlines(), fillvalue="")
    width = max([len(line) for line in expected.splitlines()] + [8])
    width = min(width, 78)
    lines = [f"    {'expected (on the page)':{width}}  | got (printed now)"]
    for left, right in rows:
        mark = " " if left == right else "x"
        lines.append(f"  {mark} {left:{width}}  | {right}")
    return "\n".join(lines)
