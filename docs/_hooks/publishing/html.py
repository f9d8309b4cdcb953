"""The HTML of a page: what its Markdown became, finished for this site."""

import re
from collections.abc import Callable
from html import escape, unescape

from publishing.formulas import replace_formulas
from publishing.images import size_of

OUTPUT = {"en": "Output", "zh": "输出"}

_CODE_THEN_OUTPUT = re.compile(
    r'(</div>|</ol>)\s*<div class="(language-text highlight)">'
)
_PRE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_ANNOTATION = re.compile(r'\s*<span class="c1">#[ ]?\(\d+\)!</span>')
# An id around code would be taken by Material's copy button for that of the code.
_MISTAKE = re.compile(
    r'<div class="admonition failure[^"]*">\s*<p class="admonition-title"'
)
_MOVING = re.compile(r'<img [^>]*data-figure="(\w+)"[^>]*>')
_CAPTIONED = re.compile(
    r'<p>(<img [^>]*src="[^"]*?assets/figures/[^>]*>)\n(.*?)</p>', re.DOTALL
)
_FIGURE = re.compile(r'<img ([^>]*src="[^"]*?(assets/figures/[^"]+)"[^>]*)>')


def finish(
    html: str,
    language: str,
    is_lab: bool,
    boxes: list[str],
    figure: Callable[[str], bytes | None],
    warn: Callable[[str, Exception], None],
) -> str:
    """Finish the HTML of a page.

    Args:
        html: what Markdown made of the page.
        language: of the page.
        is_lab: whether its outputs stay out of the search index.
        boxes: ids of its boxes that make a mistake, in order.
        figure: returns the content of a figure, by its path below docs/.
        warn: told of each formula that cannot be converted, and why.
    """

    def sized(match: re.Match) -> str:
        content = figure(match[2])
        size = kind = ""
        if content is not None:
            # So that nothing moves on load.
            size = 'width="{}" height="{}"'.format(*size_of(content))
            kind = ' class="picture"' if has_picture(content) else ""
        return f'<img {match[1]} {size}{kind} loading="lazy" decoding="async">'

    html = replace_formulas(html, warn)
    # A heading is read without "¶"; the table of contents has the same links.
    html = html.replace(
        '<a class="headerlink"',
        '<a class="headerlink" aria-hidden="true" tabindex="-1"',
    )
    ids = iter(boxes)
    html = _MISTAKE.sub(lambda box: f'{box[0]} id="{next(ids)}"', html)
    # A lesson can be found by what it prints, an error for example; a lab prints much.
    silent = " data-search-exclude" if is_lab else ""
    html = _CODE_THEN_OUTPUT.sub(
        rf'\1\n<div class="\2 output no-copy" role="group" '
        rf'aria-label="{OUTPUT[language]}"{silent}>',
        html,
    )
    html = _FIGURE.sub(sized, _PRE.sub(clean_copy, with_rooms(html)))
    return _CAPTIONED.sub(
        r"<figure>\n<p>\1</p>\n<figcaption>\2</figcaption>\n</figure>", html
    )


def has_picture(figure: bytes) -> bool:
    """Return whether a figure is a picture or holds one: a map of colours, a digit."""
    return figure.startswith(b"\x89PNG") or b"<image" in figure


def with_rooms(html: str) -> str:
    """Keep room for each figure that moves, at the end of its picture's section."""
    for image in reversed(list(_MOVING.finditer(html))):
        end = html.find("<h2", image.end())
        end = len(html) if end < 0 else end
        room = f'<section class="moving" id="moving-{image[1]}"></section>\n'
        html = html[:end] + room + html[end:]
    return html


def clean_copy(block: re.Match) -> str:
    """Give code with annotations the text that the copy button copies."""
    code, marks = _ANNOTATION.subn("", block[1])
    if not marks:
        return block[0]
    code = escape(unescape(re.sub(r"<[^>]+>", "", code)).rstrip())
    return f'<pre data-copy="{code}">{block[1]}</pre>'
