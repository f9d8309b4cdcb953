"""Slips of the hand that Markdown publishes as they stand, in either language."""

import re
import unicodedata

from publishing.formulas import to_mathml
from reading.model import Block, Page

# What an input method writes in the place of a mark or a digit of ASCII.
WIDE = re.compile(
    "[＃＄％＆＊＋－．／＜＝＞＠＼＾＿｀｜０-９Ａ-Ｚａ-ｚ]+|^(?:！！！|？？？)"
)
CHINESE_STOPS = re.compile("[，。；：？！（）]")
# What is still to be written.
LEFT = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|[Ll]orem ipsum)\b|待(?:补|写|续|完善)")
TWICE = re.compile(r"\b([^\W\d_]{2,}) \1\b|([的了是在和])\2", re.I)
ENTITY = re.compile(r"&(?:\w+|#\w+);")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
FORMULA = re.compile(r"\$([^$]+)\$")
HERE = re.compile(r"//(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?:[:/]|$)")
HEADING = re.compile(r"heading (\d)")


def check_slips(page: Page, checked: Page) -> None:
    """Note the slips of a page.

    Args:
        page: the page.
        checked: gets the problems.
    """
    above = 0
    for block in page.blocks:
        for message in (*_seen(page, block), *_written(block)):
            checked.problem(block.line, message)
        if found := HEADING.match(block.shape):
            level = int(found[1])
            if level > above + 1:
                told = f"a heading of level {level} under one of level {above}; write"
                checked.problem(block.line, f"{told} {'#' * (above + 1)}")
            above = level
    for line, text in enumerate(page.text.split("\n"), 1):
        if text.endswith((" ", "\t")):
            told = "ends in a space, and two of them break the line; delete them"
            checked.problem(line, told)


def _seen(page: Page, block: Block):
    """Yield what a reader would see and should not."""
    text = block.plain
    if found := WIDE.search(text):
        right = unicodedata.normalize("NFKC", found[0])
        yield f"{found[0]} is full-width, and no Markdown; write {right}"
    if not page.chinese and (found := CHINESE_STOPS.search(text)):
        right = {"。": "."}.get(found[0]) or unicodedata.normalize("NFKC", found[0])
        yield f"{found[0]} in English; write {right}"
    if found := LEFT.search(text):
        yield f"{found[0]} is not for readers; write it, or leave it out"
    if found := TWICE.search(text):
        yield f"{found[0]!r}: the word stands there twice"


def _written(block: Block):
    """Yield what the source of a block gets wrong."""
    text = CODE.sub("", block.text)
    formulas = FORMULA.findall(text)
    text = FORMULA.sub("", text)
    if block.shape.rpartition(" › ")[2].startswith("formula "):
        formulas.append(block.shape.rpartition("formula ")[2])
    for tex in formulas:
        try:
            to_mathml(tex)
        except ValueError as error:
            yield f"the formula ${tex}$ cannot be set: {error}"
    for mark in ("`", "$", "**"):
        if text.count(mark) % 2:
            yield f"{mark} is never closed, and published as text; close it"
    if found := ENTITY.search(text):
        yield f"{found[0]}: write the character itself"
    for link in block.links:
        if HERE.search(link):
            yield f"the link {link} leads to the reader's own machine; link to a page"
