"""Sections of a snippet, and includes of them on a page."""

from good_project import EN, PY, PYTHON, ZH, Project, mistakes

pytest_plugins = ["pytester", "good_project"]


@mistakes(
    [
        (
            "a section that is missing",
            (EN, "lesson.py:double", "lesson.py:treble"),
            r"lesson.md:40: snippets/part/lesson.py has no section treble; add .*start:treble",
        ),
        (
            "a section opened by another name",
            (PY, "[start:double]", "[start:treble]"),
            r"snippets/part/lesson.py:19: \[end:double\] closes nothing: section treble is open",
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
            r"lesson.md:39: not shown: more of snippets/part/lesson.py \(line 20\); include each",
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
    ]
)
def test_a_mistake_in_sections_is_told(good, change, message):
    good.tells(change, message)


@mistakes(
    [
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
            r"lesson.md:49: an include outside a code block is published as text",
        ),
    ]
)
def test_a_mistake_in_includes_is_told(good, change, message):
    good.tells(change, message)


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
