"""What pages include, on its way through a build: where it lies, and whether it arrived."""

import re
from collections.abc import Iterator

from publishing.published import root_of
from reading.includes import INCLUDE
from reading.problems import Problem

EXTENSION = "pymdownx.snippets"
_BLOCK = re.compile(
    r'<div class="language-(?:python|text) highlight"><pre>(.*?)</pre>', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")


def start_at_the_project(config) -> None:
    """Look for what is included below the project, wherever the build was started."""
    settings = config.mdx_configs[EXTENSION]
    settings["base_path"] = [str(root_of(config) / p) for p in settings["base_path"]]


def empty_includes(path: str, text: str, html: str) -> Iterator[Problem]:
    """Find includes of a page that show nothing; no extension tells of them.

    Args:
        path: the page, which has no other problems.
        text: its Markdown.
        html: what Markdown made of it.
    """
    lines = enumerate(text.split("\n"), 1)
    included = [number for number, line in lines if INCLUDE.fullmatch(line.strip())]
    shown = [_TAG.sub("", block).strip() for block in _BLOCK.findall(html)]
    empty = [n for n, code in zip(included, shown, strict=False) if not code]
    if empty:
        count = f"{len(empty)} of {len(included)}"
        message = (
            f"includes that show nothing: {count}; in mkdocs.yml, base_path of {EXTENSION}"
            " must be [snippets]"
        )
        yield Problem(path, empty[0], message)
