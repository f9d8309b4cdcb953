"""What people set for their own Python stays out of labs and lessons."""

from pathlib import Path

import pytest
from IPython.paths import get_ipython_dir
from jupyter_core.paths import jupyter_config_dir, jupyter_data_dir

from good_project import PY, Project
from publishing import labs
from publishing.kernel import run
from reading.model import Cell, Page

LOOK = """\
import builtins
import sys

import matplotlib

print([name for name in dir(builtins) if name.startswith("setting")])
print([folder for folder in sys.path if "setting" in folder])
print(get_ipython().ast_node_interactivity, sys.flags.optimize)
matplotlib.rcParams["figure.figsize"], matplotlib.rcParams["lines.linewidth"]
"""
WITHOUT = "[]\n[]\nlast_expr 0\n"
# Where IPython looks for what an administrator set, such as /etc/ipython.
PLACES = """\
from IPython.core import application

print(application.SYSTEM_CONFIG_DIRS, application.ENV_CONFIG_DIRS)
"""
MARK = "import builtins\nbuiltins.setting = 1\n"
CONFIG = "c.InteractiveShell.ast_node_interactivity = 'all'\n"
SPEC = '{"argv": ["false"], "display_name": "Mine", "language": "python"}'
FIGURES = "figure.figsize: 1, 1\nlines.linewidth: 9\n"
# By what each is called: a file below a folder of the person's, its text, and variables
# that lead to it.
SETTINGS = {
    "configuration": ("profile_default/ipython_config.py", CONFIG, {"IPYTHONDIR": ""}),
    "start-up file": ("profile_default/startup/00.py", MARK, {"IPYTHONDIR": ""}),
    "PYTHONSTARTUP": ("start.py", MARK, {"PYTHONSTARTUP": "start.py"}),
    "sitecustomize": ("sitecustomize.py", MARK, {"PYTHONPATH": ""}),
    "kernel": ("kernels/python3/kernel.json", SPEC, {"JUPYTER_PATH": ""}),
    "style": ("matplotlibrc", FIGURES, {"MPLCONFIGDIR": "", "MATPLOTLIBRC": ""}),
    "optimizing": ("x", "", {"PYTHONOPTIMIZE": "x"}),
}

pytest_plugins = ["pytester", "good_project"]


@pytest.fixture
def setting(request, tmp_path, monkeypatch):
    """Set something as people do."""
    name, text, variables = SETTINGS[request.param]
    folder = tmp_path / "settings"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text)
    for variable, place in variables.items():
        monkeypatch.setenv(variable, str(folder / place))


def lab_of(root, code):
    return Page(root, "docs/labs/lab.md", "", cells=[Cell(code, 1, "", "")])


@pytest.mark.parametrize("setting", SETTINGS, indirect=True)
def test_a_lab_runs_without_settings(setting, tmp_path):
    ((printed, last),) = run(lab_of(tmp_path, LOOK), [LOOK])
    assert printed["text"] == WITHOUT
    assert last["data"]["text/plain"] == "([5.0, 3.2], 2.0)"


def test_a_lab_runs_without_the_settings_of_its_computer(tmp_path):
    ((printed,),) = run(lab_of(tmp_path, PLACES), [PLACES])
    assert printed["text"] == "[] []\n"


def test_a_lab_leaves_nothing_in_the_home_folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir(0o500)
    monkeypatch.setenv("HOME", str(home))
    ((printed,),) = run(lab_of(tmp_path, "print(1)"), ["print(1)"])
    assert printed["text"] == "1\n"
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize("variable", ["OMP_NUM_THREADS", "ATEN_CPU_CAPABILITY"])
def test_what_changes_arithmetic_is_part_of_the_sum(variable, tmp_path, monkeypatch):
    (tmp_path / "snippets").mkdir()
    keys = set()
    for value in ("2", "3"):
        monkeypatch.setenv(variable, value)
        keys.add(labs.key_of(lab_of(tmp_path, "print(1)")))
    assert len(keys) == 2


def test_notebooks_are_tested_without_settings():
    places = [jupyter_data_dir(), jupyter_config_dir(), get_ipython_dir()]
    assert [place for place in places if Path(place).is_relative_to(Path.home())] == []


def test_recording_refuses_what_only_this_computer_finds(
    good: Project, tmp_path, monkeypatch
):
    """A module in a folder that a person's PYTHONPATH names."""
    folder = tmp_path / "settings"
    folder.mkdir()
    (folder / "mine.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.syspath_prepend(folder)
    good.change(PY, "points = [", "import mine\n\npoints = [")
    told = good.failures("--record")
    assert f"python {PY}:2 does not run by itself" in told
