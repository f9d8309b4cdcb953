"""Slips of the hand in Markdown, told in terms of the line on which they are."""

from pathlib import Path

import pytest

from good_project import EN, ZH, Project

pytest_plugins = ["pytester", "good_project"]

CODE = '    ```python\n    --8<-- "part/lesson.py:double"\n    ```'


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (CODE, CODE.replace("    ", "   "), 39),
        (CODE, CODE.replace("\n    -", "\n   -"), 40),
        (CODE, CODE.replace("\n    `", "\n   `"), 41),
        ("    Twice", "  Twice", 37),
        ("    **What you", "   **What you", 47),
        ("- Second.", "- Second.\n\n  More of it.", 35),
        ("- Second.", "- Second.\n   - Inner.", 34),
    ],
)
def test_three_spaces_where_four_are_needed(good: Project, old, new, line):
    good.change(EN, old, new)
    good.says_only(rf"lesson.md:{line}: indented by \d spaces; .* so write 0 or 4")


def test_three_spaces_in_front_matter_and_in_code_are_nobodys_mistake(good: Project):
    for path in (EN, ZH):
        good.change(path, "# ", "---\nhide:\n  - toc\n---\n\n# ")
        good.change(path, "## ", "```sh\nif true\n\n  then ls\nfi\n```\n\n## ")
    assert good.says() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('lesson.txt:mean"', "", "14: .*write exactly: ```text, .*lesson.txt:section"),
        (
            '--8<-- "part/lesson.txt:mean"',
            "mean = 5.3333",
            "14: a code block that is not an include; write exactly: ```text",
        ),
        (
            '--8<-- "part/lesson.py:data"',
            ';--8<-- "part/lesson.py:data"',
            "6: the include is escaped, .*; leave out the semicolon",
        ),
        (
            '--8<-- "part/lesson.txt:mean"',
            ';--8<-- "part/lesson.txt:mean"',
            "14: the include is escaped, .*; leave out the semicolon",
        ),
    ],
)
def test_advice_is_in_terms_of_the_block_that_is_wrong(good, old, new, message):
    good.change(EN, old, new)
    good.says_only(f"lesson.md:{message}")


LAB = """\
---
jupyter:
  kernelspec:
    name: python3
---

# {0} {{#lab}}

```python
# {0}
def f(x):
    if x:
        return x + {1}
    return "{0}"


print(f(1))
```

```sh
ls
{2}
```
"""


@pytest.mark.parametrize(
    ("number", "command", "message"),
    [
        (
            2,
            "ls",
            "lab.zh.md:13: the cells differ in more than strings and comments; here is:"
            " return x + 2\n  where docs/part/lab.md:13 has: return x + 1",
        ),
        (
            1,
            "dir",
            "lab.zh.md:22: the blocks differ; here is: dir\n"
            "  where docs/part/lab.md:22 has: ls",
        ),
    ],
)
def test_of_two_blocks_that_differ_the_line_is_told(good, number, command, message):
    lab: Path = good.path("docs/part/lab.md")
    lab.write_text(LAB.format("A", 1, "ls"), "utf-8")
    lab.with_suffix(".zh.md").write_text(LAB.format("一", number, command), "utf-8")
    good.change("mkdocs.yml", "  - about", "  - part/lab.md\n  - about")
    assert any(each.endswith(message) for each in good.says()), good.says()
