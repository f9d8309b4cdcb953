"""Whether each figure stands under the code that draws it, and can move if it should."""

import re
from pathlib import Path

from checker.links import target_of
from reading.model import FIGURES, Page, figure_of

DRAWS = re.compile(r"^\s*plt\.show\(\)", re.M)
MOVES = re.compile(r'data-figure="([^"]*)"')


LARGEST = 100_000  # bytes


def check_images(root: Path, page: Page, checked: Page) -> None:
    """Note what is wrong with the figures of a page.

    Args:
        root: the folder that holds docs/.
        page: the page.
        checked: gets the problems.
    """
    expected = [e.figure for e in page.examples if e.figure]
    for example in page.examples:
        own = figure_of(example.section)
        is_there = (page.root / "docs" / (example.figure or "")).is_file()
        if is_there and example.figure != own:
            checked.problem(
                example.output_line + 1,
                f"{example.figure} stands under {example.section}, whose figure is {own}",
            )
        if DRAWS.search(example.section.text) and not example.figure:
            up = "../" * (page.path.count("/") - 1)
            checked.problem(
                example.line,
                f"{example.section} draws a figure that the page does not show; add"
                f" ![what one sees]({up}{own}) under it",
            )
    for image in page.images:
        target = target_of(page, image.target)
        file = root / "docs" / (target or "")
        if file.is_file() and file.stat().st_size > LARGEST:
            checked.problem(
                image.line,
                f"{target} takes {file.stat().st_size:,} bytes, more than {LARGEST:,}, for"
                " which a phone waits long; make it smaller",
            )
        if target in expected:
            expected.remove(target)
        elif page.problems:
            continue  # the code that draws it may stand there and not be read
        elif target and target.startswith(FIGURES):
            checked.problem(
                image.line,
                f"the figure {target} does not stand under the code that draws it",
            )
    for number, line in enumerate(page.text.split("\n"), 1):
        for name in MOVES.findall(line):
            script = f"docs/assets/javascripts/figures/{name}.js"
            if not (page.root / script).is_file():
                checked.problem(
                    number, f"there is no {script} to move the figure; correct the name"
                )
