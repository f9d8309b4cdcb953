"""A mistake is told by its cause; what follows from it is left out."""

import re
from pathlib import Path

import pytest

from checker.structure import no_sibling, structure_problems
from checker.translation import translation_problems
from good_project import EN, GLOSSARY, PY, SVG, TXT, ZH, Project
from reading.pages import page_paths, read_page

pytest_plugins = ["pytester", "good_project"]

CODE = '    ```python\n    --8<-- "part/lesson.py:double"\n    ```'


def told(good: Project) -> list[str]:
    """All that is said of pages and of the project, without running code."""
    problems = []
    for path in page_paths(good.root):
        page = read_page(good.root, path)
        problems += structure_problems(good.root, page)
        if not good.path(page.sibling).is_file():
            problems.append(no_sibling(page))
        elif page.chinese:
            problems += translation_problems(good.root, page)
    said = [*map(str, problems), *filter(None, good.tree().split("\n"))]
    return list(dict.fromkeys(said))


def only(good: Project, *messages: str) -> None:
    """Hold that these are said, and nothing else."""
    said = told(good)
    assert len(said) == len(messages), said
    for message in messages:
        assert any(re.search(message, each) for each in said), (message, said)


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (
            (EN, "# A lesson", "\ufeff# A lesson"),
            ["lesson.md:1: column 1 holds U.FEFF"],
        ),
        ((ZH, "完。", "<<<<<<< HEAD\n完。"), ["lesson.zh.md:49: a merge is not"]),
        ((EN, "The end.", "The \udcff end."), ["lesson.md:49: not UTF-8"]),
        ((GLOSSARY, "# G", "\ufeff# G"), ["glossary.md:1: column 1 holds U.FEFF"]),
        (
            (PY, "mean = sum", "=======\nmean = sum"),
            [f"{PY}:6: a merge is not finished"],
        ),
        ((TXT, "mean =", "=======\nmean ="), [f"{TXT}:3: a merge is not finished"]),
    ],
    ids=["mark", "merge", "bytes", "glossary", "snippet", "output"],
)
def test_of_what_cannot_be_read_only_that_is_told(good: Project, change, messages):
    good.change(*change)
    only(good, *messages)


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (
            (EN, 'lesson.txt:mean"\n```', 'lesson.txt:mean"'),
            ["lesson.md:13: the block is never closed; add ```"],
        ),
        (
            (EN, 'lesson.py:data"\n```', 'lesson.py:data"'),
            ["lesson.md:5: the block is never closed; add ```"],
        ),
        (
            (PY, "[end:mean]", "[end:maen]"),
            [rf"{PY}:8: \[end:maen\] closes nothing: section mean is open"],
        ),
        (
            (PY, "# --8<-- [start:mean]", "# --8<-- [begin:mean]"),
            [f"{PY}:5: not a section marker", rf"{PY}:8: \[end:mean\] closes nothing"],
        ),
        (
            (GLOSSARY, "# Glossary {#glossary}", "# Glossary"),
            ["glossary.md:1: the heading has no id"],
        ),
    ],
    ids=["output", "code", "end of a section", "start of a section", "id"],
)
def test_what_follows_from_a_mistake_is_left_out(good: Project, change, messages):
    good.change(*change)
    only(good, *messages)


@pytest.mark.parametrize(
    ("gone", "messages"),
    [
        (PY, [rf"{path}:6: there is no {PY}; create it" for path in (EN, ZH)]),
        (TXT, [rf"{path}:14: there is no {TXT}; run make record" for path in (EN, ZH)]),
        (SVG, [rf"{p}:27: .*; run make record, which draws it" for p in (EN, ZH)]),
        (ZH, [f"{EN}:1: there is no Chinese page beside it; write {ZH}"]),
        (EN, [f"{ZH}:1: there is no English page beside it; write {EN}"]),
    ],
)
def test_what_follows_from_a_missing_file_is_left_out(good: Project, gone, messages):
    good.path(gone).unlink()
    only(good, *messages)


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (
            (EN, "lesson-draw", "lesson-drw"),
            [
                r"lesson.md:27: .*; did you mean ../assets/figures/part/lesson-draw.svg\?"
            ],
        ),
        (
            (EN, "about/glossary.md", "about/glosary.md"),
            [r"lesson.md:3: .*not exist; did you mean ../about/glossary.md\?"],
        ),
        ((EN, "(#more)", "(#mor)"), [r"lesson.md:3: .*not have; did you mean #more\?"]),
        (
            ("mkdocs.yml", "part/lesson.md", "part/leson.md"),
            [r"mkdocs.yml:3: nav lists .*such page; did you mean part/lesson.md\?"],
        ),
        (
            ("mkdocs.yml", "Part: 部分", "Part s: 部分"),
            [
                r"mkdocs.yml:2: nav gives 'Part' no Chinese title; add .*; did you mean Part s\?"
            ],
        ),
    ],
    ids=["figure", "page", "heading", "navigation", "title"],
)
def test_a_name_that_is_misspelt_is_told_where_it_stands(good, change, messages):
    good.change(*change)
    only(good, *messages)


def test_a_misspelt_include_is_no_reason_to_delete_the_section(good: Project):
    for path in (EN, ZH):
        good.change(path, "lesson.py:data", "lesson.py:dta")
    only(good, *(rf"{path}:6: .* did you mean data\?" for path in (EN, ZH)))


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            ZH,
            "docs/part/leson.zh.md",
            [f"{EN}:1: .*mean docs/part/leson.zh.md", f"leson.zh.md:1: .*mean {EN}"],
        ),
        (
            ZH,
            "docs/part/lesson.zh-CN.md",
            [
                f"{EN}:1: .*mean docs/part/lesson.zh-CN.md",
                f"CN.md:1: .* is called {ZH}",
            ],
        ),
        (
            TXT,
            "snippets/part/leson.txt",
            [
                f"{EN}:14: there is no {TXT}",
                f"{ZH}:14: there is no {TXT}",
                rf"leson.txt:1: belongs to no snippet; did you mean {TXT}\?",
            ],
        ),
    ],
)
def test_a_file_that_is_misnamed_is_not_to_be_deleted(good, old, new, messages):
    good.path(old).rename(good.path(new))
    only(good, *messages)


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
    only(good, rf"lesson.md:{line}: indented by \d spaces; .* so write 0 or 4")


def test_three_spaces_in_front_matter_and_in_code_are_nobodys_mistake(good: Project):
    for path in (EN, ZH):
        good.change(path, "# ", "---\nhide:\n  - toc\n---\n\n# ")
        good.change(path, "## ", "```sh\nif true\n\n  then ls\nfi\n```\n\n## ")
    assert told(good) == []


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
    only(good, f"lesson.md:{message}")


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
    assert any(each.endswith(message) for each in told(good)), told(good)
