"""The cells at the top of a notebook, in a live kernel: packages, modules, weights."""

import json
import os
import re
import sysconfig
import venv
import zipfile
from base64 import b64encode
from contextlib import suppress
from functools import partial
from importlib import metadata
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import v4

from publishing.install import installing_cell
from publishing.modules import writing_cells

GUIDE = "http://127.0.0.1/about/run/"


def run(folder, *cells, kernel="python3", **variables):
    """Run cells as Jupyter does, in a folder: what each printed or raised, until one raises."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": folder}}
    client = NotebookClient(
        notebook, kernel_name=kernel, coalesce_streams=True, resources=resources
    )
    with suppress(CellExecutionError):
        client.execute(env=os.environ | variables)
    told = []
    for cell in notebook.cells:
        if cell.execution_count is None:
            break
        error = [f"{o.ename}: {o.evalue}" for o in cell.outputs if "ename" in o]
        told.append("".join([*(o.get("text", "") for o in cell.outputs), *error]))
    return told


# --- The first cell ---------------------------------------------------------------


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A reader's kernel, in an environment on top of this one, and settings of pip.

    They know two versions of one package, and no index.
    """
    environment = tmp_path / "environment"
    venv.create(environment, symlinks=True)
    there = sysconfig.get_path("purelib", vars={"base": str(environment)})
    Path(there, "here.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    python = Path(
        sysconfig.get_path("scripts", vars={"base": str(environment)}), "python"
    )
    spec = tmp_path / "jupyter/kernels/reader/kernel.json"
    spec.parent.mkdir(parents=True)
    launch = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": launch, "display_name": "reader"}), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for version in ("1.0", "2.0"):
        info = f"tiny-{version}.dist-info"
        with zipfile.ZipFile(wheels / f"tiny-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr("tiny.py", f'number = "{version}"\n')
            wheel.writestr(
                f"{info}/METADATA",
                f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
            )
            wheel.writestr(
                f"{info}/WHEEL",
                "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            files = [
                "tiny.py",
                *(f"{info}/{f}" for f in ("METADATA", "WHEEL", "RECORD")),
            ]
            wheel.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in files))
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    return partial(run, tmp_path, kernel="reader", **pip)


def cell(*pins, language="en"):
    return installing_cell(list(pins), language, GUIDE)


TINY = "import tiny\n\nprint(tiny.number)"


def test_what_is_here_is_not_installed_and_needs_no_network(tmp_path):
    version = metadata.version("torch").partition("+")[0]
    pins = f"torch=={version}", f"numpy=={metadata.version('numpy')}"
    english, chinese = (
        run(tmp_path, cell(*pins, language=language), PIP_NO_INDEX="1")
        for language in ("en", "zh")
    )
    assert english == [
        "Nothing to install: all packages are here, in the right versions.\n"
    ]
    assert chinese == ["不用安装：包都有了，版本也对。\n"]


def test_a_build_of_a_version_is_that_version(tmp_path):
    pretend = "from importlib import metadata\n\nmetadata.version = lambda name: '2.13.0+cu130'"
    told = run(tmp_path, pretend, cell("torch==2.13.0"), PIP_NO_INDEX="1")
    assert told[1].startswith("Nothing to install")


def test_what_is_missing_is_installed_with_the_settings_of_pip(reader):
    told = reader(cell("tiny==2.0"), TINY)
    assert told == [
        "Installing tiny==2.0; the first time this takes minutes.\nInstalled.\n",
        "2.0\n",
    ]


def test_what_is_in_use_in_another_version_needs_a_new_kernel(reader):
    reader(cell("tiny==1.0"))
    first = reader(TINY, cell("tiny==2.0"), TINY)
    assert first[0] == "1.0\n"
    assert "RuntimeError: Installed. But tiny is in use already" in first[1]
    assert "restart the kernel" in first[1]
    assert len(first) == 2  # what stands below does not run with the old one
    again = reader(cell("tiny==2.0"), TINY)
    assert again[0].startswith("Nothing to install") and again[1] == "2.0\n"


