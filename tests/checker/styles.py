"""Whether browsers read all of the site's styles; what they cannot read they skip silently."""

from collections.abc import Iterator
from pathlib import Path

import tinycss2

from reading.files import files_below
from reading.problems import Problem

FOLDER = "docs/assets/stylesheets"


def style_problems(root: Path) -> list[Problem]:
    """What browsers would skip: a mistake in the syntax, a file that is not there.

    Args:
        root: the folder that holds docs/.
    """
    return sorted(
        Problem(file.relative_to(root).as_posix(), line, message)
        for file in files_below(root / FOLDER, "*.css")
        for line, message in _problems(file)
    )


def _problems(file: Path) -> Iterator[tuple[int, str]]:
    css = file.read_text(encoding="utf-8")
    rules = tinycss2.parse_stylesheet(css)
    yield from _in_rules(rules, file.parent)
    if len(tinycss2.serialize(rules).rstrip()) > len(css.rstrip()):
        yield rules[-1].source_line, "what begins here is never closed; add }"


def _in_rules(rules: list, folder: Path) -> Iterator[tuple[int, str]]:
    yield from _not_read(rules)
    for rule in rules:
        if rule.type == "declaration":
            yield from _in_declaration(rule, folder)
        elif rule.type in ("qualified-rule", "at-rule"):
            yield from _not_read(rule.prelude)
            inside = tinycss2.parse_blocks_contents(rule.content or [])
            yield from _in_rules(inside, folder)


def _in_declaration(rule, folder: Path) -> Iterator[tuple[int, str]]:
    yield from _not_read(rule.value)
    for token in rule.value:
        if token == ":" and not rule.name.startswith("--"):
            yield rule.source_line, f"the value of {rule.name} is not ended; add ;"
        path = token.value.partition("#")[0] if token.type == "url" else ""
        if path and ":" not in path and not (folder / path).is_file():
            yield token.source_line, f"there is no {path}; correct the name"


def _not_read(tokens: list) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if token.type == "error":
            yield token.source_line, f"no CSS, and browsers skip it: {token.message}"
