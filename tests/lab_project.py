"""A small project with one lab, for tests that run it and make it bad."""

from built import small_project

HEAD = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

# {title} {{#lab}}

"""
CELLS = """\
```python
from helper import number

print("{word}", number)  # {word}
print(number + 1, flush=True)
```

{word} 1.

```python alt="{word}" caption="{word}"
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
```
"""


def project_with_lab(folder, english=CELLS, chinese=CELLS):
    """A small project whose one page is a lab that imports a module."""
    project = small_project(folder, "# A {#a}\n", "# 一 {#a}\n")
    config = (project / "mkdocs.yml").read_text("utf-8")
    config = config.replace("nav: [index.md]", "nav: [index.md, labs/lab.md]")
    (project / "mkdocs.yml").write_text(config, "utf-8")
    (project / "docs/labs").mkdir(exist_ok=True)
    (project / "snippets/line").mkdir()
    (project / "snippets/line/helper.py").write_text("number = 4\n")
    write(project, "lab.md", "Lab", english.format(word="Two"))
    write(project, "lab.zh.md", "实验", chinese.format(word="二"))
    return project


def write(project, name, title, text):
    (project / "docs/labs" / name).write_text(HEAD.format(title=title) + text, "utf-8")
