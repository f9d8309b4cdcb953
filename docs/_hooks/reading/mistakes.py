"""The mistakes made on purpose: the boxes ``!!! failure``, by what one sees.

Each names a symptom, the id of a heading of docs/mistakes.md. The site build writes under
that heading what one sees, and where the box is; the checker asks for both.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reading.includes import sections_of
from reading.model import CHINESE, Block, Page
from reading.pages import page_paths, read_page, read_text_of

INDEX = "docs/mistakes.md"

_BOX = re.compile(r"(.* › )?admonition !!! failure(?: (?P<symptom>\w+))?, title")
# How a title begins, and the paragraph that says what one sees.
TITLES = {"en": "Break it: ", "zh": "动手弄坏它："}
PARTS = {
    "en": ("**What you see:**", "**Why:**", "**What to do:**"),
    "zh": ("**现象**：", "**原因**：", "**对策**："),
}
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)([^)\s]*)\)")


@dataclass(frozen=True)
class Mistake:
    """A box in which a mistake is made.

    Attributes:
        line: of the page, on which the box starts.
        symptom: the id under which it is listed; empty if it names none.
        id: of the box on its page, the same in both languages.
        title: of the box.
        told: the paragraph that says what one sees, why, and what to do; may be empty.
        message: the error message that its code prints, on one line, if it catches one.
    """

    line: int
    symptom: str
    id: str
    title: str
    told: str
    message: str

    def sees(self, language: str) -> str:
        """Return what one sees, as the box says it."""
        sees, why, _ = PARTS[language]
        told = self.told.partition(sees)[2].partition(why)[0].strip()
        return told[:1].upper() + told[1:]


def language_of(page: Page) -> str:
    """Return the language in which a page is written."""
    return "zh" if page.chinese else "en"


def mistakes_of(page: Page) -> Iterator[Mistake]:
    """Find the mistakes of a page, in order."""
    for place, block in enumerate(page.blocks):
        if box := _BOX.fullmatch(block.shape):
            yield _read(page, place, box)


def _read(page: Page, place: int, box: re.Match) -> Mistake:
    title = page.blocks[place]
    inside: list[Block] = []
    within = title.shape.removesuffix(", title") + " › "
    for block in page.blocks[place + 1 :]:
        if not block.shape.startswith(within):
            break
        inside.append(block)
    end = inside[-1].line if inside else title.line
    examples = [e for e in page.examples if title.line < e.line <= end]
    number = sum(bool(_BOX.fullmatch(b.shape)) for b in page.blocks[: place + 1])
    name = examples[0].section.name if examples else str(number)
    sees = PARTS[language_of(page)][0]
    told = next((block.text for block in inside if sees in block.text), "")
    message = ""
    for example in examples:
        if "except " in example.section.text and example.output:
            outputs = sections_of(page.root, example.section.path[:-3] + ".txt")[0]
            printed = outputs.get(example.section.name)
            message = " ".join(printed.text.split()) if printed else ""
    return Mistake(
        title.line, box["symptom"] or "", f"break-{name}", title.text, told, message
    )


def is_index(path: str) -> bool:
    """Return whether a page is the list of mistakes, in either language."""
    return path.replace(CHINESE, ".md") == INDEX


def symptoms_of(root: Path) -> list[str]:
    """Return the ids of docs/mistakes.md under which mistakes are listed."""
    return list(read_page(root, INDEX).ids)[1:] if (root / INDEX).is_file() else []


def with_mistakes(root: Path, index: Page) -> Page:
    """Return the list of mistakes with those of all pages in its language.

    Args:
        root: the folder that holds docs/.
        index: the page, with a heading for each symptom.
    """
    language = language_of(index)
    ending = CHINESE if index.chinese else ".md"
    listed: dict[str, list[str]] = {}
    for path in page_paths(root):
        if path.endswith(CHINESE) == index.chinese and not is_index(path):
            page = read_page(root, path)
            target = path.removeprefix("docs/").removesuffix(ending) + ".md"
            for mistake in mistakes_of(page):
                entry = _entry(page, mistake, target, language)
                listed.setdefault(mistake.symptom, []).append(entry)
    parts = re.split(r"(?m)^(?=## )", index.text)
    for place, part in enumerate(parts):
        if found := re.match(r"## .*\{#([\w-]+)\}\s*$", part, re.M):
            entries = sorted(listed.get(found[1], []), key=lambda e: e[0] == "\n")
            parts[place] = "\n\n".join([part.rstrip(), "\n".join(entries)]) + "\n\n"
    return read_text_of(root, index.path, "".join(parts).rstrip() + "\n")


def _entry(page: Page, mistake: Mistake, target: str, language: str) -> str:
    title = mistake.title.removeprefix(TITLES[language])
    title = title[0].upper() + title[1:]
    where = page.blocks[0].plain.strip()
    where = f"《{where}》" if language == "zh" else where
    sees = _LINK.sub(lambda link: _rebased(link, target), mistake.sees(language))
    stop, space = ("。", "") if language == "zh" else (". ", " ")
    link = f"{space}[{where}]({target}#{mistake.id})"
    if not mistake.message:
        return f"- **{title}**{stop}{sees}{link}"
    message = mistake.message.replace("`", "'")
    # Search finds first what stands in a heading: what one copies from the screen.
    start = re.split(r" \(|\. |; ", message)[0].rstrip(".")
    id_ = f"{target.removesuffix('.md').replace('/', '-')}-{mistake.id}"
    message = "" if message in sees else f"{space}`{message}`"
    return f"\n### `{start}` {{#{id_}}}\n\n**{title}**{stop}{sees}{message}{link}\n"


def _rebased(link: re.Match, target: str) -> str:
    """Make a link of a page one of the list, which stands at the top of docs/."""
    path = posixpath.join(posixpath.dirname(target), link[1]) if link[1] else target
    return f"]({posixpath.normpath(path)}{link[2]})"
