"""TeX formulas become MathML while the site is built: no script, no web font."""

import html
import re
from functools import cache

# What arithmatex leaves behind: \(…\) in a span, \[…\] in a div.
_FORMULA = re.compile(
    r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL
)
# latex2mathml does not fail on what it does not know, it lets it through.
_UNCONVERTED = re.compile(r"<mi>(?:&amp;|&|\\[^<]*)</mi>|<mtext>\\")
# In HTML the namespace is implied, and only < > & need to be written as entities.
_NEEDLESS = re.compile(r' xmlns="[^"]*"| display="inline"')
# A stop must not begin a line, nor a bracket end it, and a browser may break a line
# before and after a formula.
_ALONE = re.compile(
    r"([(（「]?)(<math>(?:(?!</math>).)*</math>)([.,;:?!)，。、；：？！）」]*)"
)
# A minus sign behind one of these is the sign of a number, and stands close to it.
_SIGN = re.compile(r"(<mo[^>]*>(?:[=≈,(]|&#x0*3[CE];)</mo>)<mo>(−|-)</mo>")
# The name of a function keeps away from what follows it, unless that is a bracket.
_FUNCTION = re.compile(r"(<mi>(?:ln|log|exp|sin|cos|tanh)</mi>)(?!<mo[^>]*>\()")
_ENTITY = re.compile(r"&#x(?!0*(?:26|3C|3E);)([0-9A-F]+);")


@cache
def to_mathml(tex: str, display: bool = False) -> str:
    """Return `tex` as a <math> element; raise ValueError if that cannot be done."""
    from latex2mathml.converter import convert  # only a page that is made needs it

    try:
        math = convert(tex, display="block" if display else "inline")
    except Exception as error:
        raise ValueError(f"latex2mathml: {error!r}") from error
    if unknown := _UNCONVERTED.search(math):
        raise ValueError(f"latex2mathml does not know {unknown.group()}")
    math = _NEEDLESS.sub("", _ENTITY.sub(lambda code: chr(int(code[1], 16)), math))
    math = _FUNCTION.sub(r'\1<mspace width="0.17em"></mspace>', math)
    return _SIGN.sub(r'\1<mo form="prefix">−</mo>', math)


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
