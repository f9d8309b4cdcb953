"""A page as a Jupyter notebook.

Prose becomes Markdown cells; each section of the page's own script, and each cell of a
lab, a code cell with its recorded output. What the code imports of ours is written by
cells at the top, so that the notebook runs anywhere, alone.
"""

import json
from urllib.parse import urljoin

from publishing.install import installing_cell
from publishing.modules import without_marks, writing_cells
from publishing.notebook_cells import Writer, markdown_cell, setup_cell
from reading.blocks import parse
from reading.imports import LAB_FOLDERS, imported, modules_of, pins
from reading.model import GUIDE, Page

TOP = {
    "en": "This is [a page]({page}) of [Code first]({home}), as a notebook.",
    "zh": "本 notebook 由[代码先行]({home})的[这一页]({page})生成。",
}
SOLUTIONS = {"en": "Solutions", "zh": "参考解答"}
AT_THE_END = {
    "en": "The solutions of its exercises stand at the end.",
    "zh": "练习的解答放在最后。",
}
INSTALLS = {
    "en": "The first code cell installs what is missing here of the packages that the others"
    " import, in the versions that ran on the site.",
    "zh": "第一个代码单元格检查后面要用到的包，缺什么装什么，版本与本站运行时相同。",
}
WRITES = {
    "en": "The next ones write the modules that the lessons share, beside this notebook; change"
    " one in its cell, and run the cell again.",
    "zh": "接下来的单元格把几课共用的模块存成文件，和本 notebook 放在同一个目录里；"
    "要改模块，就改它的单元格，再运行一遍。",
}


def has_notebook(page: Page) -> bool:
    """Return whether a page, which can be read, is a lesson with a script, or a lab."""
    # Some pages show code of others only.
    script = page.examples and (page.root / "snippets" / page.snippet).is_file()
    return bool(script or page.cells)


def make_notebook(page: Page, site: str, results: list[list[dict]]) -> str:
    """Make the notebook of a page.

    Args:
        page: the page.
        site: address of the site, which links are made absolute with.
        results: of a lab, the outputs of its cells; those of a lesson are recorded.

    Returns:
        The notebook, as it is written to a file; the same page gives the same text.
    """
    language = "zh" if page.chinese else "en"
    writer = Writer(page, site, results)
    writer.blocks(parse(page.text).children)
    writer.end_prose()
    cells = writer.cells
    if writer.solutions:
        cells += [markdown_cell(f"## {SOLUTIONS[language]}"), *writer.solutions]
    if page.cells:
        code = "\n".join(cell.code for cell in page.cells)
        modules = modules_of(page.root, code, LAB_FOLDERS)
    else:
        code = (page.root / "snippets" / page.snippet).read_text("utf-8")
        modules = imported(page.root, page.snippet)[1:]
    needed = pins([code, *(without_marks(page.root, path) for path in modules)])
    home = urljoin(site, "zh/") if page.chinese else site
    says = [TOP[language].format(home=home, page=writer.absolute(""))]
    if writer.solutions:
        says.append(AT_THE_END[language])
    setup = []
    if needed:
        says.append(INSTALLS[language])
        guide = f"{home}{GUIDE.removesuffix('.md')}/"
        setup.append(installing_cell(needed, language, guide))
    if modules:
        says.append(WRITES[language])
        setup += writing_cells(page.root, modules, language)
    title, *rest = cells
    heading, _, lead = title["source"].partition("\n\n")
    note = ("" if page.chinese else " ").join(says)
    first = markdown_cell(f"{heading}\n\n{note}")
    rest = [markdown_cell(lead), *rest] if lead else rest
    cells = [first, *map(setup_cell, setup), *rest]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # nbformat would draw them at random
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
