"""Whether Jinja can read the templates of the site."""

from pathlib import Path

import jinja2

from reading.files import files_below
from reading.problems import Problem


def template_problems(root: Path) -> list[Problem]:
    """What Jinja cannot read: a mistake in its syntax.

    Args:
        root: the folder that holds docs/.
    """
    environment = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"])
    problems = []
    for file in files_below(root / "docs/_theme", "*.html"):
        try:
            environment.parse(file.read_text(encoding="utf-8"))
        except jinja2.TemplateSyntaxError as error:
            path = file.relative_to(root).as_posix()
            told = f"no template: {error.message}"
            problems.append(Problem(path, error.lineno, told))
    return problems
