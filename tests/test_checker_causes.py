"""What is said of code that raises or changes: the cause, on its own line, and the remedy."""

import re

import pytest

from good_project import EN, PY, Project, mistakes

pytest_plugins = ["pytester", "good_project"]

MEAN, DOUBLE = 'print(f"mean', 'print(f"{2 * mean'
DRAW = "import matplotlib.pyplot"


@mistakes(
    [
        (
            "a package that nothing pins",
            (PY, DRAW, f"import pandas\n{DRAW}"),
            r"lesson.py:11: import pandas\n  No dependency in pyproject.toml is called pandas: pin",
        ),
        (
            "a package that is pinned and not installed",
            (PY, DRAW, f"import polars\n{DRAW}"),
            r"Install it: .venv/bin/pip install polars==9.9.9",
        ),
        (
            "a package whose name is misspelt",
            (PY, DRAW, f"import polar\n{DRAW}"),
            r"lesson.py:11: import polar\n  Did you mean polars\?",
        ),
        (
            "a module that its package does not have",
            (PY, "matplotlib.pyplot as", "matplotlib.pyplt as"),
            r"matplotlib is installed and has no matplotlib.pyplt; correct the name",
        ),
        (
            "a module of another folder",
            (PY, DRAW, f"import engine\n{DRAW}"),
            r"snippets/other/engine.py is in another folder; .* of snippets/part/",
        ),
        (
            "a module that is not imported by a statement",
            (PY, MEAN, f'__import__("lesson")\n{MEAN}'),
            r"Write import lesson as a statement, so that notebooks bring it along",
        ),
        (
            "a name that nothing sets",
            (PY, MEAN, f"print(missing)\n{MEAN}"),
            r"lesson.py:7: print\(missing\)\n  Define or import it before it is used",
        ),
        (
            "a name that is set later",
            (PY, MEAN, f"print(plt)\n{MEAN}"),
            r"lesson.py:12, section draw, sets it later",
        ),
        (
            "a name that is set in what the page does not show",
            (EN, '```python\n--8<-- "part/lesson.py:data"\n```\n', ""),
            r"lesson.py:2, section data, sets it: show that section before this one",
        ),
        (
            "a path that a notebook has not",
            (PY, MEAN, f"print(__file__)\n{MEAN}"),
            r"A notebook, which runs the same code, has no file",
        ),
        (
            "a file that is not there",
            (PY, MEAN, f'open("data.csv")\n{MEAN}'),
            r"The code runs in an empty folder, as its notebook does: make the file",
        ),
        (
            "a question",
            (PY, MEAN, f"input()\n{MEAN}"),
            r"A lesson asks nothing: write the answer into the code",
        ),
        (
            "an end",
            (PY, MEAN, f"exit()\n{MEAN}"),
            r"A lesson runs to its end: leave out what ends it",
        ),
        (
            "the network, whose lack raises",
            (
                PY,
                MEAN,
                "import urllib.request\n"
                f'urllib.request.urlopen("http://example.com")\n{MEAN}',
            ),
            r"lesson.py:mean needs the network \(it asked for example.com\)",
        ),
    ]
)
def test_what_is_raised_gets_the_advice_that_helps(good: Project, change, message):
    pins = '[project]\ndependencies = ["polars==9.9.9"]\n'
    good.path("pyproject.toml").write_text(pins)
    good.path("snippets/other").mkdir()
    good.path("snippets/other/engine.py").write_text("")
    good.change(*change)
    told = good.failures(EN)
    assert re.search(message, told), told
    assert "catch it" not in told


def test_an_error_comes_before_an_output_that_changed(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    good.change(PY, DOUBLE, f"print(missing)\n{DOUBLE}")
    told = good.failures(EN)
    raised = (
        f"{EN}:39: the code of part/lesson.py:double raises NameError: name 'missing' is"
        f" not defined\n  {PY}:18: print(missing)"
    )
    assert raised in told
    assert f"Before that, {EN}:13 shows something else than the code printed" in told
    assert "by itself" not in told


def test_an_error_of_the_script_alone_is_told_on_its_own_line(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    good.change(PY, DOUBLE, f"get_ipython\n{DOUBLE}")
    assert (
        f"{EN}:39: python {PY}:18 does not run by itself: NameError: name 'get_ipython'"
    ) in good.failures(EN)


def test_what_changes_on_every_run_is_told_on_its_own_line(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    good.change(PY, DOUBLE, f"import random\nprint(random.random())\n{DOUBLE}")
    told = good.failures(EN)
    assert (
        f"{EN}:39: the code of part/lesson.py:double prints or draws something" in told
    )


def test_an_error_in_a_module_is_told_with_its_own_line(with_module: Project):
    module = "snippets/part/pair.py"
    with_module.change(module, "self.left + self", "self.missing + self")
    told = with_module.failures(EN)
    assert f"\n  {module}:10: return self.missing + self.right\n" in told


def test_an_example_alone_is_told_what_was_raised_before_it(good: Project):
    good.change(PY, "points = [", "points = missing + [")
    told = good.failures(f"{EN}::double")
    assert f"{EN}:5: the code of part/lesson.py:data raises" in told


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (
            "import random\nprint(random.random())",
            r"set its seed in the snippet: random.seed\(0\)",
        ),
        (
            "import numpy as np\nprint(np.random.rand())",
            r"set its seed in the snippet: numpy.random.seed\(0\)",
        ),
        (
            "import time\nprint(time.time())",
            rf"it asks the clock \({PY}:8: print\(time.time\(\)\)\); print nothing",
        ),
        (
            "from datetime import datetime as day\nprint(day.now())",
            rf"it asks the clock \({PY}:8: print\(day.now\(\)\)\)",
        ),
        (
            "import numpy as np\nprint(np.random.default_rng().random())",
            r"np.random.default_rng\(\) has no seed .*; write np.random.default_rng\(0\)",
        ),
        (
            "import uuid\nprint(uuid.uuid4())",
            rf"uuid.uuid4 has no seed \({PY}:8: ",
        ),
        ("print(object())", "it prints an address in memory; leave that out"),
        (
            "import os\nprint(os.getpid())",
            "it does so with the same seeds too: look for a clock",
        ),
    ],
)
def test_why_code_does_something_else_on_every_run(good: Project, code: str, why: str):
    good.change(PY, MEAN, f"{code}\n{MEAN}")
    told = good.failures("--record", EN)
    assert re.search(f"{EN}:9: the code of part/lesson.py:mean prints .*{why}", told), (
        told
    )
