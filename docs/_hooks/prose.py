"""The prose of a page as it is published, for readers of both languages at once.

Every block of text is marked in the HTML of its page. Beside each page stands
``both.json`` with the same blocks in the other language; docs/assets/javascripts/both.js
puts the two together.
"""

import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from pages import Page

log = logging.getLogger("mkdocs.hooks.prose")

FILE = "both.json"
# Code and formulas hold no such tags. A list item whose text stands directly in it, in no
# paragraph, is its text up to the first block inside it.
_BLOCK = re.compile(
    r"<(?P<tag>h[1-6]|p|summary|t[dh])(?P<attributes>(?:\s[^>]*)?)>(?P<html>.*?)</(?P=tag)>"
    r"|<li>\s*(?!\s|<(?:p|ul|ol|div|details|table|blockquote)[\s>]|</li>)"
    r"(?P<item>.*?)(?=\s*(?:</li>|<(?:p|ul|ol|div|details|table|blockquote)[\s>]))",
    re.DOTALL,
)
_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>')
_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class Prose:
    """A block of text as it is published.

    Attributes:
        kind: what it is: heading, paragraph, title, cell or image.
        html: what stands in it; of an image, its alternative text.
    """

    kind: str
    html: str


def mark_blocks(html: str) -> tuple[str, list[Prose]]:
    """Mark the blocks of text in the HTML of a page; return it and the blocks."""
    blocks: list[Prose] = []

    def mark(match: re.Match) -> str:
        if match["item"]:
            blocks.append(Prose("paragraph", _fold(match["item"])))
            return f"<li><span data-prose>{match['item']}</span>"
        tag, attributes, inside = match["tag"], match["attributes"], match["html"]
        blocks.append(_read(tag, attributes, inside))
        return f"<{tag}{attributes} data-prose>{inside}</{tag}>"

    return _BLOCK.sub(mark, html), blocks


def _read(tag: str, attributes: str, html: str) -> Prose:
    html = _fold(_HEADERLINK.sub("", html))
    if tag in ("td", "th"):
        return Prose("cell", html)
    if tag == "summary" or "admonition-title" in attributes:
        return Prose("title", html)
    if image := _IMAGE.fullmatch(html):
        return Prose("image", image[1])
    return Prose("paragraph" if tag == "p" else "heading", html)


def _fold(html: str) -> str:
    return " ".join(html.split())


def disagreement(page: Page, blocks: list[Prose]) -> str | None:
    """Say where the published blocks are not those of the source, if they are not.

    What a notebook draws is in its published page only.
    """
    written = []
    for block in page.blocks:
        kind = block.shape.split(" › ")[-1].removesuffix(", title").split()[0]
        kind = "title" if kind == "admonition" else kind
        if kind in ("heading", "paragraph", "title", "cell"):
            written.append((kind, block.line))
    published = [block.kind for block in blocks if block.kind != "image"]
    for (kind, line), found in zip(written, published, strict=False):
        if kind != found:
            return f"{page.path}:{line}: this {kind} is published as a {found}"
    if len(written) != len(published):
        return (
            f"{page.path}: {len(written)} blocks of text are published as"
            f" {len(published)}"
        )
    return None


def write_counterparts(config) -> None:
    """Write the other language's blocks beside each page that has both."""
    prose = config.extra["prose"]
    for uri, ours in prose.items():
        other = uri.removeprefix("zh/") if uri.startswith("zh/") else f"zh/{uri}"
        theirs = prose.get(other, [])
        if [block.kind for block in ours] == [block.kind for block in theirs]:
            # What is the same in both languages is shown once.
            html = [
                None if block == same else block.html
                for block, same in zip(theirs, ours, strict=True)
            ]
            language = "zh" if other.startswith("zh/") else "en"
            Path(config.site_dir, uri).with_name(FILE).write_text(
                json.dumps({"lang": language, "blocks": html}, ensure_ascii=False),
                "utf-8",
            )
        elif theirs and not uri.startswith("zh/"):
            log.warning(
                "%s: the Chinese page has not the same blocks, so nobody can read both"
                " languages at once; make check says where they differ",
                uri,
            )
