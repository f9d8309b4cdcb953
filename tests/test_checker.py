"""The checker on a small project: the good one passes, each bad one is told why."""

import re
import shutil
from pathlib import Path

import matplotlib.pyplot  # pytester would unload it between runs
import project
import pytest
from checker import run
from checker.tree import tree_problems
from mkdocs.utils import yaml_load

pytest_plugins = ["pytester"]

EN, ZH = "docs/part/lesson.md", "docs/part/lesson.zh.md"
PY, TXT = "snippets/part/lesson.py", "snippets/part/lesson.txt"
SVG = "docs/assets/figures/part/lesson-draw.svg"
GLOSSARY = "docs/about/glossary.md"
TRANSLATIONS = "docs/_translations.json"


class Project:
    """A project of its own for one test."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.root = pytester.path

    def check(self, *arguments: str) -> pytest.RunResult:
        return self.pytester.runpytest_inprocess("-p", "checker.plugin", *arguments)

    def path(self, name: str) -> Path:
        return self.root / name

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file; it must be there."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        changed = text.replace(old, new, 1).encode("utf-8", "surrogateescape")
        self.path(name).write_bytes(changed)

    def tree(self) -> str:
        """What is wrong with the project as a whole."""
        config = yaml_load(self.path("mkdocs.yml").read_text(encoding="utf-8"))
        return "\n".join(map(str, tree_problems(self.root, config)))

    def failures(self, *arguments: str) -> str:
        result = self.check(*arguments)
        assert result.ret == pytest.ExitCode.TESTS_FAILED, result.stdout.str()
        return result.stdout.str().partition("= FAILURES =")[2]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorded") / "project"


@pytest.fixture
def good(
    pytester: pytest.Pytester, recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """The good project, as the recorder leaves it."""
    # Pytester gives each test a home of its own; the font cache is slow to make.
    monkeypatch.setenv("MPLCONFIGDIR", matplotlib.get_cachedir())
    made = Project(pytester)
    if not recorded.exists():
        project.write(made.root)
        made.check("--record").assert_outcomes(passed=4, deselected=8)
        shutil.copytree(
            made.root, recorded, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copytree(recorded, made.root, dirs_exist_ok=True)
    return made


def test_the_good_project_passes(good: Project):
    good.check().assert_outcomes(passed=12)
    assert good.tree() == ""


def test_one_page_alone(good: Project):
    good.check(EN).assert_outcomes(passed=5)


def test_recording_twice_changes_nothing(good: Project):
    def files():
        return [good.path(name).read_bytes() for name in (TXT, SVG, TRANSLATIONS)]

    before = files()
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    assert files() == before


HOW = r"write exactly: ```python, --8<-- \"part/lesson.py:section\", ```"
PYTHON = "```python\n--8<-- "

# What is wrong, the file, what to replace in it, by what, and the message.
BAD = [
    # Sections of the snippet.
    (
        "a section that is missing",
        (PY, "[start:double]", "[start:treble]"),
        r"lesson.md:39: snippets/part/lesson.py has no section double; add",
    ),
    (
        "a section that is empty",
        (PY, 'print(f"{2 * mean:.4f}")\n', ""),
        r"snippets/part/lesson.py:17: section double is empty",
    ),
    (
        "a section that is unclosed",
        (PY, "# --8<-- [end:double]\n", ""),
        r"snippets/part/lesson.py:17: section double is never closed; add '# --8<-- \[end",
    ),
    (
        "a section that is unclosed before another",
        (PY, "# --8<-- [end:mean]\n", ""),
        r"snippets/part/lesson.py:9: section draw starts inside section mean, opened on line 5",
    ),
    (
        "a section closed by another name",
        (PY, "double]", "data]"),
        r"snippets/part/lesson.py:19: \[end:double\] closes nothing: section data is open",
    ),
    (
        "a section opened twice",
        (
            PY,
            "# --8<-- [end:double]\n",
            "# --8<-- [end:double]\n# --8<-- [start:data]\n"
            "x = 1\n# --8<-- [end:data]\n",
        ),
        r"snippets/part/lesson.py:20: section data is opened twice; give this one another",
    ),
    (
        "a section that the page does not show",
        (
            PY,
            "# --8<-- [end:double]\n",
            "# --8<-- [end:double]\n# --8<-- [start:more]\n"
            "x = 1\n# --8<-- [end:more]\n",
        ),
        r"lesson.md:38: not shown: more of snippets/part/lesson.py \(line 20\); include each",
    ),
    (
        "code outside any section",
        (PY, "# --8<-- [start:data]", "import math\n# --8<-- [start:data]"),
        r"snippets/part/lesson.py:1: code outside any section; no page can show it",
    ),
    (
        "a marker that is none",
        (PY, "[start:mean]", "[start: mean]"),
        r"snippets/part/lesson.py:5: not a section marker: .* write exactly",
    ),
    (
        "sections out of order",
        (EN, 'lesson.py:data"\n```\n', 'lesson.py:double"\n```\n'),
        r"lesson.md:9: part/lesson.py:mean is shown after double, which follows it",
    ),
    (
        "a section shown twice",
        (EN, "The mean is", f'{PYTHON}"part/lesson.py:data"\n```\n\nThe mean is'),
        r"lesson.md:17: part/lesson.py:data is shown twice, first on line 5",
    ),
    # Includes.
    (
        "an include that is unquoted",
        (EN, '"part/lesson.py:data"', "part/lesson.py:data"),
        r"lesson.md:6: the path of the include is not quoted, so it is published as text",
    ),
    (
        "an include that is misspelt",
        (EN, "lesson.py:data", "leson.py:data"),
        r"lesson.md:6: there is no snippets/part/leson.py; did you mean part/lesson.py\?",
    ),
    (
        "an include of a misspelt section",
        (EN, "lesson.py:data", "lesson.py:dat"),
        r"lesson.md:6: snippets/part/lesson.py has no section dat; did you mean data\?",
    ),
    (
        "an include with a trailing space",
        (EN, 'lesson.py:data"', 'lesson.py:data" '),
        r"lesson.md:6: the include ends in a space, so it is published as text",
    ),
    (
        "an include that leaves the folder",
        (EN, "part/lesson.py:data", "../snippets/part/lesson.py:data"),
        r"lesson.md:6: the include leaves the folder snippets/",
    ),
    (
        "an include of lines",
        (EN, "lesson.py:data", "lesson.py:1:3"),
        r"lesson.md:6: cannot read the include",
    ),
    (
        "an include outside a code block",
        (EN, "The end.", '--8<-- "part/lesson.py:data"'),
        r"lesson.md:46: an include outside a code block is published as text",
    ),
    # Code blocks that are not includes.
    (
        "code typed on the page",
        (EN, '--8<-- "part/lesson.py:data"', "x = 1"),
        r"lesson.md:6: a code block that is not an include; write exactly",
    ),
    (
        "code beside an include",
        (EN, 'lesson.py:data"', 'lesson.py:data"\nx = 1'),
        r"lesson.md:6: a code block is exactly one include and nothing else",
    ),
    (
        "```py",
        (EN, "The end.", "```py\nx = 1\n```"),
        r"lesson.md:46: a code block that is not an include \(```py\); write exactly",
    ),
    (
        "``` python",
        (EN, "The end.", "``` python\nx = 1\n```"),
        r"lesson.md:46: a code block that is not an include \(``` python\)",
    ),
    (
        "a title",
        (EN, "The end.", '```python title="x"\nx = 1\n```'),
        r'lesson.md:46: a code block that is not an include \(```python title="x"\)',
    ),
    (
        "tildes",
        (EN, "The end.", "~~~python\nx = 1\n~~~"),
        r"lesson.md:46: a code block that is not an include \(~~~python\)",
    ),
    (
        "braces",
        (EN, "The end.", "``` { .python .x }\nx = 1\n```"),
        r"lesson.md:46: a code block that is not an include \(``` { .python .x }\)",
    ),
    (
        "no language",
        (EN, "The end.", "```\nx = 1\n```"),
        r"lesson.md:46: a code block that is not an include \(```\)",
    ),
    (
        "indented code",
        (EN, "The end.", "Text.\n\n    x = 1"),
        r"lesson.md:48: a code block that is not an include \(indented code\)",
    ),
    (
        "code in a list",
        (EN, "- Second.", "- Second.\n\n    ```py\n    x = 1\n    ```"),
        r"lesson.md:34: a code block that is not an include \(```py\)",
    ),
    (
        "code in an admonition",
        (EN, "    Twice", "    ```py\n    x = 1\n    ```\n\n    Twice"),
        r"lesson.md:36: a code block that is not an include \(```py\)",
    ),
    (
        "code with CRLF",
        (EN, "The end.", "```py\r\nx = 1\r\n```\r\n"),
        r"lesson.md:46: a code block that is not an include \(```py\)",
    ),
    (
        "code as HTML",
        (EN, "The end.", "<pre>x = 1</pre>"),
        r"lesson.md:46: HTML is not checked \(<pre>x = 1</pre>\); write Markdown, and code as",
    ),
    (
        "a block that is never closed",
        (EN, "    ```\n\nThe end.", ""),
        r"lesson.md:42: the block is never closed; add ```",
    ),
    # Outputs.
    (
        "code that prints and shows no output",
        (EN, '```text\n--8<-- "part/lesson.txt:mean"\n```\n\n', ""),
        r"lesson.md:9: the code of part/lesson.py:mean prints, but the page shows no output",
    ),
    (
        "an output that follows no code",
        (EN, "The end.", '```text\n--8<-- "part/lesson.txt:mean"\n```'),
        r"lesson.md:46: the output part/lesson.txt:mean follows no code",
    ),
    (
        "the output of other code",
        (EN, "lesson.txt:mean", "lesson.txt:double"),
        r"lesson.md:13: the output part/lesson.txt:double stands under the code part/lesson",
    ),
    (
        "output of a section that does not exist",
        (
            TXT,
            "--8<-- [start:mean]",
            "--8<-- [start:gone]\n1\n--8<-- [end:gone]\n--8<-- [start:mean]",
        ),
        r"snippets/part/lesson.txt:2: output of a section gone that snippets/part/lesson.py",
    ),
    (
        "output of a section that prints nothing",
        (PY, 'print(f"{2 * mean:.4f}")', "twice = 2 * mean"),
        r"lesson.md:42: this is not what the code prints",
    ),
    (
        "output of a section that no page shows",
        (
            TXT,
            "--8<-- [start:mean]",
            "--8<-- [start:data]\n1\n--8<-- [end:data]\n--8<-- [start:mean]",
        ),
        r"lesson.md:5: part/lesson.py:data is recorded to print, but the page shows no output",
    ),
    (
        "stale output",
        (PY, "(3, 8)", "(3, 9)"),
        r"(?s)lesson.md:13: this is not what the code prints.*snippets/part/lesson.py:6"
        r".*x mean = 5.3333 *\| mean = 5.6667.*make record",
    ),
    (
        "one digit of the output",
        (TXT, "mean = 5.3333", "mean = 5.3334"),
        r"lesson.md:13: this is not what the code prints",
    ),
    (
        "fewer digits in the code",
        (PY, "{mean:.4f}", "{mean:.3f}"),
        r"lesson.md:13: this is not what the code prints",
    ),
    # Figures.
    (
        "a figure that changed",
        (PY, '"o")', '"x")'),
        rf"lesson.md:23: {SVG} is not what the code draws now",
    ),
    (
        "one coordinate of a figure",
        (PY, "plt.plot(*zip", "plt.axhline(4.001)\nplt.plot(*zip"),
        r"lesson.md:23: .* is not what the code draws now",
    ),
    (
        "a figure that the page does not show",
        (
            EN,
            "![Three points that rise.](../assets/figures/part/lesson-draw.svg)\n\n",
            "",
        ),
        r"lesson.md:23: part/lesson.py:draw draws a figure that the page does not show; add",
    ),
    (
        "a figure without alternative text",
        (EN, "Three points that rise.", ""),
        r"lesson.md:27: the image .* has no alternative text",
    ),
    (
        "a Chinese figure without alternative text",
        (ZH, "三个逐渐升高的点。", ""),
        r"lesson.zh.md:27: the image .* has no alternative text",
    ),
    (
        "a figure that is not shown",
        (PY, "plt.show()", "x = 1"),
        r"lesson.md:23: the code of part/lesson.py:draw draws and never shows it; end it in",
    ),
    (
        "words in a figure",
        (PY, "plt.show()", 'plt.title("mean loss")\nplt.show()'),
        r"lesson.md:23: the figure of part/lesson.py:draw says mean, loss; figures carry",
    ),
    (
        "a figure under other code",
        (EN, "The end.", "![Points.](../assets/figures/part/lesson-draw.svg)"),
        r"lesson.md:46: the figure assets/figures/part/lesson-draw.svg does not stand under",
    ),
    # Code that does what a lesson must not.
    (
        "code that raises",
        (PY, 'print(f"mean', 'raise ValueError("no")\nprint(f"mean'),
        r"(?s)lesson.md:9: the code of part/lesson.py:mean raises ValueError: no\n"
        r" *snippets/part/lesson.py:7: raise ValueError.*catch it in the snippet and print",
    ),
    (
        "code that does not compile",
        (PY, "points = [", "points = = ["),
        r"(?s)lesson.md:5: the code of part/lesson.py:data raises SyntaxError.*lesson.py:2:",
    ),
    (
        "code that leaves a file behind",
        (PY, 'print(f"mean', 'open("left.txt", "w").close()\nprint(f"mean'),
        r"lesson.md:9: the code of part/lesson.py:mean leaves a file behind: left.txt",
    ),
    (
        "code that needs the network",
        (
            PY,
            'print(f"mean',
            'import socket\ntry:\n    socket.create_connection(("203.0.113.1"'
            ', 80))\nexcept OSError:\n    pass\nprint(f"mean',
        ),
        r"lesson.md:9: the code of part/lesson.py:mean needs the network \(it asked for 203",
    ),
    (
        "output that changes from run to run",
        (PY, "points = [", "import random\n\npoints = [(0, random.random()), "),
        r"lesson.md:13: the code of part/lesson.py:mean prints or draws something else",
    ),
    (
        "output that depends on the order of a set",
        (
            PY,
            'print(f"{2 * mean',
            'print(list({"a", "b", "c", "d", "e", "f", "g"}))\nprint(f"{2 * mean',
        ),
        r"lesson.md:42: the code of part/lesson.py:double prints something else when",
    ),
    (
        "output that holds a path",
        (PY, 'print(f"{2 * mean', 'import sys\nprint(sys.argv[0])\nprint(f"{2 * mean'),
        r"lesson.md:42: the code of part/lesson.py:double prints something else when the",
    ),
    (
        "code that ends Python",
        (PY, 'print(f"mean', 'import os\nos._exit(0)\nprint(f"mean'),
        r"lesson.md:9: the code of part/lesson.py:mean ends Python itself",
    ),
    (
        "code that exits",
        (PY, 'print(f"mean', 'raise SystemExit\nprint(f"mean'),
        r"lesson.md:9: the code of part/lesson.py:mean raises SystemExit",
    ),
    (
        "code that asks",
        (PY, 'print(f"mean', 'input()\nprint(f"mean'),
        r"lesson.md:9: the code of part/lesson.py:mean raises EOFError",
    ),
    (
        "code that prints without end",
        (PY, 'print(f"mean', 'print("x" * 30_000)\nprint(f"mean'),
        r"lesson.md:9: the code of part/lesson.py:mean prints 30,0\d\d characters, more",
    ),
    (
        "code that changes a file",
        (
            PY,
            'print(f"mean',
            'import sys\nopen(sys.argv[0], "a").close()\nprint(f"mean',
        ),
        r"lesson.md:9: the code of part/lesson.py:mean changes a file that was there: lesson.py",
    ),
    (
        "code that asks for a name",
        (
            PY,
            'print(f"mean',
            'import socket\ntry:\n    socket.getaddrinfo("example.com", 80)\n'
            'except OSError:\n    pass\nprint(f"mean',
        ),
        r"needs the network \(it asked for example.com\)",
    ),
    # What no file may hold.
    (
        "a page that is not UTF-8",
        (EN, "The end.", "The \udcff end."),
        r"lesson.md:46: not UTF-8; save the file as UTF-8",
    ),
    (
        "a merge that is not finished",
        (EN, "The end.", "<<<<<<< HEAD\nThe end."),
        r"lesson.md:46: a merge is not finished; resolve it",
    ),
    (
        "a merge that is not finished in a snippet",
        (PY, "# --8<-- [start:mean]", "=======\n# --8<-- [start:mean]"),
        r"snippets/part/lesson.py:5: a merge is not finished",
    ),
    (
        "a character that cannot be seen",
        (EN, "```python", "```python\u00a0"),
        r"lesson.md:5: column 10 holds U\+00A0, which nobody sees; delete it",
    ),
    (
        "a byte order mark",
        (EN, "# A lesson", "\ufeff# A lesson"),
        r"lesson.md:1: column 1 holds U\+FEFF",
    ),
    (
        "a marker that Python cannot read",
        (PY, "# --8<-- [start:mean]", "--8<-- [start:mean]"),
        r"snippets/part/lesson.py:5: not a section marker: .*write exactly '# --8<-- \[start",
    ),
    (
        "a path that is not the file's",
        (EN, "part/lesson.py:data", "part//lesson.py:data"),
        r"lesson.md:6: cannot read the include",
    ),
    (
        "HTML",
        (EN, "The end.", "<!-- x --><samp>5.4</samp>"),
        r"lesson.md:46: HTML is not checked",
    ),
    (
        "a box without a title",
        (EN, '!!! failure "Break it: double"', "!!! failure"),
        r"lesson.md:34: give the box a title in quotes, in the language of the page",
    ),
    (
        "a link that is none",
        (EN, "The end.", "See [the end][nowhere]."),
        r"lesson.md:46: a link that leads nowhere",
    ),
    (
        "a link to what is not published",
        (EN, "#glossary)", "#glossary), [x](../_hooks/x.md)"),
        r"lesson.md:3: the link ../_hooks/x.md leads to what is not published",
    ),
    # The two languages.
    (
        "pages whose blocks differ",
        (ZH, "- 第一。\n- 第二。\n", "第一。\n"),
        r"(?s)lesson.zh.md:31: here is: paragraph\n.*lesson.md:31 has: bullet list of 2 items",
    ),
    (
        "lists of different length",
        (ZH, "- 第二。", "- 第二。\n- 第三。"),
        r"(?s)lesson.zh.md:31: here is: bullet list of 3 items.*lesson.md:31 has: .* of 2 items",
    ),
    (
        "a page that ends early",
        (ZH, "\n完。\n", ""),
        r"lesson.zh.md:44: the page ends, but docs/part/lesson.md:46 goes on with paragraph",
    ),
    (
        "a page that goes on",
        (ZH, "完。", "完。\n\n还有。"),
        r"lesson.zh.md:48: paragraph: docs/part/lesson.md has no such block",
    ),
    (
        "another formula",
        (ZH, "\\sum_i y_i", "\\sum_i x_i"),
        r"(?s)lesson.zh.md:19: here is: formula.*lesson.md:19 has: formula",
    ),
    (
        "another admonition",
        (ZH, "!!! failure", "??? failure"),
        r"(?s)lesson.zh.md:34: here is: admonition \?\?\? failure.*has: admonition !!! failure",
    ),
    (
        "another link",
        (ZH, "](#more)", "](#lesson)"),
        r"(?s)lesson.zh.md:3: links to .*#lesson\n.*lesson.md:3 links to .*#more",
    ),
    (
        "English that changed while its Chinese did not",
        (EN, "- Second.", "- Second, and last."),
        r"(?s)lesson.zh.md:32: the English changed and the Chinese did not\n.*Second, and last."
        r".*make record CONFIRM=docs/part/lesson.md:32",
    ),
    (
        "a term translated otherwise",
        (ZH, "损失很小", "代价很小"),
        r"(?s)lesson.zh.md:3: docs/part/lesson.md:3 says 'loss', and the glossary's Chinese for"
        r" it, 损失, is missing here",
    ),
    (
        "a number that differs",
        (ZH, "平均值是 $m$", "平均值 5.4 是 $m$"),
        r"lesson.zh.md:17: writes 5.4 where docs/part/lesson.md:17 writes nothing",
    ),
    (
        "an include in a sample",
        (EN, "The end.", '```markdown\n--8<-- "part/lesson.py:data"\n```'),
        r"lesson.md:46: an include in a markdown block; .* put a semicolon in front of it",
    ),
    (
        "a formula in a line that differs",
        (ZH, "是 $m$：", "是 $M$："),
        r"lesson.zh.md:17: writes \$M\$ where docs/part/lesson.md:17 writes \$m\$",
    ),
    (
        "a glossary whose tables disagree",
        ("docs/about/glossary.zh.md", "| 损失 |", "| 代价 |"),
        r"glossary.zh.md:3: loss \| 代价: docs/about/glossary.md has loss \| 损失",
    ),
    (
        "a glossary with an empty cell",
        (GLOSSARY, "| 损失 |", "| |"),
        r"glossary.md:3: 'loss': fill every cell",
    ),
    (
        "a glossary with other columns",
        (GLOSSARY, "| English |", "| Term |"),
        r"glossary.md:3: the columns of the glossary are English, 中文, Meaning",
    ),
    (
        "a heading without an id",
        (EN, "## More {#more}", "## More"),
        r"lesson.md:29: the heading has no id; end it in \{#short-id\}",
    ),
    (
        "a Chinese heading without an id",
        (ZH, "## 再来 {#more}", "## 再来"),
        r"lesson.zh.md:29: the heading has no id",
    ),
    (
        "ids that differ",
        (ZH, "{#more}", "{#mehr}"),
        r"(?s)lesson.zh.md:29: here is: heading 2 \{#mehr\}.*lesson.md:29 has: heading 2 \{#more",
    ),
    (
        "an id twice",
        (EN, "{#more}", "{#lesson}"),
        r"lesson.md:29: the id lesson is taken by the heading on line 1",
    ),
    (
        "two titles",
        (EN, "## More", "# More"),
        r"lesson.md:29: a page has one title .* this has 2",
    ),
    (
        "Chinese beside English without a space",
        (ZH, "平均值是 $m$", "平均值mean是 $m$"),
        r"lesson.zh.md:17: Chinese typography: .* should be '?.*平均值 mean 是",
    ),
    (
        "half-width punctuation",
        (ZH, "损失很小。", "损失很小,是吧?"),
        r"lesson.zh.md:3: Chinese typography: .* should be .*损失很小，是吧？",
    ),
    ("您", (ZH, "完。", "您好。"), r"lesson.zh.md:46: write 你, not 您"),
    (
        "a Chinese paragraph of two lines",
        (ZH, "完。", "完了，\n真的。"),
        r"lesson.zh.md:47: a Chinese paragraph is one line",
    ),
    # Links.
    (
        "a broken link",
        (EN, "glossary.md#glossary", "glosary.md"),
        r"lesson.md:3: the link ../about/glosary.md leads to docs/about/glosary.md, which does",
    ),
    (
        "a broken anchor inside the page",
        (EN, "(#more)", "(#les)"),
        r"lesson.md:3: the link #les leads to the heading \{#les\}, which docs/part/lesson.md",
    ),
    (
        "a broken anchor of another page",
        (EN, "glossary.md#glossary", "glossary.md#terms"),
        r"lesson.md:3: the link .* leads to the heading \{#terms\}, which docs/about/glossary.md",
    ),
    (
        "a broken image",
        (EN, "lesson-draw.svg", "lesson-drew.svg"),
        r"lesson.md:27: the link .*lesson-drew.svg leads to .*lesson-drew.svg, which does not",
    ),
    (
        "an image from another host",
        (EN, "The end.", "![x](https://example.com/x.svg)"),
        r"lesson.md:46: the image https://example.com/x.svg comes from another host",
    ),
    (
        "an absolute link",
        (EN, "../about/glossary.md#glossary", "/about/glossary/"),
        r"lesson.md:3: the link /about/glossary/ must be relative",
    ),
    (
        "a link to the Chinese file",
        (ZH, "glossary.md#glossary", "glossary.zh.md#glossary"),
        r"lesson.zh.md:3: link ../about/glossary.zh.md#glossary without .zh",
    ),
]


@pytest.mark.parametrize(
    "change, message", [b[1:] for b in BAD], ids=[b[0] for b in BAD]
)
def test_a_mistake_is_told(good: Project, change: tuple[str, str, str], message: str):
    good.change(*change)
    told = good.failures()
    assert re.search(message, told), told


def test_a_page_without_its_sibling(good: Project):
    good.path(ZH).unlink()
    assert f"{EN}:1: there is no Chinese page beside it; write {ZH}" in good.failures()
    good.path(ZH).write_text(project.FILES[ZH])
    good.path(EN).unlink()
    assert f"{ZH}:1: there is no English page beside it; write {EN}" in good.failures()


def test_a_page_name_that_is_taken_for_a_language(good: Project):
    good.path(EN).rename(good.path("docs/part/torch.nn.md"))
    assert (
        "docs/part/torch.nn.md:1: mkdocs-static-i18n takes what follows"
        in good.failures()
    )


def test_a_missing_figure(good: Project):
    good.path(SVG).unlink()
    assert f"{EN}:27: the link ../assets/figures/part/lesson-draw.svg leads to" in (
        good.failures()
    )


@pytest.mark.parametrize(
    "make, message",
    [
        (
            "docs/part/new.md",
            "docs/part/new.md:1: not in the navigation; add it to nav",
        ),
        (
            "snippets/part/new.py",
            "snippets/part/new.py:1: no page shows the section new",
        ),
        ("snippets/part/new.txt", "snippets/part/new.txt:1: belongs to no snippet"),
        (
            "docs/assets/figures/new.svg",
            "new.svg:1: no page shows this figure; delete it",
        ),
    ],
)
def test_a_file_that_nothing_uses(good: Project, make: str, message: str):
    good.path(make).write_text("# --8<-- [start:new]\nx = 1\n# --8<-- [end:new]\n")
    assert message in good.tree()


@pytest.mark.parametrize(
    "change, message",
    [
        (("part/lesson.md", "no.md"), "mkdocs.yml:3: nav lists no.md, no such page"),
        (
            ("  - about", "  - part/lesson.md\n  - about"),
            "mkdocs.yml:3: nav lists part/les",
        ),
        (
            ("Part: 部分", "Pt: 部分"),
            "mkdocs.yml:2: nav gives 'Part' no Chinese title; add",
        ),
    ],
    ids=["a page that is gone", "a page twice", "no Chinese title"],
)
def test_the_navigation(good: Project, change: tuple[str, str], message: str):
    good.change("mkdocs.yml", *change)
    assert message in good.tree()


def test_samples_of_pages_and_commands(good: Project):
    sample = '```markdown\n;--8<-- "part/lesson.py:data"\n```\n\n```sh\nmake test\n```'
    good.change(EN, "The end.", sample)
    good.change(ZH, "完。", sample)
    good.check("--record")
    good.check().assert_outcomes(passed=12)


def test_annotations_stand_between_code_and_output(good: Project):
    good.change(PY, 'print(f"mean', '# (1)!\nprint(f"mean')
    good.change(EN, '```text\n--8<-- "part/lesson.txt:mean"', "1. Text.\n\n\\g")
    good.change(ZH, '```text\n--8<-- "part/lesson.txt:mean"', "1. 文字。\n\n\\g")
    for name in (EN, ZH):
        good.change(name, "\\g", '```text\n--8<-- "part/lesson.txt:mean"')
    good.check("--record")
    good.check().assert_outcomes(passed=12)


def test_a_name_that_is_a_language(good: Project):
    for name in (EN, ZH):
        good.path(name).rename(good.path(name.replace("part/lesson", "zh")))
    assert "docs/zh.md:1: /zh/ is the address of a language" in good.failures()


def test_code_without_end(good: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "TIME_LIMIT", 1)
    good.change(PY, 'print(f"mean', 'while True:\n    pass\nprint(f"mean')
    told = good.failures()
    assert f"{EN}:9: the code of part/lesson.py:mean takes longer than 1 s" in told


def test_what_a_page_sets_is_gone_for_the_next(good: Project):
    good.change(PY, "points = [", "import math\n\nmath.pi = 3\npoints = [")
    good.check("--record")
    good.change(PY, "math.pi = 3", "assert math.pi > 3.1")
    good.check("--record").assert_outcomes(passed=4, deselected=8)


def test_nothing_that_was_there_is_lost(good: Project):
    good.change(
        PY, 'print(f"mean', "import sys\nopen(sys.argv[0], 'a').close()\nprint(f\"mean"
    )
    good.failures("--record")
    assert good.path(PY).exists()


def test_an_empty_line_is_no_output(good: Project):
    good.change(PY, "points = [", "print()\npoints = [")
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)


def test_a_page_that_cannot_be_read_runs_nothing(good: Project):
    good.change(EN, '"part/lesson.py:data"', "part/lesson.py:data")
    good.change(ZH, '"part/lesson.py:data"', "part/lesson.py:data")
    good.check().assert_outcomes(passed=2, failed=2, skipped=6)


def test_later_examples_are_reported_as_not_run(good: Project):
    good.change(PY, "points = [", "points = missing + [")
    result = good.check("-rs")
    result.assert_outcomes(passed=4, failed=2, skipped=6)
    assert f"not run: {EN}:5 failed" in result.stdout.str()


def test_both_languages_are_one_run(good: Project, monkeypatch: pytest.MonkeyPatch):
    runs = []
    once = run.run_again
    monkeypatch.setattr(run, "run_again", lambda *a: runs.append(a) or once(*a))
    good.check().assert_outcomes(passed=12)
    assert len(runs) == 1


def test_a_page_that_includes_something_else_is_run_too(good: Project):
    good.change(ZH, f'{PYTHON}"part/lesson.py:data"\n```\n\n', "")
    told = good.failures(ZH)
    assert f"{ZH}:5: the code of part/lesson.py:mean raises NameError" in told


def test_an_error_that_the_page_shows(good: Project):
    good.change(
        PY,
        'print(f"{2',
        'try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(e)\nprint(f"{2',
    )
    good.check("--record")
    good.check().assert_outcomes(passed=12)
    assert "division by zero\n10.6667\n" in good.path(TXT).read_text()


def test_a_file_that_is_deleted_again(good: Project):
    good.change(
        PY,
        'print(f"{2',
        "import tempfile\nwith tempfile.TemporaryDirectory() as d:\n"
        '    open(d + "/x", "w").close()\nprint(f"{2',
    )
    good.check().assert_outcomes(passed=12)


def test_the_last_digit_is_the_machines_while_nobody_touched_it(good: Project):
    good.change(TXT, "mean = 5.3333", "mean = 5.3334")
    text = good.path(TXT).read_text()
    from checker.record import HEADER, digest

    outputs = text.partition("\n")[2]
    header = HEADER.format(digest(good.root, "part/lesson.py", outputs))
    good.path(TXT).write_text(header + outputs)
    good.check().assert_outcomes(passed=12)
    good.change(PY, "points = [", "points  = [")
    assert f"{EN}:13: this is not what the code prints" in good.failures()


def test_recording_writes_what_changed(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    svg = good.path(SVG).read_bytes()
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    assert "mean = 5.6667\n" in good.path(TXT).read_text()
    assert good.path(SVG).read_bytes() != svg
    good.check().assert_outcomes(passed=12)


@pytest.mark.parametrize(
    "code",
    [
        "import random\nprint(random.random())\n",
        "print(list({'a', 'b', 'c', 'd', 'e', 'f'}))\n",
    ],
    ids=["no seed", "order of a set"],
)
def test_recording_refuses_what_changes_from_run_to_run(good: Project, code: str):
    text = good.path(TXT).read_bytes()
    good.change(PY, 'print(f"{2', f'{code}print(f"{{2')
    told = good.failures("--record")
    assert "part/lesson.py:double prints" in told
    assert "nothing was recorded" in told
    assert good.path(TXT).read_bytes() == text


def test_recording_the_first_time_reads_the_chinese_too(good: Project):
    good.path(TXT).unlink()
    good.change(ZH, "损失很小", "代价很小")
    assert "the glossary's Chinese for it, 损失" in good.failures("--record")


def test_recording_pairs_nothing_with_english_that_is_wrong(good: Project):
    pairs = good.path(TRANSLATIONS).read_bytes()
    good.change(EN, "The end.", "See [the end][nowhere].")
    good.change(ZH, "完。", "完了。")
    assert f"{EN}:46: a link that leads nowhere" in good.failures("--record")
    assert good.path(TRANSLATIONS).read_bytes() == pairs


def test_recording_without_the_other_language(good: Project):
    good.path(ZH).unlink()
    good.path(TXT).unlink()
    assert f"{EN}:1: there is no Chinese page beside it" in good.failures("--record")
    assert "mean = 5.3333" in good.path(TXT).read_text()


def test_recording_says_what_it_wrote(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    good.check("--record").stdout.fnmatch_lines([f"recorded {SVG}", f"recorded {TXT}"])


def test_recording_deletes_the_figure_of_a_section_that_is_gone(good: Project):
    for name in (PY, EN, ZH):
        good.change(
            name,
            "[start:draw]" if name == PY else "lesson.py:draw",
            "[start:plot]" if name == PY else "lesson.py:plot",
        )
        good.change(
            name,
            "[end:draw]" if name == PY else "lesson-draw",
            "[end:plot]" if name == PY else "lesson-plot",
        )
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    assert not good.path(SVG).exists()
    assert good.path(SVG.replace("draw", "plot")).exists()


def test_recording_refuses_code_that_raises(good: Project):
    text = good.path(TXT).read_bytes()
    good.change(PY, 'print(f"{2', 'print(missing)\nprint(f"{2')
    assert f"{EN}:38: the code of part/lesson.py:double raises" in good.failures(
        "--record"
    )
    assert good.path(TXT).read_bytes() == text


def test_recording_refuses_a_figure_that_is_too_large(good: Project):
    good.change(
        PY, "plt.plot(*zip(*points)", "plt.plot([i * i % 97 for i in range(9999)]"
    )
    told = good.failures("--record")
    assert "the figure of part/lesson.py:draw takes" in told
    good.path(PY).write_text(project.FILES[PY])
    good.check().assert_outcomes(passed=12)


def test_recording_refuses_english_that_changed_alone(good: Project):
    good.change(EN, "- Second.", "- Second, and last.")
    name = f"{EN}:32"
    assert f"make record CONFIRM={name}" in good.failures("--record")
    assert f"make record CONFIRM={name}" in good.failures()
    good.check("--record", "--confirm", name).assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)


def test_confirming_what_did_not_change(good: Project):
    told = good.failures("--record", "--confirm", f"{EN}:32")
    assert f"{EN}:32: confirmed, but no English changed alone here" in told
    result = good.check("--record", "--confirm", "lesson")
    result.stderr.fnmatch_lines(["*--confirm lesson: name an English paragraph*"])
    result = good.check("--confirm", f"{EN}:32")
    result.stderr.fnmatch_lines(["*--confirm goes with --record*"])


def test_confirming_a_page_that_is_not_run(good: Project):
    result = good.check("--record", "--confirm", f"{EN}:32", GLOSSARY)
    result.stderr.fnmatch_lines([f"*--confirm {EN}:32: {ZH} is not part of this run"])


@pytest.mark.parametrize("broken", ["[]", '{"docs/part/lesson.md": [1]}'])
def test_translations_of_another_shape(good: Project, broken: str):
    good.path(TRANSLATIONS).write_text(broken)
    assert f"{TRANSLATIONS}:1: cannot be read" in good.failures()


def test_translations_that_a_merge_broke(good: Project):
    good.path(TRANSLATIONS).write_text("<<<<<<< HEAD\n{}")
    assert f"{TRANSLATIONS}:1: cannot be read" in good.failures()


def test_recording_takes_a_change_in_both_languages(good: Project):
    good.change(EN, "- Second.", "- Second, and last.")
    good.change(ZH, "- 第二。", "- 第二，也是最后。")
    assert "new or changed in both languages: 1 in all" in good.failures()
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)


def test_changed_pages_outside_git(good: Project):
    result = good.check("--changed")
    result.stderr.fnmatch_lines(["*--changed asks git what changed, and git says:*"])


def test_changed_pages_only(good: Project):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        assert good.pytester.run(*git, *command).ret == 0
    good.check("--changed").assert_outcomes(passed=4, deselected=8)
    good.change(PY, "(3, 8)", "(3, 9)")
    result = good.check("--changed")
    result.assert_outcomes(passed=6, failed=2, skipped=4)


MODULE = """\
# --8<-- [start:pair]
class Pair:
    def __init__(self, left, right):
        self.left, self.right = left, right

    # --8<-- [end:pair]

    # --8<-- [start:total]
    def total(self):
        return self.left + self.right

    # --8<-- [end:total]
