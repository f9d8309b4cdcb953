"""Words in figures, which one of two languages could not read."""

import ast
import re
from collections.abc import Iterator

from reading.sections import Section

# Names that are the same in both languages.
SYMBOLS = set(
    "sin cos tan exp log tanh relu ReLU max min SGD Adam AdamW MLP CNN lr".split()  # noqa: SIM905
)
# Methods of Matplotlib that write a text, the place of the text among their arguments,
# and its name.
WRITES = {
    "title": (0, "label"),
    "xlabel": (0, "xlabel"),
    "ylabel": (0, "ylabel"),
    "suptitle": (0, "t"),
    "set_title": (0, "label"),
    "set_xlabel": (0, "xlabel"),
    "set_ylabel": (0, "ylabel"),
    "supxlabel": (0, "t"),
    "supylabel": (0, "t"),
    "text": (2, "s"),
    "annotate": (0, "text"),
}
# After these, what was written before may not be drawn.
TAKES_BACK = {"cla", "clf", "clear", "close", "remove", "set_text", "subplot", "sca"}


def words_in(text: str) -> list[str]:
    """Words of a label that a reader of the other language could not read."""
    text = re.sub(r"\$[^$]*\$", " ", text)
    found = re.findall(r"[A-Za-z]{3,}|[\u3400-\u9fff]+", text)
    return [word for word in found if word not in SYMBOLS]


def told(section: Section, words: list[str]) -> str:
    """Say that the figure of a section says words."""
    return (
        f"the figure of {section} says {', '.join(words)}; figures carry symbols"
        " and numbers, so that one serves both languages"
    )


def words_seen(section: Section) -> list[str]:
    """Words that the figure of a section says for certain, without running it.

    These are texts that stand in the code, outside functions and branches, as the label
    of an axis, a title or a text, or as a label of which the section makes a legend.
    Whoever draws the figure judges all of its words; see `checker.figures`.
    """
    try:
        tree = ast.parse(section.text)
    except SyntaxError:
        return []  # part of a class, or a mistake that running it tells
    calls = [
        (call, call.func.attr, ast.unparse(call.func.value))
        for call in _calls(tree.body)
        if isinstance(call.func, ast.Attribute)
    ]
    if ("show", "plt") not in [call[1:] for call in calls]:
        return []
    if TAKES_BACK & {name for _, name, _ in calls}:
        return []
    legends = {
        of
        for call, name, of in calls
        if name == "legend"
        and not call.args
        and not {"handles", "labels"} & {word.arg for word in call.keywords}
    }
    words = []
    for call, name, of in calls:
        named = {word.arg: word.value for word in call.keywords}
        if name in WRITES:
            place, key = WRITES[name]
            text = call.args[place] if len(call.args) > place else named.get(key)
        else:
            text = named.get("label") if of in legends or name == "colorbar" else None
        # A label that begins in _ is not in the legend.
        if isinstance(text, ast.Constant) and not str(text.value).startswith("_"):
            words += words_in(str(text.value))
    return words


def _calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """Calls in statements that are certainly executed, in their order."""
    for statement in body:
        match statement:
            case ast.With() | ast.For():
                yield from _calls(statement.body)
            case ast.Expr() | ast.Assign():
                nodes = ast.walk(statement.value)
                yield from (node for node in nodes if isinstance(node, ast.Call))
