"""A small project with one of each kind of thing that a page depends on."""

from pathlib import Path

from built import small_project

LESSON = """\
# {title} {{#lesson}}

{loss}: [{other}](other.md), [below](#more), [index](../index.md).

```python
--8<-- "line/lesson.py:first"
```

```text
--8<-- "line/lesson.txt:first"
```

![{alt}](../assets/figures/line/lesson-first.svg)
{alt}

!!! failure nan "{mistake}"

    {told}

## {more} {{#more}}

{text} $a + 1$.
"""
FILES = {
    "docs/line/lesson.md": LESSON.format(
        **{"title": "Lesson", "loss": "The loss", "other": "other", "alt": "A line."},
        **{"more": "More", "text": "A weight is a number"},
        mistake="Break it: once",
        told="**What you see:** nan. **Why:** so. **What to do:** less.",
    ),
    "docs/line/lesson.zh.md": LESSON.format(
        **{"title": "一课", "loss": "损失", "other": "另一页", "alt": "一条线。"},
        **{"more": "更多", "text": "权重是数，步长是 1"},
        mistake="动手弄坏它：一次",
        told="**现象**：nan。**原因**：如此。**对策**：少些。",
    ),
    "docs/line/other.md": "# Other {#other}\n\nNothing here.\n",
    "docs/line/other.zh.md": "# 另一页 {#other}\n\n这里什么也没有。\n",
    "docs/mistakes.md": "# Mistakes {#mistakes}\n\n## It is nan {#nan}\n\nA number.\n",
    "docs/mistakes.zh.md": "# 错误 {#mistakes}\n\n## 变成 nan {#nan}\n\n一个数。\n",
    "docs/about/glossary.md": (
        "# Glossary {#glossary}\n\n| English | 中文 | Meaning |\n|---|---|---|\n"
        "| loss | 损失 | How wrong. |\n| weight | 权重 | A number. |\n"
        # No word that search would keep whole by itself; the code of a lesson has it.
        "| stride count | 数步长 | A number. |\n"
    ),
    "docs/about/glossary.zh.md": (
        "# 术语表 {#glossary}\n\n| English | 中文 | 含义 |\n|---|---|---|\n"
        "| loss | 损失 | 错多少。 |\n| weight | 权重 | 一个数。 |\n"
        "| stride count | 数步长 | 一个数。 |\n"
    ),
    "docs/assets/figures/line/lesson-first.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>\n'
    ),
    "snippets/line/lesson.py": (
        '# --8<-- [start:first]\nfrom helper import number\n\nname = "数步长"\n'
        "print(number)\n"
        "# --8<-- [end:first]\n\n# --8<-- [start:second]\nx = 1\n# --8<-- [end:second]\n"
    ),
    "snippets/line/lesson.txt": "--8<-- [start:first]\n4\n--8<-- [end:first]\n",
    "snippets/line/helper.py": (
        "# --8<-- [start:number]\nnumber = 4\n# --8<-- [end:number]\n"
    ),
}


def write(project, name, text):
    file = project / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def project_of_every_kind(folder: Path) -> Path:
    """Make the project, which has not been built."""
    project = small_project(folder, "# A {#a}\n\nText.\n", "# 一 {#a}\n\n文字。\n")
    for name, text in FILES.items():
        write(project, name, text)
    config = (project / "mkdocs.yml").read_text("utf-8")
    pages = "line/lesson.md, line/other.md, about/glossary.md, mistakes.md"
    config = config.replace("nav: [index.md]", f"nav: [index.md, {{Part: [{pages}]}}]")
    config = config.replace("A line through three points: 过三个点的直线", "Part: 部分")
    (project / "mkdocs.yml").write_text(config, "utf-8")
    return project
