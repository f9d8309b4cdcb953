"""Whether each figure stands under the code that draws it."""

import re

from checker.links import target_of
from reading.model import FIGURES, Page, figure_of

DRAWS = re.compile(r"^\s*plt\.show\(\)", re.M)


def check_images(page: Page, checked: Page) -> None:
    """Note what is wrong with the figures of a page.

    Args:
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
        if target in expected:
            expected.remove(target)
        elif page.problems:
            continue  # the code that draws it may stand there and not be read
        elif target and target.startswith(FIGURES):
            checked.problem(
                image.line,
                f"the figure {target} does not stand under the code that draws it",
            )
