"""The page model reads a page as Python-Markdown publishes it.

The model is markdown-it's, which knows lines; the site is Python-Markdown's. Where the
two disagree (a list without a blank line before it), the reader sees something else than
the checker checked.
"""

import io
from base64 import b64encode
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data
from PIL import Image

from checker.compare import same_figure, same_output
from reading.model import Page
from reading.pages import page_paths, read_page

ROOT = Path(__file__).parent.parent
VOID = {"img", "br", "hr", "input"}


class Published(HTMLParser):
    """The kinds of blocks in published HTML, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kinds: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        names = set((dict(attrs).get("class") or "").split())
        inside = set(self.open)
        if tag not in VOID:
            self.open.append(tag)
        if tag[0] == "h" and tag[1:].isdigit():
            self.kinds.append(f"heading {tag[1]} {{#{dict(attrs).get('id')}}}")
        elif tag in ("ul", "ol"):
            self.kinds.append("list")
        elif tag in ("table", "blockquote"):
            self.kinds.append({"blockquote": "quotation"}.get(tag, tag))
        elif tag == "details" or "admonition" in names:
            self.kinds.append("admonition")
        elif "highlight" in names and tag == "div":
            self.kinds.append("code")
        elif "arithmatex" in names and tag == "div":
            self.kinds.append("formula")
        elif tag == "p" and not inside & {"li"} and "admonition-title" not in names:
            self.kinds.append("paragraph")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


def model(page: Page) -> list[tuple[str, int]]:
    """The kinds of blocks as the checker reads them, with their lines."""
    kinds: list[tuple[str, int]] = []

    def add(kind: str) -> None:
        kinds.append((kind, block.line))

    for block in page.blocks:
        *within, last = block.shape.split(" › ")
        first = last.split()[0]
        if first == "heading":
            add(last)
        elif last.endswith(", title"):
            add("admonition")
        elif first in ("bullet", "ordered"):
            add("list")
        elif "block" in last.split()[1:2]:
            add("code")
        elif first in ("paragraph", "image"):
            if not any(part.endswith("list") for part in within):
                add("paragraph")
        elif first in ("table", "code", "formula", "quotation"):
            add(first)
    return kinds


@pytest.fixture(scope="module")
def render():
    config = load_config(str(ROOT / "mkdocs.yml"))

    def render(text: str) -> list[str]:
        converter = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )
        return Published(converter.convert(get_data(text)[0])).kinds

    return render


def difference(page: Page, published: list[str]) -> str:
    """Where the two readings of a page part, or nothing."""
    last = len(page.text.split("\n"))
    for read, shown in zip_longest(model(page), published):
        kind, line = read or ("nothing more", last)
        if kind != shown:
            return (
                f"{page.path}:{line}: the checker reads: {kind}, the site publishes:"
                f" {shown or 'nothing more'}. Put an empty line before lists, tables and"
                " boxes, and four spaces before what is inside them"
            )
    return ""


@pytest.mark.parametrize("path", list(page_paths(ROOT)))
def test_the_checker_reads_what_is_published(path: str, render, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = read_page(ROOT, path)
    if page.lab:
        pytest.skip("published from its notebook; prose.disagreement compares then")
    if not page.problems and (found := difference(page, render(page.text))):
        pytest.fail(found, pytrace=False)


@pytest.mark.parametrize(
    "text, line",
    [
        ("# Title {#title}\n\nText:\n- one\n- two\n", 4),
        ("# Title {#title}\n\nText:\n\n- one\n- two\n", 0),
        ("# Title {#title}\n\n> Quoted.\n", 0),
        ("---\ndescription: Text\n---\n\n# Title {#title}\n", 0),
        ('# Title {#title}\n\n!!! note "Title"\n\n    Text.\n', 0),
    ],
)
def test_where_the_readings_part(tmp_path: Path, render, text: str, line: int):
    (tmp_path / "page.md").write_text(text)
    found = difference(read_page(tmp_path, "page.md"), render(text))
    assert (
        found.startswith(f"page.md:{line}: the checker reads: list")
        if line
        else not found
    )


@pytest.mark.parametrize(
    "expected, got, same",
    [
        ("a = 0.3319", "a = 0.3320", True),  # the last digit is the machine's
        ("a = 0.3319", "a = 0.3321", False),
        ("a = 0.3319", "a = 0.3319 ", False),
        ("a = 27.67", "a = 27.6667", True),  # to the precision written
        ("loss 1.2e-05", "loss 1.3e-05", True),
        ("loss 1.2e-05", "loss 1.2e-04", False),
        ("0.0000", "-0.0000", True),
        ("step 3", "step 4", False),  # an integer is not rounded
        ("a = 1.0", "b = 1.0", False),
        ("1.0 2.0", "1.0", False),
    ],
)
def test_numbers_count_to_the_precision_written(expected: str, got: str, same: bool):
    assert same_output(expected, got, exact=False) is same
    assert same_output(expected, got, exact=True) is (expected == got)


def picture(pixel: int, level: int) -> bytes:
    """A figure that is one picture, compressed more or less."""
    file = io.BytesIO()
    Image.new("L", (8, 8), pixel).save(file, "png", compress_level=level)
    return b'<image href="data:image/png;base64,%b"/>' % b64encode(file.getvalue())


@pytest.mark.parametrize(
    "expected, got, same",
    [
        (b'<path d="M 1.25 3"/>', b'<path d="M 1.26 3"/>', True),
        (b'<path d="M 1.25 3"/>', b'<path d="M 1.35 3"/>', False),
        (b'<path d="M 1.25 3"/>', b'<path d="L 1.25 3"/>', False),
        (b'<path d="M 12 3"/>', b'<path d="M 12.01 3"/>', True),
        (b'<path d="M 12 3"/>', b'<path d="M 13 3"/>', False),
        (b'<path d="M 1 2\nL 3 4\nz\n"/>', b'<path d="M 1 2\nL 3 4\n"/>', True),
        (b'<use href="#i1"/>', b'<use href="#i2"/>', False),
        (picture(7, level=0), picture(7, level=9), True),
        (picture(7, level=0), picture(8, level=0), False),
    ],
)
def test_figures_are_the_same_to_a_fiftieth_of_a_point(expected, got, same):
    assert same_figure(expected, got, exact=False) is same
    assert same_figure(expected, got, exact=True) is (expected == got)
