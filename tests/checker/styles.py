"""Whether browsers can read the style sheets, and Jinja the templates."""

from collections.abc import Iterator
from pathlib import Path

import jinja2
import tinycss2

from reading.files import files_below
from reading.problems import Problem


def style_problems(root: Path) -> Iterator[Problem]:
    """What a browser would drop without a word: it ends what is not closed elsewhere.

    Args:
        root: the folder that holds docs/.
    """
    for file in files_below(root / "docs/assets/stylesheets", "*.css"):
        path = file.relative_to(root).as_posix()
        rules = tinycss2.parse_stylesheet(file.read_text(encoding="utf-8"))
        for line, message in _mistakes(rules):
            yield Problem(path, line, message)


def _mistakes(rules: list) -> Iterator[tuple[int, str]]:
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, rule.message
        elif rule.type == "qualified-rule":
            for part in rule.prelude:
                if part.type == "error":
                    yield part.source_line, part.message
            inside = [part for part in rule.content if part.type == "{} block"]
            if inside:
                told = f"a rule inside that of line {rule.source_line}; close that one"
                yield inside[0].source_line, told
                continue
            for part in tinycss2.parse_declaration_list(rule.content):
                if part.type == "error":
                    yield part.source_line, part.message
        elif rule.type == "at-rule" and rule.content and rule.at_keyword != "font-face":
            inside = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            yield from _mistakes(inside)


def template_problems(root: Path) -> Iterator[Problem]:
    """Templates that Jinja cannot read.

    Args:
        root: the folder that holds docs/.
    """
    environment = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"])
    for file in files_below(root / "docs/_theme", "*.html"):
        path = file.relative_to(root).as_posix()
        try:
            environment.parse(file.read_text(encoding="utf-8"))
        except jinja2.TemplateSyntaxError as error:
            yield Problem(path, error.lineno, f"no template: {error.message}")
