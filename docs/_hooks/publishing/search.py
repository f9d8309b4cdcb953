"""The search index: Chinese terms kept whole, one index per language."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import jieba

from reading.terms import Glossary

jieba.setLogLevel(logging.WARNING)

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]{2,}")
_CODE = re.compile(r"<pre\b.*?</pre>", re.S)
_COLOUR = re.compile(r"</?span\b[^>]*>")

_known: set[str] = set()


def teach_terms(glossary: Glossary, text: str) -> None:
    """Make jieba keep the Chinese terms of the glossary whole.

    Search then cuts a term in the same way wherever it stands.

    Args:
        glossary: of the site.
        text: what will be cut, the code that it includes as well; without Chinese in it
            nothing needs jieba's dictionary, which takes most of a second to load.
    """
    if not _HAN.search(text):
        return
    names = [name for term in glossary.terms for name in term.chinese + term.also]
    terms = {term for name in names for term in _WORD.findall(name)}
    if _known - terms:  # a term is gone; jieba forgets no word, so it begins anew
        jieba.dt.initialized = False
        _known.clear()
    for term in sorted(terms - _known):
        jieba.add_word(term)
    _known.update(terms)


def keep_entries(index, entries_of: Callable) -> None:
    """Have the search plugin parse only the pages that are made anew.

    Args:
        index: of the search plugin.
        entries_of: returns the entries of a page, given the page and what parses it.
    """
    add_entries = index.add_entry_from_context

    def parse(page) -> list[dict]:
        start = len(index.entries)
        content = page.content
        page.content = without_colours(content)
        add_entries(page)
        page.content = content
        entries = index.entries[start:]
        del index.entries[start:]
        return entries

    index.add_entry_from_context = lambda page: index.entries.extend(
        entries_of(page, parse)
    )


def without_colours(html: str) -> str:
    """Return HTML without the tags that colour code.

    Search ignores them. But they are most of a page's tags, and it would read them for a
    third of a build.
    """
    return _CODE.sub(lambda code: _COLOUR.sub("", code[0]), html)


def take_index(config, language: str) -> None:
    """Remember the index that the search plugin has written for a language."""
    index = index_of("en", config).read_bytes()
    config.extra.setdefault("indexes", {})[language] = index


def put_indexes(config) -> None:
    """Write each language's index to its place: /search/ and /zh/search/."""
    for language, index in config.extra["indexes"].items():
        path = index_of(language, config)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(index)


def index_of(language: str, config) -> Path:
    """Return where the search index of a language belongs."""
    folder = "search" if language == "en" else f"{language}/search"
    return Path(config.site_dir, folder, "search_index.json")
