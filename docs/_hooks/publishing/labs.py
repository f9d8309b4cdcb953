"""Labs: pages with their code in them, run when the site is built.

What the code prints and draws becomes Markdown of the page, which is then rendered like
any other. Results are kept (cache.py), for both languages and for the next build.
`make build` waits for labs that have to run; `make serve` shows their pages without
results, runs them meanwhile, and shows the pages again.
"""

import ast
import logging
import os
from base64 import b64decode
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import cache
from html import escape
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from cache import cache_of, our_code, sum_of, sum_of_file, versions
from publishing.environment import arithmetic
from publishing.images import PNG, SVG
from publishing.kernel import Outputs, run
from publishing.modules import writing_cells
from reading.imports import HOUSE_STYLE, LAB_FOLDERS, modules_of
from reading.model import CHINESE, Cell, Page
from reading.pages import page_paths, read_page
from reading.weights import recorded_weights

log = logging.getLogger("mkdocs.hooks.labs")

FOLDER = "docs/labs/"
TEXT = "text/plain"

PENDING = {
    "en": (
        "These results are being computed",
        "The code of this page runs on your computer for the first time, or it has"
        " changed. The results appear here by themselves.",
    ),
    "zh": (
        "结果正在计算",
        "本页的代码第一次在你的电脑上运行，或者刚刚改过。算完之后，结果会自动出现在这里。",
    ),
}
FAILED = {"en": "The code of this page stopped", "zh": "本页的代码中途出错"}

# What runs, or waits to, in this process, and what went wrong, by the key of the lab.
_running: dict[str, Future] = {}
_failed: dict[str, str] = {}
_waiting: SimpleQueue = SimpleQueue()


def key_of(lab: Page) -> str:
    """Sum of what the results of a lab depend on.

    Its code without comments, the modules of ours that it imports, Python and every
    package installed, the style of figures, what of the environment changes arithmetic,
    and how a lab is run.
    """
    code = _without_comments(*(cell.code for cell in lab.cells))
    modules = _modules(lab) + recorded_weights(lab.root, _modules(lab))
    modules = [sum_of_file(lab.root / "snippets" / path) for path in modules]
    parts = ("environment", "images", "kernel", "modules")
    ours = our_code(*(f"publishing/{part}" for part in parts))
    style = HOUSE_STYLE.read_bytes()
    return sum_of(ours, versions(), arithmetic(), style, code, *modules)


def _modules(lab: Page) -> list[str]:
    code = "\n".join(cell.code for cell in lab.cells)
    return modules_of(lab.root, code, LAB_FOLDERS)


def cells_of(lab: Page) -> list[str]:
    """Return the cells that are run: those that write modules, and those of the page."""
    modules = writing_cells(lab.root, _modules(lab), "zh" if lab.chinese else "en")
    return [*modules, *(cell.code for cell in lab.cells)]


@cache
def _without_comments(*cells: str) -> str:
    """Return what runs of some code: languages may differ in the rest."""
    return "\n".join(ast.dump(ast.parse(code)) for code in cells)


def results_of(lab: Page) -> list[Outputs] | None:
    """Return the outputs of each cell of a lab; None while it has not been run."""
    key = key_of(lab)
    if (kept := cache_of(lab.root).get("lab", key)) is not None:
        return kept
    run_here = _running.get(key)  # perhaps nothing can be kept
    done = run_here and run_here.done() and not run_here.exception()
    return run_here.result() if done else None


def start(root: Path, when_done: Callable[[], None] | None = None) -> list[Future]:
    """Start to run every lab of both languages that has not been run.

    Args:
        root: the folder of the project.
        when_done: called after each lab, in another thread.

    Returns:
        What will hold the results; labs of the same code have one run.
    """
    started = {}
    for path in page_paths(root):
        if not path.startswith(FOLDER):
            continue
        lab = read_page(root, path)
        if lab.problems or not lab.cells or results_of(lab) is not None:
            continue
        key = key_of(lab)
        if key not in _running:
            log.info("Running %s", lab.path)
            _running[key] = Future()
            if when_done:
                _running[key].add_done_callback(lambda _: when_done())
            _waiting.put((lab, key))
        started[key] = _running[key]
    while len(_runners) < min(len(started), os.cpu_count() or 1):
        # A daemon, so that Ctrl-C ends a build at once; its kernel ends with it.
        _runners.append(Thread(target=_run_what_waits, daemon=True))
        _runners[-1].start()
    return list(started.values())


