"""Markdown of other sites, which this one would publish as text."""

import re

from reading.model import Page

# What is no prose: front matter, comments, code, formulas, and where a link leads.
NOT_PROSE = re.compile(
    r"\A---\n.*?\n---$|<!--.*?-->|^ *(`{3,}).*?^ *\1`*$|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)"
    r"|\$\$.*?\$\$|(?<!\\)\$(?:[^$\n]|\n(?!\n))+\$|\]\([^()\s]*\)|<https?:[^>\s]+>",
    re.M | re.S,
)
BOLD = "write **bold**"
LINK = "write [text](address)"
BOX = 'write a box: !!! note "Title"'
# What an author may know from elsewhere, and what to write instead.
UNKNOWN = {
    r"\{(?:==|\+\+|--|~~|>>)": "write what holds now; git shows the changes",
    r"==(?=[^\s=])[^=\n]+==": BOLD,
    r"~~(?=\S)[^~\n]+~~": "delete what no longer holds",
    r"\+\+[\w-]+(?:\+[\w-]+)*\+\+": "write a key as code: `Ctrl`",
    r"~[^~\s]+~": "write a formula: $x_1$",
    r"\^[^^\s]+\^": "write a formula: $x^2$",
    r"^\s*(?:[-*+]|\d+\.) \[[ xX]\]": "write a list without boxes to tick",
    r"\[\^[^\]\s]+\]": "say it in the text, or in brackets",
    r'^\s*===[!+]? ".*': "write a heading for each tab",
    r"^\s*>\s*\[!\w+\]": BOX,
    r"^\s*(?::::|///).*": BOX,
    r"^\s*\*\[[^\]]+\]:": "say in brackets what the short form means",
    r"^:\s+\S.*": "write a list or a table",
    r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])": "write a word",
    r"!?\[\[[^\[\],]+\]\]": LINK,
    r"\]\{.*?\}": LINK,
    r"(?<![\w/[])(?:https?://|www\.)[^\s)]+": LINK,
    r"\{\{.*?\}\}|\{%.*?%\}": "write out what it stands for",
    r"%%.*?%%": "write <!-- … -->, or delete it",
    r"\\$": "begin a paragraph where a line must end",
}


def check_markdown(page: Page, checked: Page) -> None:
    """Note what a page writes in a Markdown that this site does not know.

    Args:
        page: the page.
        checked: gets the problems.
    """
    prose = NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), page.text)
    captions = [(cell.line, cell.caption) for cell in page.cells]
    for line, text in [*enumerate(prose.split("\n"), 1), *captions]:
        for unknown, instead in UNKNOWN.items():
            if found := re.search(unknown, text):
                checked.problem(
                    line,
                    f"{found[0].strip()} is published as it stands: it is no Markdown of"
                    f" this site; {instead}",
                )
                break  # of one mistake, one message
