"""A mistake is told by its cause; what follows from it is left out."""

import pytest

from good_project import EN, GLOSSARY, PY, SVG, TXT, ZH, Project

pytest_plugins = ["pytester", "good_project"]


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
    good.says_only(*messages)


def test_a_page_in_another_encoding_is_told_once(good: Project):
    text = good.path(ZH).read_text("utf-8")
    good.path(ZH).write_bytes(text.encode("gbk"))
    good.says_only("lesson.zh.md:1: not UTF-8; save the file as UTF-8")


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
    good.says_only(*messages)


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
    good.says_only(*messages)


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
    good.says_only(*messages)


def test_a_misspelt_include_is_no_reason_to_delete_the_section(good: Project):
    for path in (EN, ZH):
        good.change(path, "lesson.py:data", "lesson.py:dta")
    good.says_only(*(rf"{path}:6: .* did you mean data\?" for path in (EN, ZH)))


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
    good.says_only(*messages)
