"""Labs: pages with their code in them, run while the site is built.

mkdocs-jupyter finds them and has them converted; here it gets a converter of ours. Its
own makes HTML beside the site's: half a megabyte of styles, headings without ids, links
that nobody checks. Ours makes Markdown, code and outputs included, and the page is then
rendered like any other. Results are kept in .cache/labs/ under a sum of all that they
depend on, so that both languages, and the next build, run nothing again.
"""

import ast
import hashlib
import logging
import os
import platform
import re
import sys
import sysconfig
import tempfile
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import jupytext
import mkdocs_jupyter.convert
import mkdocs_jupyter.plugin
import nbformat
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from reading.imports import HOUSE_STYLE, LAB_FOLDERS, modules_of
from reading.model import CHINESE
from reading.pages import read_page

from publishing import images
from publishing.images import PNG, SVG, with_palette

log = logging.getLogger("mkdocs.hooks.labs")

# A larger drawing is kept as a picture of its pixels.
LARGEST_SVG = 120_000  # bytes
TEXT = "text/plain"

_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Lab:
    """A lab that was run: its notebook with outputs, and its figures by their path."""

    notebook: NotebookNode
    figures: dict[str, bytes] = field(default_factory=dict)


_labs: dict[str, Lab] = {}
_used: set[Path] = set()


def spare_pages(plugin) -> None:
    """Keep mkdocs-jupyter from reading every page three times to see what is a lab."""
    plugin.should_include = lambda file: (
        file.src_uri.startswith("labs/") and type(plugin).should_include(plugin, file)
    )


def adopt(page: Page) -> None:
    """Render a page for which mkdocs-jupyter has a renderer like any other page."""
    to_markdown = vars(page).get("render")
    if not to_markdown:
        return

    def render(config, files):
        root = Path(config.config_file_path).parent
        page.meta["search"] = {"boost": 0.3}  # a lesson's words are found there first
        with (
            patch.object(mkdocs_jupyter.convert, "nb2html", nb2markdown(root)),
            # The table of contents is taken from the rendered page.
            patch.object(
                mkdocs_jupyter.plugin, "_get_nb_toc_tokens", lambda *_: ([], None)
            ),
        ):
            to_markdown(config, files)
        page.markdown = page.content
        put_figures(page.file.src_uri, config, files)
        Page.render(page, config, files)

    page.render = render


def put_figures(uri: str, config, files: Files) -> None:
    """Publish the figures of a lab; both languages have them under one address."""
    english = _labs.get(uri.replace(CHINESE, ".md"))
    for path, content in _labs[uri].figures.items():
        if path not in files.src_uris:
            files.append(File.generated(config, path, content=content))
        if english and english.figures.get(path) != content:
            log.warning(
                "docs/%s: %s is not what the English lab draws; keep words out of figures",
                *(uri, path),
            )


def figure_of(page: Page, path: str) -> bytes | None:
    """Return a figure that a lab drew; None for those of other pages."""
    lab = _labs.get(page.file.src_uri)
    return lab and lab.figures.get(path)


def notebook_of(page: Page) -> NotebookNode | None:
    """Return the notebook of a lab, with its outputs; None for other pages."""
    lab = _labs.get(page.file.src_uri)
    return lab and lab.notebook


def nb2markdown(root: Path):
    """Return a function that takes the place of mkdocs-jupyter's ``nb2html``."""

    def convert(path: str, kernel_name: str, allow_errors: bool, **_) -> str:
        file = Path(path)
        notebook = jupytext.read(file)
        run_once(root, file, notebook, kernel_name, allow_errors)
        lab = Lab(notebook)
        uri = file.relative_to(root / "docs").as_posix()
        # The pages of both languages draw the same figures.
        stem = f"assets/figures/{uri.replace(CHINESE, '.md').removesuffix('.md')}"
        parts = []
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                parts.append(cell.source)
                continue
            parts.append(f"```python\n{cell.source}\n```")
            # As in a lesson, what was printed comes first.
            for output in sorted(cell.outputs, key=lambda o: o.output_type != "stream"):
                if output.output_type == "stream" and output.name == "stdout":
                    parts.append(f"```text\n{output.text.rstrip()}\n```")
                elif output.output_type in ("display_data", "execute_result"):
                    alt = cell.metadata.get("alt", "")
                    parts.append(show(output, stem, alt, lab))
        _labs[uri] = lab
        return "\n\n".join(parts)

    return convert


