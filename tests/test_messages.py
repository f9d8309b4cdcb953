"""The page that says what to do names messages that are told, in both languages alike."""

import ast
import re

from built import ROOT
from reading.files import files_below

PAGES = ["docs/about/checking.md", "docs/about/checking.zh.md"]
TELL = ["docs/_hooks", "tests/checker"]


def texts_in(code: str) -> list[str]:
    """Return the texts of some Python, with … for what is filled in."""
    texts = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", "…") for part in node.values]
            texts.append("".join(p if isinstance(p, str) else "…" for p in parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
    return texts


def named_on(path: str) -> list[list[str]]:
    """Return the messages that each row of the tables of a page names."""
    _, _, tables = (ROOT / path).read_text("utf-8").partition("{#what-to-do}\n")
    rows = re.findall(r"^\| ([^|]*`[^|]*) \|", tables, re.M)
    return [re.findall("`([^`]+)`", row) for row in rows]


def test_each_message_that_is_explained_is_told():
    files = [f for folder in TELL for f in files_below(ROOT / folder, "*.py")]
    texts = [text for f in files for text in texts_in(f.read_text("utf-8"))]
    texts += [f.read_text("utf-8") for f in files_below(ROOT / "tests", "*.mjs")]
    for name in ("test_pages.py", "test_lessons.py"):
        texts += texts_in((ROOT / "tests" / name).read_text("utf-8"))
    told = "\n".join(texts)
    english, chinese = map(named_on, PAGES)
    assert len(english) > 60
    assert [
        message
        for row in english
        for message in row
        if not all(part.strip() in told for part in message.split("…"))
    ] == []
    assert chinese == english
