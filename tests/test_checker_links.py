"""Headings, links, images and files, and the project as a whole."""

import pytest

import project
from good_project import EN, SVG, ZH, Project, mistakes

pytest_plugins = ["pytester", "good_project"]


@mistakes(
    [
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
            r"lesson.md:3: the link .* leads to the heading \{#terms\}, which"
            r" docs/about/glossary.md",
        ),
        (
            "a broken image",
            (EN, "lesson-draw.svg", "lesson-drew.svg"),
            r"lesson.md:27: the link .*lesson-drew.svg leads to .*lesson-drew.svg, which does not",
        ),
        (
            "an image from another host",
            (EN, "The end.", "![x](https://example.com/x.svg)"),
            r"lesson.md:49: the image https://example.com/x.svg comes from another host",
        ),
        (
            "a figure moved by a script that is not there",
            (EN, "draw.svg)", 'draw.svg){ data-figure="drew" }'),
            r"lesson.md:27: there is no docs/assets/javascripts/figures/drew.js to move",
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
)
def test_a_mistake_in_links_is_told(good, change, message):
    good.tells(change, message)


def test_a_missing_figure(good: Project):
    good.path(SVG).unlink()
    assert f"{EN}:27: the link ../assets/figures/part/lesson-draw.svg leads to" in (
        good.failures()
    )


def test_a_page_name_that_is_taken_for_a_language(good: Project):
    good.path(EN).rename(good.path("docs/part/torch.nn.md"))
    assert (
        "docs/part/torch.nn.md:1: mkdocs-static-i18n takes what follows"
        in good.failures()
    )


def test_a_page_name_that_is_no_address(good: Project):
    good.path(EN).rename(good.path("docs/part/My Lesson.md"))
    told = good.failures()
    assert "docs/part/My Lesson.md:1: the name of a page is its address" in told


def test_a_name_that_is_a_language(good: Project):
    for name in (EN, ZH):
        good.path(name).rename(good.path(name.replace("part/lesson", "zh")))
    assert "docs/zh.md:1: /zh/ is the address of a language" in good.failures()


def test_an_image_that_a_phone_waits_for(good: Project):
    good.path("docs/part/photo.png").write_bytes(bytes(100_001))
    for name in (EN, ZH):
        good.change(name, "## ", "![图 A picture](photo.png)\n\n## ")
    told = good.failures()
    assert "lesson.md:30: part/photo.png takes 100,001 bytes, more than" in told, told


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
        (
            ("  - about", "  - part/lesson.zh.md\n  - about"),
            "mkdocs.yml:4: nav lists part/lesson.zh.md; list part/lesson.md, and",
        ),
        (
            ("Part: 部分", "Part: Part"),
            "mkdocs.yml:2: nav gives 'Part' no Chinese title; add",
        ),
    ],
    ids=[
        "a page that is gone",
        "a page twice",
        "no Chinese title",
        "a Chinese page",
        "in English",
    ],
)
def test_the_navigation(good: Project, change: tuple[str, str], message: str):
    good.change("mkdocs.yml", *change)
    assert message in good.tree()


@pytest.mark.parametrize(
    "change, message",
    [
        (("  - about", "\t- about"), "mkdocs.yml:4: found character '\\t'"),
        (
            ("plugins:", "nav:\n  - a.md\nplugins:"),
            "mkdocs.yml:5: nav is set on line 1 too",
        ),
        (("nav:", "nav: ["), "mkdocs.yml:2: "),
    ],
    ids=["a tab", "a name twice", "a bracket"],
)
def test_settings_that_cannot_be_read_are_told_once(
    good: Project, change, message: str
):
    good.change("mkdocs.yml", *change)
    told = good.check().stderr.str()
    assert message in told and told.count("mkdocs.yml:") == 1, told


@pytest.mark.parametrize(
    "name, owner", [("token", "Python"), ("numpy", "an installed package")]
)
def test_a_snippet_that_hides_a_module(good: Project, name: str, owner: str):
    code = "# --8<-- [start:new]\nx = 1\n# --8<-- [end:new]\n"
    good.path(f"snippets/part/{name}.py").write_text(code)
    assert f"{name}.py:1: {owner} has a module of this name" in good.tree()


def test_what_editors_and_systems_leave_is_no_mistake(good: Project):
    project.litter(good.root)
    assert good.tree() == ""
    good.check().assert_outcomes(passed=12)