"""
METHODS = "".join(
    f'```python\n--8<-- "part/pair.py:{name}"\n```\n\n' for name in ("pair", "total")
)


@pytest.fixture
def with_module(good: Project) -> Project:
    """The good project, its lesson importing a class that it shows method by method."""
    good.path("snippets/part/pair.py").write_text(MODULE)
    good.change(PY, "2 * mean", "Pair(mean, mean).total()")
    good.change(PY, 'print(f"{Pair', 'from pair import Pair\n\nprint(f"{Pair')
    for name in (EN, ZH):
        good.change(name, "## ", f"{METHODS}## ")
    good.check("--record").assert_outcomes(passed=4, deselected=12)
    return good


def test_a_module_is_shown_by_its_parts_and_run_by_its_import(with_module: Project):
    with_module.check().assert_outcomes(passed=16)
    assert with_module.tree() == ""
    assert not with_module.path("snippets/part/pair.txt").exists()


def test_a_module_may_be_shown_first(with_module: Project):
    for name in (EN, ZH):
        with_module.change(name, METHODS, "")
        with_module.change(name, "```python", f"{METHODS}```python")
    with_module.check("--record").assert_outcomes(passed=4, deselected=12)
    with_module.check().assert_outcomes(passed=16)


def test_a_mistake_in_a_module_is_told_where_it_is_used(with_module: Project):
    with_module.change(
        "snippets/part/pair.py", "self.left + self", "self.missing + self"
    )
    told = with_module.failures()
    assert "the code of part/lesson.py:double raises AttributeError" in told


def test_a_module_that_nothing_imports_is_run_as_shown(with_module: Project):
    with_module.change(PY, "from pair import Pair\n", "")
    told = with_module.failures()
    assert "the code of part/pair.py:total raises IndentationError" in told
