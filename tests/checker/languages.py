"""Whether each text of a page is in the language of the page."""

import re
from collections.abc import Iterator

from checker.typography import HAN, texts_of
from reading.model import Page
from reading.problems import Problem
from reading.terms import is_glossary

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
# Words that follow one another without a Chinese one between them.
ENGLISH = re.compile(rf"{WORD.pattern}(?:[^\w`]+{WORD.pattern})*")
CHINESE = re.compile(rf"(?:{HAN}|[，。：；、])+")
# The longest that a page may quote of the other language: forty-two thousand three
# hundred five, and 四万二千三百零五. Sentences are longer.
ENGLISH_WORDS = 5
CHINESE_LETTERS = 8
# A name may stand alone if it has a capital inside, as AdamW, or is this one.
NAME = re.compile(r"\w+[A-Z]\w*|Python")
# Columns of the glossary that are in the language of the page.
MEANING = {"Meaning", "含义"}


def language_problems(page: Page) -> list[Problem]:
    """Texts, or sentences of them, that are in the other language."""
    texts = list(dict.fromkeys(_without_terms(page)))
    found = list(english_in(texts) if page.chinese else chinese_in(texts))
    told = (
        "English on a Chinese page; write it in Chinese, and names from code as `code`"
        if page.chinese
        else "Chinese on an English page; write it in English, and characters that the"
        " text speaks of as `code`"
    )
    if len(found) > len(texts) / 2:  # a copy of the other page
        found, told = found[:1], f"{len(found)} texts are {told}; the first"
    return [
        Problem(page.path, line, f"{told}: {' '.join(text.split())}")
        for line, text in found
    ]


def english_in(texts: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Find English in the texts of a Chinese page.

    A word may stand alone, as a heading or in a cell, if a Chinese sentence of the page
    uses it.
    """
    chinese = " ".join(text for _, text in texts if re.search(HAN, text))
    used = set(WORD.findall(chinese.lower()))
    for line, text in texts:
        runs = ENGLISH.findall(text)
        sentences = [run for run in runs if _ordinary(run) > ENGLISH_WORDS]
        han = len(re.findall(HAN, text))
        if sentences:
            yield line, sentences[0]
        elif _ordinary(text) > han or (not han and _words(text) - used):
            yield line, text


def chinese_in(texts: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Find Chinese in the texts of an English page, which may speak of characters."""
    for line, text in texts:
        runs = CHINESE.findall(text)
        sentences = [run for run in runs if len(run) > CHINESE_LETTERS]
        if sentences:
            yield line, sentences[0]
        elif len(re.findall(HAN, text)) > 3 * _ordinary(text):
            yield line, text


def _words(text: str) -> set[str]:
    """Return the words of a text, in small letters, without names and single letters."""
    found = (word for word in WORD.findall(text) if not NAME.fullmatch(word))
    return {word.lower() for word in found if len(word) > 1}


def _ordinary(text: str) -> int:
    """Count the words of a text that are no names: those in small letters."""
    return sum(len(word) > 1 and word.islower() for word in WORD.findall(text))


def _without_terms(page: Page) -> Iterator[tuple[int, str]]:
    """What a reader reads, without the names in the tables of the glossary."""
    if not is_glossary(page):
        yield from texts_of(page)
        return
    cells = (
        column in MEANING
        for header, *rows in page.tables
        for row in (header, *rows)
        for column, _ in zip(header, row, strict=True)
    )
    for block in page.blocks:
        if not block.shape.endswith("table › cell") or next(cells):
            yield block.line, block.plain
