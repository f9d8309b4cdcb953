"""The search index: what search knows of each section, one file per language.

Material's plugin cuts pages into sections. What is kept of each, and how it is found, is
ours: docs/assets/javascripts/search/ reads the files that are written here.
"""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

from material.plugins.search.plugin import Parser

from publishing.published import language_of
from reading.mistakes import is_index
from reading.terms import Glossary

# A box with an id is a section of its own: its title becomes a heading.
_BOX = re.compile(r'<p class="admonition-title" id="([^"]*)"[^>]*>(.*?)</p>', re.S)
_FORMULA = re.compile(r"<math\b.*?</math>", re.S)
_CODE = re.compile(r"<pre\b.*?</pre>", re.S)
_OUTPUT = re.compile(r'<div class="language-text highlight[^>]*>(.*?)</div>', re.S)
_SAMP = re.compile(r"<samp>.*?</samp>", re.S)
_COLOUR = re.compile(r"</?span\b[^>]*>")
_CELL = re.compile(r"<t[dh]\b")  # told apart in a row
_BREAK = re.compile(r"</?(?:p|li|ol|ul|pre|tr)>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_][\w.]*\w")
# A line of output that somebody would search for: words, as in an error message.
_MESSAGE = re.compile(r"(?:[A-Za-z_.'`,:]+\s+){3,}[A-Za-z_.'`,:]+")

# A lesson explains what other pages only mention.
_ASIDE = {"exercises", "in-short", "goals", "lessons", "needs", "further-reading"}


def weight_of(page, section: str) -> float:
    """Return how much it counts that words stand in a section of a page.

    A lesson that teaches a subject comes before the page of its part, before a lab that
    uses it, and before the glossary and what else is said of the site.
    """
    path = page.file.src_uri
    kind = 1.0
    if path.startswith("labs/"):
        kind = 0.8
    elif path.startswith("about/"):
        kind = 0.7
    elif path.rpartition("/")[2].startswith("index."):
        kind = 0.9
    return kind * (0.6 if section in _ASIDE else 1.0)


def keep_entries(index, entries_of: Callable) -> None:
    """Have the search plugin parse only the pages that are made anew, and as we do.

    Args:
        index: of the search plugin.
        entries_of: returns the entries of a page, given the page and what parses it.
    """
    index.add_entry_from_context = lambda page: index.entries.extend(
        entries_of(page, parse)
    )


def parse(page) -> list[dict]:
    """Return the entries of a page: one for each heading, and for each box with an id."""
    parser = Parser()
    parser.keep |= {"strong", "samp", "tr"}
    content = _FORMULA.sub(lambda formula: _TAG.sub("", formula[0]), page.content)
    content = _OUTPUT.sub(r"<samp>\1</samp>", without_colours(content))
    content = _CELL.sub(r" · \g<0>", content)
    parser.feed(_BOX.sub(r'<h6 id="\1">\2</h6>', content))
    parser.close()
    listed = is_index(f"docs/{page.file.src_uri}")  # its entries are boxes of lessons
    return [
        _entry(page, section)
        for section in parser.data
        if not (listed and section.el == "h3")
    ]


def _entry(page, section) -> dict:
    text = "".join(section.text)
    new = re.findall(r"<strong>(.*?)</strong>", text)
    output = " \n".join(_SAMP.findall(text)).split("\n")
    text = _SAMP.sub("<p>", text)
    code = "\n".join(_CODE.findall(text))
    parts = [_plain(part) for part in _BREAK.split(_CODE.sub("<p>", text))]
    prose = [part for part in parts if part]
    messages = [line for line in map(_plain, output) if _MESSAGE.search(line)]
    words = dict.fromkeys(_WORD.findall(_plain(code)))
    told = set(_WORD.findall(" ".join(prose + messages)))
    address = page.url + (f"#{section.id}" if section.id else "")
    entry = {
        "title": _plain("".join(section.title)) or str(page.title),
        "text": prose,
        "strong": " ".join(map(_plain, new)),
        "code": " ".join(word for word in words if word not in told),
        "messages": messages,
        "weight": round(weight_of(page, section.id), 2),
    }
    known = {name: value for name, value in entry.items() if value not in ("", [], 1)}
    return {"location": address} | known


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", markup)).split()).strip("· ")


def without_colours(markup: str) -> str:
    """Return HTML without the tags that colour code.

    Search ignores them. But they are most of a page's tags, and it would read them for a
    third of a build.
    """
    return _CODE.sub(lambda code: _COLOUR.sub("", code[0]), markup)


def take_index(config) -> None:
    """Remember what the search plugin has collected for a language."""
    entries = config.plugins["material/search"].search_index.entries
    config.extra.setdefault("indexes", {})[language_of(config)] = list(entries)


def put_indexes(config, glossary: Glossary) -> None:
    """Write each language's index to its place: /search/ and /zh/search/."""
    indexes = config.extra["indexes"]
    titles = {entry["location"]: entry["title"] for entry in indexes["en"]}
    for language, entries in indexes.items():
        prefix = "" if language == "en" else f"{language}/"
        path = Path(config.site_dir, prefix, "search/search_index.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        index = index_of(entries, glossary, prefix, titles)
        content = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        path.write_text(content, "utf-8")


def index_of(
    entries: list[dict], glossary: Glossary, prefix: str, titles: dict[str, str]
) -> dict:
    """Return the index of a language.

    Args:
        entries: its sections.
        glossary: of the site; a term leads to the section that teaches it.
        prefix: of the addresses of the language.
        titles: of the English sections, by which Chinese readers search as well.
    """
    places = {entry["location"] for entry in entries}
    sections = []
    for entry in entries:
        english = titles.get(entry["location"].removeprefix(prefix))
        sections.append(entry | ({"english": english} if prefix and english else {}))
    terms = []
    for term in glossary.terms:
        page, _, heading = term.taught.partition("#")
        page = f"{prefix}{page.removesuffix('.md')}/".removesuffix("index/")
        place = f"{page}#{heading}"
        names = (
            [term.english, *term.chinese]
            if not prefix
            else [*term.chinese, term.english]
        )
        terms.append(
            {
                "location": place if place in places else page,  # its first heading
                "names": list(dict.fromkeys([*names, *term.also])),
            }
        )
    return {
        "sections": sections,
        "terms": [t for t in terms if t["location"] in places],
    }
