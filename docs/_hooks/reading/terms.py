"""The terms of the glossary, and where they stand in a text of either language.

The checker asks which terms a paragraph uses; the site build marks them for their cards
(docs/assets/javascripts/terms.js).
"""

import marshal
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import jieba

from cache import sum_of
from reading.model import Page
from reading.pages import read_page

GLOSSARY = "docs/about/glossary.md"
# Phrases under this heading contain a term and mean something else.
OTHER_SENSES = "other-senses"

_TAG = re.compile(r"<(/?)([a-z][\w-]*)[^>]*>")
_LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
# One step by its number, of the ten or of many: a name, of which a card would say nothing.
_NUMBERED = re.compile(r"(?<![\w-])steps?\s+\d|第\s*[\d,]+\s*步", re.I)
_MARK = re.compile(r"</?g-t[^>]*>")

# jieba reads its 500,000 words from a file one by one; from memory takes a third of that.
jieba.marshal = SimpleNamespace(
    dump=marshal.dump, load=lambda file: marshal.loads(file.read())
)
# It believes what it finds under this name, also what another version of it has left.
jieba.dt.cache_file = f"jieba-{jieba.__version__}.cache"


@dataclass(frozen=True)
class Term:
    """A row of the glossary.

    Attributes:
        english: its English name.
        chinese: its Chinese name, or names.
        section: id of the heading under which it stands.
        also: other names in use, in either language, that the site does not use.
        taught: the heading under which it is taught: its page below docs/, #, its id.
    """

    english: str
    chinese: tuple[str, ...]
    section: str
    also: tuple[str, ...] = ()
    taught: str = ""

    @property
    def row(self) -> str:
        """The id of its row in the published glossary."""
        return f"term-{re.sub(r'[^a-z0-9]+', '-', self.english.lower()).strip('-')}"

    @property
    def is_marked(self) -> bool:
        """Whether its occurrences get a card."""
        return self.section != OTHER_SENSES


Found = Iterator[tuple[int, int, Term]]


class Glossary:
    """All terms, by their names; of terms inside one another the longest is found."""

    def __init__(self, terms: list[Term]) -> None:
        self.terms = terms
        self.sum = sum_of(repr(terms))
        self._english = {term.english.lower(): term for term in terms}
        self._chinese = {name.lower(): term for term in terms for name in term.chinese}
        words = _longest_first(self._english).replace(r"\ ", r"[-\s]")
        self._in_english = re.compile(rf"(?<![\w-])({words})(?:e?s)?(?![\w-])", re.I)
        self._in_chinese = re.compile(_longest_first(self._chinese), re.I)

    def in_english(self, text: str) -> Found:
        """Find terms in an English text: where each begins and ends, and which it is."""
        for match in self._in_english.finditer(text) if self.terms else ():
            name = re.sub(r"\s", " ", match[1].lower())
            term = self._english.get(name) or self._english[name.replace("-", " ")]
            yield match.start(), match.end(), term

    def in_chinese(self, text: str, used: frozenset[Term]) -> Found:
        """Find in a Chinese text the terms that its English counterpart uses."""
        names = {name.lower() for term in used for name in term.chinese}
        for match in self._in_chinese.finditer(text) if names else ():
            if match[0].lower() in names and not _goes_on(text, match):
                yield match.start(), match.end(), self._chinese[match[0].lower()]


def _goes_on(text: str, match: re.Match) -> bool:
    """Return whether one character begins a longer word, as 步 does in 步子."""
    if len(match[0]) > 1:
        return False
    jieba.initialize()
    word = text[match.start() : match.end() + 1]
    return len(word) > 1 and jieba.dt.FREQ.get(word, 0) > 0


def _longest_first(names: dict[str, Term]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def is_glossary(page: Page) -> bool:
    """Return whether a page is the glossary itself, in either language."""
    return GLOSSARY in (page.path, page.sibling)


def read_glossary(root: Path) -> Glossary:
    """Read the English glossary of a project; it is read once a change."""
    path = root / GLOSSARY
    return _read(root, path.stat().st_mtime_ns if path.is_file() else None)


@lru_cache(maxsize=8)
def _read(root: Path, stamp: int | None) -> Glossary:
    if stamp is None:
        return Glossary([])
    page = read_page(root, GLOSSARY)
    terms = []
    for line, (header, *rows) in zip(page.table_lines, page.tables, strict=True):
        if header[:2] != ["English", "中文"]:
            continue
        above = ["", *(id_ for id_, start in page.ids.items() if start < line)]
        for row in rows:
            if all(row[:3]):  # the checker tells of an empty cell
                english, taught = name_and_link(row[0])
                chinese = tuple(row[1].split("、"))
                also = _names(row[3:])
                terms.append(Term(english, chinese, above[-1], also, taught))
    return Glossary(terms)


def name_and_link(cell: str) -> tuple[str, str]:
    """Return the name in a cell of the glossary, and where it links to, below docs/."""
    if not (found := _LINK.fullmatch(cell)):
        return cell, ""
    path, _, heading = found[2].partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(GLOSSARY), path))
    return found[1], f"{path.removeprefix('docs/')}#{heading}"


def _names(cells: list[str]) -> tuple[str, ...]:
    return tuple(name for cell in cells for name in cell.split("、") if name)


def mark(
    html: str, find: Callable[[str], Found], seen: set[Term], met: set[Term]
) -> tuple[str, set]:
    """Mark the terms in the HTML of a paragraph.

    Args:
        html: what stands in the paragraph.
        find: finds them in its text.
        seen: terms that were marked in this section before; new ones are added.
        met: terms that were marked on this page before; new ones are added.

    Returns:
        The HTML, in which ``<g-t f>`` holds the first occurrence of a term on its page and
        ``<g-t>`` the first one in a further section; and all terms found. What stands in a
        link, or partly in another element, is found and not marked.
    """
    text, parts = _text_of(html)
    used, pieces, end = set(), [], 0
    numbered = [match.span() for match in _NUMBERED.finditer(text)]
    for start, stop, term in find(text):
        if any(first <= start and stop <= last for first, last in numbered):
            continue
        used.add(term)
        if term in seen or not term.is_marked:
            continue
        for offset, first, last in parts:
            if first <= start and stop <= last:
                tag = "<g-t>" if term in met else "<g-t f>"
                word = slice(start + offset, stop + offset)
                pieces += html[end : word.start], tag, html[word], "</g-t>"
                end = word.stop
                seen.add(term)
                met.add(term)
    return "".join(pieces) + html[end:], used


def _text_of(html: str) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the text of HTML, and its parts that may be marked.

    Of each part: how much later it stands in the HTML, where it begins and ends in the
    text. Code and formulas are a word that is no term.
    """
    text, parts, end, inside = "", [], 0, []
    for tag in [*_TAG.finditer(html), None]:
        piece = html[end : tag.start()] if tag else html[end:]
        if not set(inside) & {"code", "math"}:
            if "a" not in inside:
                parts.append((end - len(text), len(text), len(text) + len(piece)))
            text += piece
        if not tag:
            break
        end = tag.end()
        if tag[2] in ("a", "code", "math"):
            if tag[1]:
                inside.pop()
            else:
                inside.append(tag[2])
                text += "" if tag[2] == "a" else " ` "
    return text, parts


def unmarked(html: str) -> str:
    """Return HTML without the marks of terms."""
    return _MARK.sub("", html)