_runners: list[Thread] = []


def _run_what_waits() -> None:
    while True:
        lab, key = _waiting.get()
        try:
            results = run(lab, cells_of(lab))
            cache_of(lab.root).put("lab", key, results)
        except BaseException as error:
            _failed[key] = str(error) or repr(error)
            log.error("%s", _failed[key])
            _running[key].set_exception(error)
        else:
            _running[key].set_result(results)


def run_all(root: Path) -> None:
    """Run every lab that has not been run, side by side, and wait for them.

    Raises:
        PluginError: a cell raises; the message names its file and line.
    """
    errors = [run.exception() for run in start(root)]
    if told := [str(error) for error in errors if error]:
        raise PluginError("\n".join(told))


def note(lab: Page, language: str) -> str:
    """Return HTML that says why a page has no results: they come, or its code stopped."""
    if failed := _failed.get(key_of(lab)):
        kind, title, text = "failure", FAILED[language], escape(failed)
    else:
        kind, (title, text) = "info", PENDING[language]
    return (
        f'<div class="admonition {kind}" role="status">'
        f'<p class="admonition-title">{title}</p><p>{text}</p></div>'
    )


def with_results(
    markdown: str, lab: Page, results: list[Outputs]
) -> tuple[str, dict[str, bytes]]:
    """Put what each cell printed and drew under it.

    Args:
        markdown: the page, without its front matter.
        lab: the same page, read.
        results: the outputs of each cell.

    Returns:
        The Markdown, and the figures by their paths below docs/.
    """
    figures: dict[str, bytes] = {}
    # The pages of both languages draw the same figures.
    stem = f"assets/figures/{lab.path.removeprefix('docs/').replace(CHINESE, '.md')}"
    stem = stem.removesuffix(".md")
    lines = markdown.split("\n")
    before = lab.text[: lab.text.index(markdown)].count("\n")
    shown = [
        [_markdown(output, cell, stem, figures) for output in _printed_first(outputs)]
        for cell, outputs in zip(lab.cells, results, strict=True)
    ]
    for cell, parts in reversed(list(zip(lab.cells, shown, strict=True))):
        opening = cell.line - 1 - before
        end = opening + cell.code.count("\n") + 3
        lines[end:end] = [line for part in parts for line in ("", *part.split("\n"))]
        lines[opening] = "```python"  # without the alternative text
    return "\n".join(lines), figures


def _printed_first(outputs: Outputs) -> Iterator[dict]:
    """Return what a page shows, as in a lesson; warnings are not shown."""
    shown = [out for out in outputs if out.get("name") != "stderr"]
    return sorted(shown, key=lambda output: output["output_type"] != "stream")


def _markdown(output: dict, cell: Cell, stem: str, figures: dict[str, bytes]) -> str:
    """Return one result as Markdown, and keep its figure, if it is one."""
    data = output.get("data", {})
    if SVG in data:
        form, content = "svg", data[SVG].encode()
    elif PNG in data:
        form, content = "png", b64decode(data[PNG])
    else:
        text = output["text"] if output["output_type"] == "stream" else data[TEXT]
        return f"```text\n{text.rstrip()}\n```"
    path = f"{stem}-{len(figures) + 1}.{form}"
    figures[path] = content
    image = f"![{cell.alt}]({'../' * (stem.count('/') - 2)}{path})"
    return f"{image}\n{cell.caption}" if cell.caption else image


def put_figures(figures: dict[str, bytes], config, files: Files) -> None:
    """Publish the figures of a lab; both languages have them under one address."""
    for path, content in figures.items():
        if path not in files.src_uris:
            files.append(File.generated(config, path, content=content))