def show(output: NotebookNode, stem: str, alt: str, lab: Lab) -> str:
    """Return one result as Markdown, and keep its figure, if it is one."""
    if SVG in output.data:
        form, content = "svg", output.data[SVG].encode()
    elif PNG in output.data:
        form, content = "png", b64decode(output.data[PNG])
    else:
        return f"```text\n{output.data[TEXT].rstrip()}\n```"
    path = f"{stem}-{len(lab.figures) + 1}.{form}"
    output.metadata["alt"] = alt
    lab.figures[path] = content
    return f"![{alt}]({'../' * (stem.count('/') - 2)}{path})"


def keep_one_form(output: NotebookNode) -> None:
    """Of the forms in which a figure was drawn, keep the drawing, or the smaller one."""
    data = output.get("data", {})
    if len(data.get(SVG, "")) in range(1, LARGEST_SVG):
        output.data = {SVG: data[SVG]}
    elif PNG in data:
        output.data = {PNG: with_palette(data[PNG])}


def run_once(
    root: Path, file: Path, notebook: NotebookNode, kernel: str, allow_errors: bool
) -> None:
    """Give the code cells of a notebook their outputs, running them if need be.

    Raises:
        PluginError: a cell raised; the message names its line in the file.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kept = root / ".cache/labs" / f"{key(root, cells, kernel)}.ipynb"
    _used.add(kept)
    if not kept.is_file():
        shown = file.relative_to(root).as_posix()
        log.info("Running %s", shown)
        run(root, shown, notebook, kernel, allow_errors)
        for output in [output for cell in cells for output in cell.outputs]:
            keep_one_form(output)
        kept.parent.mkdir(parents=True, exist_ok=True)
        whole = kept.with_suffix(f".{os.getpid()}")
        nbformat.write(notebook, whole)
        whole.replace(kept)  # a build that is stopped leaves no half of a result
        return
    results = nbformat.read(kept, as_version=4).cells
    results = [cell for cell in results if cell.cell_type == "code"]
    for cell, result in zip(cells, results, strict=True):
        cell.outputs = result.outputs
        cell.execution_count = result.execution_count


def key(root: Path, cells: list[NotebookNode], kernel: str) -> str:
    """Sum of what the results of a lab depend on.

    Its code, the modules of ours that it imports, Python and every package installed,
    the style of figures, and how this file runs it.
    """
    code = "\n".join(cell.source for cell in cells)
    sources = [without_comments(cell.source) for cell in cells]
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    parts = [*sources, kernel, sys.version]
    parts += [platform.machine(), threads(), *sorted(p.name for p in packages)]
    files = [root / "snippets" / path for path in modules_of(root, code, LAB_FOLDERS)]
    sums = hashlib.sha256("\n".join(parts).encode())
    ours = [Path(__file__), Path(images.__file__)]
    for file in [*files, HOUSE_STYLE, *ours]:
        sums.update(file.read_bytes())
    return sums.hexdigest()[:24]


def threads() -> str:
    """How many threads torch may use; the last digits depend on it."""
    return os.environ.get("OMP_NUM_THREADS", "1")


def without_comments(code: str) -> str:
    """Return what runs of some code: languages may differ in the rest."""
    try:
        return ast.dump(ast.parse(code))
    except SyntaxError:
        return code


def run(
    root: Path, shown: str, notebook: NotebookNode, kernel: str, allow_errors: bool
) -> None:
    """Run the cells of a notebook in an empty folder."""
    environment = {
        "PYTHONPATH": os.pathsep.join(str(root / "snippets" / f) for f in LAB_FOLDERS),
        "MATPLOTLIBRC": str(HOUSE_STYLE),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": threads(),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",  # no hour of the day in a figure
    }
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, environment):
        client = NotebookClient(
            notebook,
            kernel_name=kernel,
            allow_errors=allow_errors,
            timeout=300,
            record_timing=False,
            coalesce_streams=True,  # else output is cut wherever it happened to wait
            resources={"metadata": {"path": folder}},
            extra_arguments=[
                "--InlineBackend.figure_formats={'svg', 'retina'}",
                "--log-level=ERROR",
            ],
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise PluginError(
                f"{where(root, shown, notebook)}: {error.evalue}"
            ) from None


def where(root: Path, shown: str, notebook: NotebookNode) -> str:
    """Return file and line of what went wrong, and what it was."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    place, error = next(
        (place, output)
        for place, cell in enumerate(cells)
        for output in cell.outputs
        if output.output_type == "error"
    )
    found = _LINE.search(_COLOUR.sub("", "\n".join(error.traceback)))
    line = read_page(root, shown).cells[place].line + int(found[1] if found else 1)
    return f"{shown}:{line}: the cell raises {error.ename}"


def forget_unused(root: Path) -> None:
    """Delete the results that no lab has had since this program started."""
    for file in (root / ".cache/labs").glob("*.ipynb"):
        if file not in _used:
            file.unlink()
