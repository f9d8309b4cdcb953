"""The search index: Chinese terms kept whole, one index per language.

This module stays loaded while `mkdocs serve` loads the hooks anew for each build, so what
is remembered here saves work.
"""

import logging
import re
from pathlib import Path

import jieba
from reading.terms import Glossary

jieba.setLogLevel(logging.WARNING)

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")

_known: set[str] = set()
_entries: dict[str, tuple] = {}


def teach_terms(glossary: Glossary) -> None:
    """Make jieba keep the Chinese terms of the glossary whole.

    Search then cuts a term in the same way wherever it stands.
    """
    names = [name for term in glossary.terms for name in term.chinese]
    terms = {term for name in names for term in _HAN.findall(name)}
    for term in terms - _known:
        jieba.add_word(term)
        _entries.clear()
    _known.update(terms)


def keep_entries(index) -> None:
    """Make the search plugin parse a page again only when the page has changed."""
    parse = index.add_entry_from_context

    def add_entry_from_context(page):
        key = page.content, page.title, page.meta
        known, entries = _entries.get(page.url, (None, None))
        if known != key:
            start = len(index.entries)
            parse(page)
            entries = index.entries[start:]
            _entries[page.url] = key, entries
        else:
            index.entries.extend(entries)

    index.add_entry_from_context = add_entry_from_context


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
