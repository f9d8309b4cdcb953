"""Runs the code cells of a lab in a Jupyter kernel, as a reader of its notebook would."""

import json
import re
import sys
import tempfile
from pathlib import Path

from publishing.environment import environment
from publishing.images import PNG, SVG, with_palette
from reading.imports import HOUSE_STYLE
from reading.model import Page

# A larger drawing is kept as a picture of its pixels.
LARGEST_SVG = 120_000  # bytes
TIME_LIMIT = 300  # seconds a cell

_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")

Outputs = list[dict]

# Starts a kernel that reads no configuration of this computer's.
_START = """\
from IPython.core import application

application.SYSTEM_CONFIG_DIRS.clear()
application.ENV_CONFIG_DIRS.clear()
from ipykernel.kernelapp import launch_new_instance

launch_new_instance()
"""


class LabError(Exception):
    """A cell that raises or does not end; the message names its file and line."""


def run(lab: Page, sources: list[str]) -> list[Outputs]:
    """Run a lab in an empty folder, with this Python and nobody's settings.

    Args:
        lab: the page.
        sources: its cells, behind those that write the modules it imports.

    Returns:
        Of each cell of the page, its outputs, as they stand in a notebook.

    Raises:
        LabError: a cell raises, or does not run to its end.
    """
    # Half a second, and a build in which no lab has changed does without.
    from nbclient import NotebookClient
    from nbclient.exceptions import (
        CellExecutionError,
        CellTimeoutError,
        DeadKernelError,
    )
    from nbformat import v4

    notebook = v4.new_notebook(cells=[*map(v4.new_code_cell, sources)])
    cells = notebook.cells[-len(lab.cells) :]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder, "notebook")
        here.mkdir()
        client = NotebookClient(
            notebook,
            _kernel(Path(folder)),
            timeout=TIME_LIMIT,
            shutdown_kernel="immediate",  # or Ctrl-C has it tell of its sockets
            record_timing=False,
            coalesce_streams=True,  # else output is cut wherever it happened to wait
            resources={"metadata": {"path": str(here)}},
            extra_arguments=[
                "--InlineBackend.figure_formats={'svg', 'retina'}",
                "--log-level=ERROR",
            ],
        )
        variables = environment(
            IPYTHONDIR=str(Path(folder, "ipython")),
            MATPLOTLIBRC=str(HOUSE_STYLE),
            MPLBACKEND="module://matplotlib_inline.backend_inline",
            PYTHONHASHSEED="0",
            SOURCE_DATE_EPOCH="0",  # no hour of the day in a figure
        )
        try:
            client.execute(env=variables, cleanup_kc=True)
        except CellExecutionError as error:
            raise LabError(f"{_where(lab, cells)}: {error.evalue}") from None
        except (CellTimeoutError, DeadKernelError) as error:
            place = client.code_cells_executed - 1 - len(sources) + len(cells)
            why = (
                f"takes longer than {TIME_LIMIT} s; make it smaller"
                if isinstance(error, CellTimeoutError)
                else "ends Python itself, or takes all memory"
            )
            raise LabError(f"{_at(lab, place)} {why}") from None
    for output in [output for cell in cells for output in cell.outputs]:
        _keep_one_form(output)
    return json.loads(json.dumps([cell.outputs for cell in cells]))


def _kernel(folder: Path):
    """Return a kernel of this Python, whichever the home folder calls python3."""
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    class Ours(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            start = [sys.executable, "-c", _START, "-f", "{connection_file}"]
            return KernelSpec(argv=start, language="python")

    return AsyncKernelManager(
        kernel_spec_manager=Ours(), connection_file=str(folder / "connection.json")
    )


def _keep_one_form(output: dict) -> None:
    """Of the forms in which a figure was drawn, keep the drawing, or the smaller one."""
    data = output.get("data", {})
    if len(data.get(SVG, "")) in range(1, LARGEST_SVG):
        output["data"] = {SVG: data[SVG]}
    elif PNG in data:
        output["data"] = {PNG: with_palette(data[PNG])}


def _where(lab: Page, cells: list[dict]) -> str:
    """Return file and line of what went wrong, and what it was."""
    for cell, ran in zip(lab.cells, cells, strict=True):
        for output in ran["outputs"]:
            if output["output_type"] == "error":
                traceback = _COLOUR.sub("", "\n".join(output["traceback"]))
                found = _LINE.search(traceback)
                line = cell.line + int(found[1] if found else 1)
                return f"{lab.path}:{line}: the cell raises {output['ename']}"
    return f"{lab.path}:1: a module that the lab imports cannot be written"


def _at(lab: Page, cell: int) -> str:
    """Return file and line of a cell by its place; those before 0 write modules."""
    return f"{lab.path}:{lab.cells[cell].line if cell >= 0 else 1}: the cell"
