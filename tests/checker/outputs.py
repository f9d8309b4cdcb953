"""Whether an output that holds no number where one should be is meant."""

import re
from itertools import islice

from reading.model import Example, Page

NO_NUMBER = re.compile(r"(?<![\w.])[-+]?(nan|inf)(?:inity)?(?!\w)", re.I)
# How a text says that it is meant.
SAYS = re.compile(
    r"\b(?:nan|inf|infinit\w+|not a number|diverg\w+)\b|无穷|不是数|发散", re.I
)
MEANT = "admonition !!! failure nan"


def check_outputs(page: Page, checked: Page) -> None:
    """Note outputs with nan or inf of which the texts around them do not speak.

    Args:
        page: the page.
        checked: gets the problems.
    """
    for example in page.examples:
        found = NO_NUMBER.search(example.output or "")
        if not found or _is_meant(page, example, found[1].lower()):
            continue
        checked.problem(
            example.output_line,
            f"the code of {example.section} prints {found[0]}; mend it, or say under the"
            " output that it is meant: name nan, infinity or divergence",
            recorded=True,  # the code may be another by now
        )


def _is_meant(page: Page, example: Example, value: str) -> bool:
    """Whether the box, the text before or after the example, or its code says so."""
    if re.search(rf"\b(?:is)?{value}\b", example.section.text):
        return True
    lines = [block.line for block in page.blocks]
    place = lines.index(example.line)
    before = (b for b in reversed(page.blocks[:place]) if b.text)
    after = (b for b in page.blocks[place:] if b.text)
    beside = [block.text for texts in (before, after) for block in islice(texts, 1)]
    return MEANT in page.blocks[place].shape or any(map(SAYS.search, beside))
