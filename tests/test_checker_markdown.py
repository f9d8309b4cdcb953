"""Markdown of other sites, which this one would publish as text."""

from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config

from checker.markdown import check_markdown
from good_project import EN, Project
from reading.model import Page
from reading.pages import read_text_of

pytest_plugins = ["pytester", "good_project"]

ROOT = Path(__file__).parent.parent
# What an author writes, and what the message quotes of it.
UNKNOWN = [
    ("This is ==marked==.", "==marked=="),
    ("This is ~~wrong~~ right.", "~~wrong~~"),
    ("Water is H~2~O.", "~2~"),
    ("The square is x^2^.", "^2^"),
    ("Press ++ctrl+c++.", "++ctrl+c++"),
    ("It is {++new++}.", "{++"),
    ("It is {--old--}.", "{--"),
    ("- [ ] Read it.", "- [ ]"),
    ("1. [x] Read it.", "1. [x]"),
    ("So it is.[^1]", "[^1]"),
    ("[^note]: So it is said.", "[^note]"),
    ('=== "Linux"', '=== "Linux"'),
    ("> [!NOTE]\n> Mind this.", "> [!NOTE]"),
    ("::: note", "::: note"),
    ("/// note", "/// note"),
    ("*[GPU]: a processor", "*[GPU]:"),
    ("Term\n:   What it means.", ":   What it means."),
    ("Well done :tada:", ":tada:"),
    (":material-check: done", ":material-check:"),
    ("See [[descent]].", "[[descent]]"),
    ("See [this]{.note}.", "]{.note}"),
    ("See https://example.org/a.", "https://example.org/a."),
    ("Use {{ version }}.", "{{ version }}"),
    ("%%to do%%", "%%to do%%"),
    ("One line\\\nand another.", "\\"),
]


def problems(root: Path, text: str) -> list[tuple[int, str]]:
    page = read_text_of(root, "docs/a.md", text)
    checked = Page(root, page.path, text)
    check_markdown(page, checked)
    return [(problem.line, problem.message) for problem in checked.problems]


@pytest.mark.parametrize(("text", "quoted"), UNKNOWN)
def test_markdown_of_other_sites_is_told(tmp_path: Path, text: str, quoted: str):
    ((line, told),) = problems(tmp_path, f"# A {{#a}}\n\nOne.\n\n{text}\n")
    assert told.startswith(f"{quoted} is published as it stands: it is no Markdown of")
    assert line - 5 == text[: text.index(quoted)].count("\n")


@pytest.mark.parametrize(("text", "quoted"), UNKNOWN)
def test_the_site_publishes_it_as_text(text: str, quoted: str):
    config = load_config(str(ROOT / "mkdocs.yml"))
    converter = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )
    html = converter.convert(f"# A {{#a}}\n\nOne.\n\n{text}\n").replace("&gt;", ">")
    shown = quoted.removeprefix("- ").removeprefix("1. ").removeprefix("> ")
    assert shown in html
    assert f"<code>{shown}" not in html


@pytest.mark.parametrize("text", [text for text, _ in UNKNOWN])
def test_code_may_hold_it(tmp_path: Path, text: str):
    inside = "\n".join(f"    {line}" for line in f"```sh\n{text}\n```".split("\n"))
    assert problems(tmp_path, f'# A {{#a}}\n\n!!! note "B"\n\n{inside}\n') == []
    if "\n" not in text and not text.endswith("\\"):
        assert problems(tmp_path, f"# A {{#a}}\n\nWrite `{text}`.\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "It is ~5 to ~6, and a == b or c == d.",
        "Where $x^2$ and $y\n^2$ are, and\n\n$$\nx^{y^2} ==z==\n$$",
        "See [https://example.org](https://example.org/a~b~c), <https://example.org>.",
        "![A.](a.svg){ data-figure=fit }\nB.",
        "## A {#b}\n\n[C](d.md)\n{ .e }",
        "<!-- ==to do== -->",
        "At 10:20:30, C++ and 1 : 2.",
    ],
)
def test_what_the_site_knows_is_not_told(tmp_path: Path, text: str):
    assert problems(tmp_path, f"# A {{#a}}\n\n{text}\n") == []


def test_a_caption_of_a_lab_is_markdown_too(tmp_path: Path):
    front = "---\njupyter:\n  kernelspec:\n    name: python3\n---\n\n"
    cell = '```python alt="A." caption="The ==line==."\nplt.show()\n```'
    ((line, told),) = problems(tmp_path, f"{front}# A {{#a}}\n\n{cell}\n")
    assert (line, told.partition(" ")[0]) == (9, "==line==")


def test_the_check_tells(good: Project):
    good.change(EN, "The end.", "The ==end==.")
    told = good.failures(EN)
    assert f"{EN}:49: ==end== is published as it stands" in told
    assert "write **bold**" in told
