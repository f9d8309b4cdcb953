"""The prose of a page as it is published: its blocks of text, and the terms in them.

Both are marked in the HTML. Beside each page stands ``both.json`` with the same blocks in
the other language, for docs/assets/javascripts/both.js.
"""

import json
import logging
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publishing import serving
from publishing.glossary import name_rows
from reading.model import Page
from reading.terms import Glossary, Term, is_glossary, mark, read_glossary, unmarked

log = logging.getLogger("mkdocs.hooks.prose")

# Code and formulas hold no such tags. A list item whose text stands directly in it, in no
# paragraph, is its text up to the first block inside it.
_BLOCK = re.compile(
    r"<(?P<tag>h[1-6]|p|figcaption|summary|t[dh])(?P<attributes>(?:\s[^>]*)?)>(?P<html>.*?)</(?P=tag)>"
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
        kind: what it is: heading, paragraph, title, cell, image or caption.
        html: what stands in it; of an image, its alternative text.
        terms: the terms of the glossary in it.
    """

    kind: str
    html: str
    terms: frozenset[Term] = frozenset()


def mark_page(
    html: str, page: Page, english: list[Prose] | None
) -> tuple[str, list[Prose]]:
    """Mark the prose of a page.

    Args:
        html: the page as it is published.
        page: the same page, read.
        english: of a Chinese page, the blocks of the English one.

    Returns:
        The HTML with marks, and the blocks.
    """
    glossary = read_glossary(page.root)
    if is_glossary(page):
        html, blocks = mark_blocks(html)
        html = name_rows(html, "zh" if page.chinese else "en", glossary.terms)
    else:
        html, blocks = mark_blocks(
            html, glossary, (english or []) if page.chinese else None
        )
    problem = disagreement(page, blocks)
    if problem and not page.problems:  # else they have been told
        log.warning("%s; nobody can read both languages at once", problem)
    return html, blocks


def mark_blocks(
    html: str, glossary: Glossary | None = None, english: list[Prose] | None = None
) -> tuple[str, list[Prose]]:
    """Mark the blocks of text in the HTML of a page, and in them the terms.

    Args:
        html: the page as it is published.
        glossary: the terms that are marked; without it none are.
        english: of a Chinese page, the blocks of the English one, which say what it uses.

    Returns:
        The HTML with marks, and the blocks.
    """
    blocks: list[Prose] = []
    seen: set[Term] = set()  # since the last heading of level 2
    met: set[Term] = set()

    def mark_block(match: re.Match) -> str:
        tag, attributes = match["tag"] or "li", match["attributes"] or ""
        html = match["html"] or match["item"] or ""
        kind = _kind(tag, attributes, html)
        terms = set()
        if tag == "h2":
            seen.clear()
        if glossary and kind in ("paragraph", "cell") and tag != "th":
            find = glossary.in_english
            if english is not None:
                used = english[len(blocks)].terms if len(blocks) < len(english) else ()
                find = partial(glossary.in_chinese, used=used)
            html, terms = mark(html, find, seen, met)
        image = _IMAGE.fullmatch(html)
        inside = image[1] if image else _fold(_HEADERLINK.sub("", html))
        blocks.append(Prose(kind, inside, frozenset(terms)))
        if tag == "li":
            return f"<li><span data-prose>{html}</span>"
        return f"<{tag}{attributes} data-prose>{html}</{tag}>"

    return _BLOCK.sub(mark_block, html), blocks


def _kind(tag: str, attributes: str, html: str) -> str:
    if tag in ("td", "th"):
        return "cell"
    if tag == "summary" or "admonition-title" in attributes:
        return "title"
    if tag == "figcaption":
        return "caption"
    if tag in ("p", "li"):
        return "image" if _IMAGE.fullmatch(html) else "paragraph"
    return "heading"


def _fold(html: str) -> str:
    return " ".join(html.split())


def disagreement(page: Page, blocks: list[Prose]) -> str | None:
    """Say where the published blocks are not those of the source, if they are not.

    What a lab draws is in its published page only, and its caption with it.
    """
    written = []
    for block in page.blocks:
        kind = block.shape.split(" › ")[-1].removesuffix(", title").split()[0]
        kind = "title" if kind == "admonition" else kind
        if kind in ("heading", "paragraph", "title", "cell"):
            written.append((kind, block.line))
    published = [
        block.kind for block in blocks if block.kind not in ("image", "caption")
    ]
    for (kind, line), found in zip(written, published, strict=False):
        if kind != found:
            return f"{page.path}:{line}: this {kind} is published as a {found}"
    if len(written) != len(published):
        return (
            f"{page.path}: {len(written)} blocks of text are published as"
            f" {len(published)}"
        )
    return None


def write_counterparts(prose: dict[str, list[Prose]], site: Path) -> None:
    """Write the other language's blocks beside each page that has both.

    Args:
        prose: the blocks of each page, by its address.
        site: the folder of the built site.
    """
    for uri, ours in prose.items():
        other = uri.removeprefix("zh/") if uri.startswith("zh/") else f"zh/{uri}"
        theirs = prose.get(other, [])
        if [block.kind for block in ours] == [block.kind for block in theirs]:
            language = "zh" if other.startswith("zh/") else "en"
            place = Path(uri).with_name("both.json").as_posix()
            make = partial(_counterpart, ours, theirs, language)
            if serving.is_on():
                serving.hold(place, make)
            else:
                Path(site, place).write_text(make(), "utf-8")
        elif theirs and not uri.startswith("zh/"):
            log.warning(
                "%s: the Chinese page has not the same blocks, so nobody can read both"
                " languages at once; make check says where they differ",
                uri,
            )


def _counterpart(ours: list[Prose], theirs: list[Prose], language: str) -> str:
    """Return as JSON the blocks of the other language; null where both are the same."""
    html = [
        None if unmarked(block.html) == unmarked(same.html) else block.html
        for block, same in zip(theirs, ours, strict=True)
    ]
    return json.dumps({"lang": language, "blocks": html}, ensure_ascii=False)
