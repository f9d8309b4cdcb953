"""How things are written: AutoCorrect for Chinese, and the rules of contributing.md."""

import re
from pathlib import Path

import autocorrect_py

from checker.links import target_of
from reading.cells import unescaped
from reading.model import CHINESE, Block, Page
from reading.pages import read_page
from reading.problems import Problem

HAN = r"[\u3400-\u9fff]"
# What a Chinese page does not say, and what it says instead.
INSTEAD = {
    "您": "你",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "次序": "顺序",
    "平均值": "均值",
    "来路": "父节点",
    "显著图": "显著性图",
    "这里略去": "证明略",
}
# A sign of a number that is a hyphen. In a range, a name or a word something precedes it.
HYPHEN = re.compile(r"(?<![\w.%)\]`-])-(?=\d)")
# Names that prose spells as their makers do.
NAMES = {r"\btorch\b(?!\.)": "PyTorch", r"\brelu\b": "ReLU"}
LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)")
# The opening of a code cell, which holds an alternative text and a caption.
CELL = re.compile(r"^```python .*$", re.M)
STEP = re.compile(r"第 ?[\d一二三四五六七八九十]+ ?课|[Ll]esson \d+")


def writing_problems(root: Path, page: Page) -> list[Problem]:
    """What is written in another way than everywhere else, in either language."""
    problems = []
    for line, text in texts_of(page):
        if HYPHEN.search(text):
            told = "a negative number has a minus sign, −, or is a formula: $-1$"
            problems.append(Problem(page.path, line, told))
        for name, right in NAMES.items():
            if found := re.search(name, text):
                told = f"write {right}, or `{found[0]}` as code"
                problems.append(Problem(page.path, line, told))
    for block in page.blocks:
        for text, link in LINK.findall(block.text):
            target = target_of(page, link.partition("#")[0]) or ""
            is_step = (target or page.path).removeprefix("docs/").startswith("steps/")
            if is_step and (found := STEP.search(text)):
                right = "第 N 步" if page.chinese else "step N"
                told = f"one of the ten steps is {right}, not {found[0]}"
                problems.append(Problem(page.path, block.line, told))
            if page.chinese and target.endswith(".md"):
                problems += _name_problems(root, page, block, text, target)
    return problems


def texts_of(page: Page) -> list[tuple[int, str]]:
    """What a reader reads, and the alternative texts, each with its line."""
    images = [
        (image.line, re.sub(r"\$[^$]*\$", "", image.alt)) for image in page.images
    ]
    return [(block.line, block.plain) for block in page.blocks] + images


def _name_problems(
    root: Path, page: Page, block: Block, text: str, target: str
) -> list[Problem]:
    """Whether a Chinese link that is called like a lesson or lab stands in 《》."""
    path = f"docs/{target.removesuffix('.md')}{CHINESE}"
    if not (root / path).is_file():
        return []
    other = read_page(root, path)
    if other.unread or (not other.examples and not other.lab):
        return []  # 术语表 and the like are what they are called
    title = other.blocks[0].plain.strip()
    if text == title and re.search(rf"{HAN}|[a-z]", LINK.sub("", block.text)):
        told = f"the name of a lesson stands in 《》: [《{text}》]"
    elif re.fullmatch("《.*》", text) and text != f"《{title}》":
        told = f"{text} leads to a page that is called 《{title}》"
    else:
        return []
    return [Problem(page.path, block.line, told)]


def typography_problems(page: Page) -> list[Problem]:
    """What is wrong with the typography and the words of a Chinese page."""
    problems = []
    text = CELL.sub(lambda cell: unescaped(cell[0]), page.text)
    for result in autocorrect_py.lint_for(text, "markdown").lines:
        problems.append(
            Problem(
                page.path,
                result.line,
                f"Chinese typography: {result.old.strip()!r} should be"
                f" {result.new.strip()!r}",
            )
        )
    for line, text in texts_of(page):
        for wrong, right in INSTEAD.items():
            if wrong in text:
                problems.append(Problem(page.path, line, f"write {right}, not {wrong}"))
    for line, (above, below) in enumerate(
        zip(page.text.splitlines(), page.text.splitlines()[1:], strict=False), 1
    ):
        if re.search(rf"({HAN}|[，。：；、）])$", above) and re.match(
            rf"\s*{HAN}", below
        ):
            problems.append(
                Problem(
                    page.path,
                    line + 1,
                    "a Chinese paragraph is one line; a break inside it shows as a space",
                )
            )
    return problems
