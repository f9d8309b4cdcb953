"""TeX formulas become MathML while the site is built: no script, no web font."""

import html
import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

# What arithmatex leaves behind: \(…\) in a span, \[…\] in a div.
_FORMULA = re.compile(
    r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL
)
# latex2mathml does not fail on what it does not know, it lets it through.
_UNCONVERTED = re.compile(r"<mi>(?:&amp;|&|\\[^<]*)</mi>|<mtext>\\")
# In HTML the namespace is implied.
_NEEDLESS = re.compile(r' xmlns="[^"]*"| display="inline"')
# How many children an element must have (MathML Core, "Scripted" and "Fractions"). With
# another number browsers draw a row, in which an exponent stands on the line.
_CHILDREN = {"msup": 2, "msub": 2, "msubsup": 3, "mfrac": 2, "mroot": 2}
_CHILDREN |= {"mover": 2, "munder": 2, "munderover": 3}
_SCRIPTS = {"msup", "msub", "msubsup"}
_MAY_BE_EMPTY = {"mspace", "mtd"}
_FUNCTIONS = {"ln", "log", "exp", "sin", "cos", "tanh"}
# A stop must not begin a line, nor a bracket end it, and a browser may break a line
# before and after a formula.
_ALONE = re.compile(
    r"([(（「]?)(<math>(?:(?!</math>).)*</math>)([.,;:?!)，。、；：？！）」]*)"
)
# A minus sign behind one of these is the sign of a number, and stands close to it.
_SIGN = re.compile(r"(<mo[^>]*>(?:[=≈,(]|&[lg]t;)</mo>)<mo>(−|-)</mo>")


@cache
def to_mathml(tex: str, display: bool = False) -> str:
    """Return `tex` as a <math> element; raise ValueError if that cannot be done."""
    from latex2mathml.converter import convert  # only a page that is made needs it

    bare = re.sub(r"\\[{}]", "", tex)
    if bare.count("{") != bare.count("}"):
        raise ValueError("a brace is missing")
    try:
        math = convert(tex, display="block" if display else "inline")
    except Exception as error:
        raise ValueError(f"latex2mathml: {error!r}") from error
    if unknown := _UNCONVERTED.search(math):
        raise ValueError(f"latex2mathml does not know {unknown.group()}")
    tree = ElementTree.fromstring(_NEEDLESS.sub("", math))
    if problem := next(misfits(tree), None):
        raise ValueError(f"latex2mathml: {problem}")
    _keep_away(tree)
    math = ElementTree.tostring(tree, "unicode", short_empty_elements=False)
    return _SIGN.sub(r'\1<mo form="prefix">−</mo>', math)


def misfits(math: ElementTree.Element) -> Iterator[str]:
    """Yield what is wrong with the elements of a formula: their children, or their lack."""
    for element in math.iter():
        needed, found = _CHILDREN.get(element.tag), len(element)
        if needed and found != needed:
            yield f"<{element.tag}> has {found} children instead of {needed}"
        is_empty = not found and not (element.text or "").strip()
        if is_empty and element.tag not in _MAY_BE_EMPTY:
            yield f"<{element.tag}> is empty"


def _keep_away(row: ElementTree.Element) -> None:
    r"""Keep the name of a function away from its factors, unless they are brackets.

    An exponent belongs to the name: in ``\tanh^2 u`` the space comes behind it.
    """
    for place, element in reversed(list(enumerate(row))):
        _keep_away(element)
        name = element
        while name.tag in _SCRIPTS:
            name = name[0]
        if name.text not in _FUNCTIONS or row.tag in _CHILDREN:
            continue
        if place + 1 < len(row) and row[place + 1].text != "(":
            row.insert(place + 1, _space())
        if place and row[place - 1].tag not in ("mo", "mspace"):
            row.insert(place, _space())


def _space() -> ElementTree.Element:
    return ElementTree.Element("mspace", width="0.17em")


def replace_formulas(page: str, warn) -> str:
    """Replace every formula in the HTML of a page; `warn(tex, why)` of failures."""

    def replace(match: re.Match) -> str:
        tex, display = html.unescape(match[2]).strip(), match[1] == "div"
        try:
            math = to_mathml(tex, display)
        except ValueError as error:
            warn(tex, error)
            return match[0]
        if not display:
            return math
        # A long formula scrolls inside its own box. As a search result it would
        # be a heap of letters.
        math = math.replace("<math", '<math data-search-exclude="true"', 1)
        return f'<div class="formula">{math}</div>'

    def hold(match: re.Match) -> str:
        together = match[1] or match[3]
        return f'<span class="together">{match[0]}</span>' if together else match[0]

    return _ALONE.sub(hold, _FORMULA.sub(replace, page))
