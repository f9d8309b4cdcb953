"""Figures: how large they are shown, and how many bytes they take."""

import io
import re
import struct
from base64 import b64decode, b64encode
from functools import cache
from xml.etree import ElementTree

SVG, PNG = "image/svg+xml", "image/png"


@cache
def size_of(figure: bytes) -> tuple[int, int]:
    """Return width and height of an SVG, or of a PNG for a dense screen, in CSS pixels.

    Raises:
        ValueError: it is neither, or not all of it.
    """
    try:
        if figure.startswith(b"\x89PNG"):
            width, height = struct.unpack(">II", figure[16:24])
            return width // 2, height // 2
        svg = ElementTree.fromstring(figure)
    except (ElementTree.ParseError, struct.error) as error:
        raise ValueError(f"no figure, or not all of it: {error}") from None
    box = (svg.get("viewBox") or "0 0 0 0").split()[2:]
    points = {"pt": 4 / 3, "in": 96, "px": 1, "": 1}
    size = []
    for name, fallback in zip(("width", "height"), box, strict=True):
        number, unit = re.match(r"([\d.]+)(\D*)", svg.get(name) or fallback).groups()
        size.append(round(float(number) * points[unit]))
    return tuple(size)


def with_palette(png: str) -> str:
    """Return a picture, in base64, with 256 colours: a third of its bytes."""
    from PIL import Image  # only a lab that runs needs it

    small = io.BytesIO()
    method = Image.Quantize.FASTOCTREE  # the one that keeps what is transparent
    picture = Image.open(io.BytesIO(b64decode(png))).quantize(256, method)
    picture.save(small, "png", optimize=True)
    return b64encode(small.getvalue()).decode()