def test_another_version_that_is_not_in_use_needs_none(reader):
    reader(cell("tiny==1.0"))
    told = reader(cell("tiny==2.0"), TINY)
    assert told[0].endswith("Installed.\n") and told[1] == "2.0\n"


def test_where_pip_fails_the_notebook_stops_and_says_why(reader):
    reader(cell("tiny==1.0"))
    told = reader(cell("tiny==3.0"), TINY)
    assert len(told) == 1  # and does not go on with the version that is here
    assert "No matching distribution found for tiny==3.0" in told[0]
    assert "RuntimeError: pip could not install this" in told[0]
    assert f"{GUIDE}#problems" in told[0]


# --- Modules and weights ------------------------------------------------------------


@pytest.fixture
def written(tmp_path):
    """A project's cells that write two modules and weights, and an empty folder."""
    snippets = tmp_path / "snippets"
    snippets.mkdir()
    (snippets / "helper.py").write_text("number = 4\n", "utf-8")
    (snippets / "user.py").write_text("from helper import number\n", "utf-8")
    (snippets / "user.safetensors").write_bytes(b"\x00weights\n\xff")
    folder = tmp_path / "reader"
    folder.mkdir()
    return writing_cells(tmp_path, ["helper.py", "user.py"]), folder


USE = "from user import number\n\nprint(number)"


def test_a_module_that_is_edited_and_run_again_takes_effect(written):
    (writer, helper, user, weights), folder = written
    edited = helper.replace("4", "7")  # of the same length, within the same second
    told = run(folder, writer, helper, user, weights, USE, edited, USE)
    assert told[1] == "Wrote helper.py.\n"
    assert told[4] == "4\n"
    assert "Run the cells that import helper again." in told[5]
    assert "Run the cells that import user again." in told[5]
    assert told[6] == "7\n"
    assert (folder / "user.safetensors").read_bytes() == b"\x00weights\n\xff"
    # A notebook that is opened again finds what it wrote, and writes over its own edit.
    told = run(folder, writer, helper, user, weights, USE)
    assert told[1:] == ["Wrote helper.py.\n", "", "", "4\n"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("helper.py", b"number = 'mine'\n"),
        ("helper.py", b""),
        ("user.safetensors", b"my own\n"),
    ],
)
def test_a_file_of_the_readers_is_never_overwritten(written, name, content):
    cells, folder = written
    (folder / name).write_bytes(content)
    told = run(folder, *cells, USE)
    assert f"FileExistsError: There is another {name} here" in told[-1]
    assert (folder / name).read_bytes() == content
    assert len(told) < len(cells) + 1


def test_a_module_that_the_reader_edited_in_its_file_is_not_overwritten(written):
    cells, folder = written
    run(folder, *cells)
    mine = (folder / "helper.py").read_text("utf-8").replace("4", "5")
    (folder / "helper.py").write_text(mine, "utf-8")
    assert "FileExistsError: There is another helper.py" in run(folder, *cells)[-1]
    assert (folder / "helper.py").read_text("utf-8") == mine


def test_a_module_from_the_archive_will_do(written):
    cells, folder = written
    (folder / "helper.py").write_bytes(b"number = 4\n")
    told = run(folder, *cells, USE)
    assert told[1] == "" and told[-1] == "4\n"
    assert (folder / "helper.py").read_bytes() == b"number = 4\n"


def test_the_cells_of_both_languages_write_the_same_files(written, tmp_path):
    cells, folder = written
    chinese = writing_cells(tmp_path, ["helper.py", "user.py"], "zh")
    run(folder, *cells)
    assert run(folder, *chinese, USE) == ["", "", "", "", "4\n"]
    assert re.search("[\u4e00-\u9fff]", chinese[0]) and chinese[1:] == cells[1:]
    assert b64encode(b"\x00weights\n\xff").decode() in cells[-1]
