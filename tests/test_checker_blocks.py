"""Code blocks of a page, and what no file may hold."""

from good_project import EN, GLOSSARY, PY, ZH, mistakes

pytest_plugins = ["pytester", "good_project"]


@mistakes(
    [
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
            r"lesson.md:49: a code block that is not an include \(```py\); write exactly",
        ),
        (
            "``` python",
            (EN, "The end.", "``` python\nx = 1\n```"),
            r"lesson.md:49: a code block that is not an include \(``` python\)",
        ),
        (
            "a title",
            (EN, "The end.", '```python title="x"\nx = 1\n```'),
            r'lesson.md:49: a code block that is not an include \(```python title="x"\)',
        ),
        (
            "tildes",
            (EN, "The end.", "~~~python\nx = 1\n~~~"),
            r"lesson.md:49: a code block that is not an include \(~~~python\)",
        ),
        (
            "braces",
            (EN, "The end.", "``` { .python .x }\nx = 1\n```"),
            r"lesson.md:49: a code block that is not an include \(``` { .python .x }\)",
        ),
        (
            "no language",
            (EN, "The end.", "```\nx = 1\n```"),
            r"lesson.md:49: a code block that is not an include \(```\)",
        ),
        (
            "indented code",
            (EN, "The end.", "Text.\n\n    x = 1"),
            r"lesson.md:51: a code block that is not an include \(indented code\)",
        ),
        (
            "code in a list",
            (EN, "- Second.", "- Second.\n\n    ```py\n    x = 1\n    ```"),
            r"lesson.md:35: a code block that is not an include \(```py\)",
        ),
        (
            "code in an admonition",
            (EN, "    Twice", "    ```py\n    x = 1\n    ```\n\n    Twice"),
            r"lesson.md:37: a code block that is not an include \(```py\)",
        ),
        (
            "code with CRLF",
            (EN, "The end.", "```py\r\nx = 1\r\n```\r\n"),
            r"lesson.md:49: a code block that is not an include \(```py\)",
        ),
        (
            "code as HTML",
            (EN, "The end.", "<pre>x = 1</pre>"),
            r"lesson.md:49: HTML is not checked \(<pre>x = 1</pre>\); write Markdown, and code as",
        ),
        (
            "a block that is never closed",
            (
                EN,
                "    ```\n\n    **What you see:** too much."
                " **Why:** it is doubled. **What to do:** do not.\n\nThe end.",
                "",
            ),
            r"lesson.md:43: the block is never closed; add ```",
        ),
    ]
)
def test_a_mistake_in_blocks_is_told(good, change, message):
    good.tells(change, message)


@mistakes(
    [
        (
            "a page that is not UTF-8",
            (EN, "The end.", "The \udcff end."),
            r"lesson.md:49: not UTF-8; save the file as UTF-8",
        ),
        (
            "a merge that is not finished",
            (EN, "The end.", "<<<<<<< HEAD\nThe end."),
            r"lesson.md:49: a merge is not finished; resolve it",
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
            r"lesson.md:49: HTML is not checked",
        ),
        (
            "a box without a title",
            (EN, '!!! failure wrong "Break it: double"', "!!! failure"),
            r"lesson.md:35: give the box a title in quotes, in the language of the page",
        ),
        (
            "a link that is none",
            (EN, "The end.", "See [the end][nowhere]."),
            r"lesson.md:49: a link that leads nowhere",
        ),
        (
            "a link to nothing",
            (EN, "[below](#more)", "[below]()"),
            r"lesson.md:3: a link to nothing; write \[text\]\(page.md\)",
        ),
        (
            "front matter that is no YAML",
            (EN, "# A lesson", "---\ntitle: a: b\n---\n\n# A lesson"),
            r"lesson.md:2: the front matter is no YAML \(mapping values",
        ),
        (
            "a row with a cell too many",
            (GLOSSARY, "| Which way is up. |", "| Which way is up. | x |"),
            r"glossary.md:9: the row has another number of cells than its table",
        ),
        (
            "an id that is not plain",
            (ZH, "{#more}", "{#更多}"),
            r"lesson.zh.md:30: the id 更多 is more than small letters, digits, - and _",
        ),
        (
            "a link in full-width brackets",
            (ZH, "[下文](#more)", "[下文]（#more）"),
            r"lesson.zh.md:3: a link that leads nowhere; .* with \( \) of ASCII",
        ),
        (
            "a link to what is not published",
            (EN, "#glossary)", "#glossary), [x](../_hooks/x.md)"),
            r"lesson.md:3: the link ../_hooks/x.md leads to what is not published",
        ),
    ]
)
def test_what_no_file_may_hold(good, change, message):
    good.tells(change, message)


@mistakes(
    [
        (
            "no symptom",
            (EN, "!!! failure wrong", "!!! failure"),
            r"lesson.md:\d+: nothing is no symptom of docs/mistakes.md; .* one of wrong,",
        ),
        (
            "a symptom that is not listed",
            (ZH, "!!! failure wrong", "!!! failure nan"),
            r"lesson.zh.md:\d+: nan is no symptom of docs/mistakes.md",
        ),
        (
            "another title",
            (EN, "Break it: double", "Double"),
            r"lesson.md:\d+: the title of the box begins 'Break it: '",
        ),
        (
            "a part that is missing",
            (EN, "**Why:** it is doubled. ", ""),
            r"lesson.md:\d+: the box has no paragraph with .*What you see.*in this order",
        ),
        (
            "parts in another order",
            (
                ZH,
                "**现象**：太多。**原因**：加倍了。",
                "**原因**：加倍了。**现象**：太多。",
            ),
            r"lesson.zh.md:\d+: the box has no paragraph with .*现象.*in this order",
        ),
    ]
)
def test_a_box_that_the_list_of_mistakes_cannot_use_is_told(good, change, message):
    for path in ("docs/mistakes.md", "docs/mistakes.zh.md"):
        text = "# Mistakes {#mistakes}\n\n## It is wrong {#wrong}\n\nSo.\n"
        good.path(path).write_text(text, "utf-8")
    assert "of the box" not in good.failures()
    good.tells(change, message)
