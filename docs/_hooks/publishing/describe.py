"""What a page says of itself where others show a link to it: its first sentences."""

import re
from html import unescape

from publishing.prose import Prose

# So many characters are shown of a description; a Chinese one takes twice the room.
LENGTH = {"en": 155, "zh": 80}

_TAG = re.compile(r"<[^>]+>")
_SENTENCE = {
    "en": re.compile(r"(?<=[.?!])\s+"),
    "zh": re.compile(r"(?<=[。？！])(?!”)"),
}
_PART = {"en": re.compile(r"[,;:]?\s"), "zh": re.compile("[，；：]")}


def description_of(blocks: list[Prose], language: str) -> str:
    """Return the first sentences of a page, as many as others will show.

    Args:
        blocks: the blocks of text of the page.
        language: of the page.
    """
    lead = next((block.html for block in blocks if block.kind == "paragraph"), "")
    text = " ".join(unescape(_TAG.sub("", lead)).split()).rstrip(":：")
    space = " " if language == "en" else ""
    described = ""
    for sentence in _SENTENCE[language].split(text):
        longer = f"{described}{space}{sentence}".strip()
        if len(longer) > LENGTH[language]:
            break
        described = longer
    if described == text or len(described) > LENGTH[language] / 2:
        return described
    ends = [part.start() for part in _PART[language].finditer(text)]
    end = max((end for end in ends if end < LENGTH[language]), default=0)
    return f"{text[:end]}…" if end > len(described) else described
