"""One example of a page: whether its code still prints and draws what the page shows."""

from pathlib import Path

from checker import compare, record
from checker.outcome import Outcome
from reading.model import Example, Page, figure_of, output_path


def difference(
    root: Path, page: Page, shown: Example, outcome: Outcome
) -> tuple[int, str]:
    """Compare what the code of an example did with what the page shows.

    Args:
        root: the folder that holds docs/ and snippets/.
        page: the page.
        shown: the example.
        outcome: what its code did, without an error.

    Returns:
        A line of the page and what is wrong there, or an empty message.
    """
    section = shown.section
    output = output_path(section.path)
    exact = not record.untouched(root, section.path)
    if shown.output is None and outcome.printed:
        return shown.line, (
            f"the code of {section} prints, but the page shows no output; put under it"
            f' ```text, --8<-- "{output}:{section.name}", ```'
        )
    if not compare.same_output(shown.output or "", outcome.printed, exact):
        return shown.output_line, (
            f"this is not what the code prints\n"
            f"  code   snippets/{section.path}:{section.line} (section {section.name})\n"
            f"  output snippets/{output}\n"
            + compare.side_by_side(shown.output, outcome.printed)
            + f"\n  If the code is right: {_command(page)}, and read the diff."
        )
    return shown.line, _figure(root, page, shown, outcome, exact)


def _figure(
    root: Path, page: Page, shown: Example, outcome: Outcome, exact: bool
) -> str:
    """Say how the figure of a section differs from the recorded one, if it does."""
    own = figure_of(shown.section)
    recorded = root / "docs" / own
    if not outcome.figures:
        if shown.figure:
            return f"{shown.section} draws nothing, but the page shows {own}"
        return ""
    if not shown.figure:
        return f"{shown.section} draws a figure that the page does not show ({own})"
    if not recorded.is_file():
        return f"docs/{own} is missing; run {_command(page)}"
    if not compare.same_figure(recorded.read_bytes(), outcome.figures[0], exact):
        return (
            f"docs/{own} is not what the code draws now\n"
            f"  code   snippets/{shown.section.path}:{shown.section.line}\n"
            f"  If the code is right: {_command(page)}, and look at the figure."
        )
    return ""


def _command(page: Page) -> str:
    english = page.sibling if page.chinese else page.path
    return f"make record PAGES={english}"
