"""Recorded weights: made once, tied to the code that trained them, loaded by the others."""

import pytest
from safetensors.numpy import load_file, save_file

from good_project import EN, PY, TXT, ZH, Project
from reading.weights import made_by

pytest_plugins = ["pytester", "good_project"]

TRAINING = "snippets/part/training.py"
WEIGHTS = "snippets/part/training.safetensors"
MODULE = """\
# --8<-- [start:weights]
from pathlib import Path

import numpy
from safetensors.numpy import load_file, save_file

FILE = Path(__file__).with_suffix(".safetensors")


def weights():
    if not FILE.exists():
        save_file({"w": numpy.full(3, 2.0)}, FILE)
    return load_file(FILE)["w"]


# --8<-- [end:weights]
"""
SHOWN = '```python\n--8<-- "part/training.py:weights"\n```\n\n'


@pytest.fixture
def trained(good: Project) -> Project:
    """The good project, its lesson printing weights that a module of its own trains."""
    good.path(TRAINING).write_text(MODULE)
    good.change(
        PY,
        'print(f"{2 * mean',
        'from training import weights\n\nprint(weights())\nprint(f"{2 * mean',
    )
    for name in (EN, ZH):
        good.change(name, "## ", f"{SHOWN}## ")
    good.check("--record").assert_outcomes(passed=4, deselected=10)
    return good


def test_weights_are_recorded_and_then_loaded(trained: Project):
    assert "[2. 2. 2.]" in trained.path(TXT).read_text()
    trained.check().assert_outcomes(passed=14)
    assert trained.tree() == ""
    made = trained.path(WEIGHTS).read_bytes()
    trained.check("--record").assert_outcomes(passed=4, deselected=10)
    assert trained.path(WEIGHTS).read_bytes() == made


def test_other_weights_change_what_is_printed(trained: Project):
    file = trained.path(WEIGHTS)
    code = {"code": made_by(file.read_bytes())}
    save_file({"w": load_file(file)["w"] + 1}, file, metadata=code)
    told = trained.failures()
    assert "this is not what the code prints" in told
    assert "[3. 3. 3.]" in told


def test_changed_training_is_told_until_it_is_recorded(trained: Project):
    trained.change(TRAINING, "2.0", "5.0")
    told = trained.failures()
    assert (
        f"{TRAINING}:1: this, or what it imports, is not the code that trained {WEIGHTS};"
        f" make record PAGES={EN}"
    ) in told
    trained.check("--record").assert_outcomes(passed=4, deselected=10)
    assert "[5. 5. 5.]" in trained.path(TXT).read_text()
    trained.check().assert_outcomes(passed=14)


@pytest.mark.parametrize(
    "keep", [0, 7, 60, -8], ids=["nothing", "no header", "half", "cut"]
)
def test_half_a_file_is_told(trained: Project, keep: int):
    file = trained.path(WEIGHTS)
    file.write_bytes(file.read_bytes()[:keep])
    assert f"{WEIGHTS}:1: cannot be read" in trained.failures()


def test_training_without_a_seed_is_refused(trained: Project):
    made = trained.path(WEIGHTS).read_bytes()
    trained.change(TRAINING, "numpy.full(3, 2.0)", "numpy.random.rand(3)")
    trained.change(PY, "print(weights())", "weights()")
    told = trained.failures("--record")
    assert "trains something else on every run; set its seed" in told
    assert trained.path(WEIGHTS).read_bytes() == made


def test_a_lesson_that_only_loads_does_not_train(trained: Project):
    for name in (EN, ZH):
        trained.change(name, SHOWN, "")
    trained.change(TRAINING, "2.0", "5.0")
    made = trained.path(WEIGHTS).read_bytes()
    told = trained.failures("--record")
    assert "is not the code that trained" in told
    assert trained.path(WEIGHTS).read_bytes() == made


def test_weights_that_nobody_recorded(trained: Project):
    trained.path(WEIGHTS).unlink()
    assert (
        "lesson.py:double trains weights that are not recorded; make record"
        in trained.failures()
    )
