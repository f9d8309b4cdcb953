"""The glossary as it is published: its rows, and what the cards of its terms say.

Beside it stands ``terms.json`` with the cards, for docs/assets/javascripts/terms.js.
"""

import json
import re
from pathlib import Path

from reading.terms import Term

_ROW = re.compile(r"<tr>(\s*<td data-prose>.*?)</tr>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def name_rows(html: str, language: str, terms: list[Term]) -> str:
    """Give the rows of the glossary their ids, and names the language they are in.

    Args:
        html: the glossary, in which blocks of text are marked.
        language: of the page.
        terms: all rows.
    """
    rows = {term.english: term.row for term in terms}

    def named(match: re.Match) -> str:
        cells = match[1].split("<td data-prose>")
        row = rows.get(_TAG.sub("", cells[1]).partition("\n")[0])
        if not row:
            return match[0]
        cells[4:] = [_in_languages(cell, language) for cell in cells[4:]]
        english, chinese, *rest = cells[1:]
        return (
            f'<tr id="{row}">{cells[0]}<td lang="en" data-prose>{english}'
            f'<td lang="zh" data-prose>{"<td data-prose>".join([chinese, *rest])}</tr>'
        )

    return _ROW.sub(named, html)


def _in_languages(cell: str, language: str) -> str:
    names, end = cell.split("</td>")
    marked = []
    for name in names.split("、"):
        own = "zh" if re.search("[\u4e00-\u9fff]", name) else "en"
        marked.append(
            f'<span lang="{own}">{name}</span>' if name and own != language else name
        )
    return "、".join(marked) + f"</td>{end}"


def write_cards(prose: dict[str, list], terms: list[Term], site: Path) -> None:
    """Write beside the glossary of each language what the cards of its terms say."""
    for language, folder in (("en", "about/glossary"), ("zh", "zh/about/glossary")):
        blocks = prose.get(f"{folder}/index.html", [])
        cells = [block.html for block in blocks if block.kind == "cell"]
        # A name may be its own translation: its first cell is the one that counts.
        names = [_TAG.sub("", cell) for cell in cells]
        meanings = dict(zip(names[-3::-1], cells[:1:-1], strict=True))
        cards: dict[str, list] = {}
        for term in terms if meanings else ():
            if term.is_marked:
                english = language == "en"
                card = {
                    "term": "、".join(term.chinese) if english else term.english,
                    "meaning": meanings.get(term.english, ""),
                    "row": term.row,
                }
                for name in [term.english] if english else term.chinese:
                    cards.setdefault(name.lower(), []).append(card)
        if meanings:
            Path(site, folder, "terms.json").write_text(
                json.dumps(cards, ensure_ascii=False), "utf-8"
            )
