"""Code that does something else another day, or with another seed, and hides it."""

import ast
from pathlib import Path

import pytest

from checker import again, run
from checker.rounded import Rounded, differ
from reading.includes import sections_of

CLOCK = "it asks the clock (snippets/part/lesson.py:"
SEED = "set its seed in the snippet"


def unstable(root: Path, code: str) -> str:
    """Why a snippet with some code cannot be recorded, if it cannot."""
    snippet = root / "snippets/part/lesson.py"
    snippet.parent.mkdir(parents=True)
    snippet.write_text(f"# --8<-- [start:a]\n{code}\n# --8<-- [end:a]\n")
    sections = tuple(sections_of(root, "part/lesson.py")[0].values())
    outcomes = run.run_again(root, sections)
    assert not outcomes[-1].error
    found = again.unstable(root, sections, outcomes, "part/lesson.py")
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("from datetime import date\nprint(date.today())", CLOCK),
        ("import datetime\nprint(datetime.datetime.now().year)", CLOCK),
        ("import datetime as d\nprint(f'{d.datetime.now(d.UTC):%d %B}')", CLOCK),
        ("import time\nprint(time.strftime('%Y'))", CLOCK),
        ("import time\nprint(int(time.time() / 1e6))", CLOCK),
        ("import time\nprint(time.localtime().tm_mon)", CLOCK),
        (
            "from time import perf_counter\nstart = perf_counter()\nsum(range(10**6))\n"
            "print(f'{perf_counter() - start:.0f} s')",
            CLOCK,
        ),
        ("import random\nprint(f'{random.random() / 100:.1f}')", SEED),
        ("import random\nprint(round(random.random() / 100, 1))", SEED),
        ("import random\nprint('%.1f' % (random.random() / 100))", SEED),
        ("import numpy as np\nx = np.random.rand()\nprint(f'{x / 100:.1f}')", SEED),
        ("import torch\nprint(f'{torch.rand(9).mean() / 100:.1f}')", SEED),
        (
            "import numpy as np\nrandom = np.random.default_rng()\n"
            "print(f'{random.normal() / 1000:.1f}')",
            "np.random.default_rng() has no seed",
        ),
    ],
)
def test_what_differs_another_day_or_with_another_seed(
    tmp_path: Path, code: str, cause: str
):
    told = unstable(tmp_path, code)
    assert cause in told
    assert "prints or draws something else" in told or "rounds a number that is" in told


@pytest.mark.parametrize(
    "code",
    [
        "import random\nrandom.seed(0)\nprint(f'{random.random():.1f}')",
        # A lesson that times two ways may say which was faster.
        "from time import perf_counter as now\nstart = now()\nprint(now() >= start)",
        "import datetime as d\nprint(d.datetime(2020, 1, 1), d.date(2020, 1, 1))",
        "import datetime\nprint([datetime.datetime(2020, 1, 1)], datetime.timedelta(1))",
        "import datetime as d, pickle\nnow = d.datetime.now()\nold = d.datetime(2020, 1, 1)\n"
        "print(isinstance(now, d.date), isinstance(old, d.datetime), now > old,"
        " pickle.loads(pickle.dumps(now)) == now, old.replace(day=2), old - old)",
        "import torch\nprint(tuple(torch.nn.Linear(2, 3).weight.shape))",
        "print(f'{float(\"nan\"):.1f} {1e-9:.2f} {3:,} {\"a\":>3}', '%s' % 'a')",
    ],
)
def test_what_is_the_same_always(tmp_path: Path, code: str):
    assert not unstable(tmp_path, code)


@pytest.mark.parametrize(
    "code",
    [
        "import time\nprint(*time.localtime()[:7])",
        "from time import strftime\nprint(strftime('%Y %m %d %H %M %a'))",
        "import datetime\nprint(*datetime.datetime.now().timetuple()[:7])",
        "import datetime\nprint(*datetime.datetime.today().timetuple()[:7])",
        "import datetime\nprint(*datetime.date.today().timetuple()[:3])",
        "import datetime, time\nlater = datetime.datetime.fromtimestamp(time.time())\n"
        "print(abs(later - datetime.datetime.now()).seconds < 9, later.year)",
    ],
)
def test_the_clock_of_another_day_is_another_in_all_its_parts(
    tmp_path: Path, code: str
):
    snippet = tmp_path / "snippets/part/lesson.py"
    snippet.parent.mkdir(parents=True)
    snippet.write_text(f"# --8<-- [start:a]\n{code}\n# --8<-- [end:a]\n")
    sections = tuple(sections_of(tmp_path, "part/lesson.py")[0].values())
    runs = [run.run_again(tmp_path, sections, later=day) for day in (False, True)]
    now, later = (outcome.raw.split() for (outcome,) in runs)
    assert all(a != b or a == "True" for a, b in zip(now, later, strict=True))


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("f'{1.5:.0f} {2.5} {3:>2} {x:.1f}'", [1.5, 0.25]),
        ("round(x, 1), int(x), format(x, '.1f'), float(x)", [0.25, 0.25, 0.25]),
        ("'{:.1f} {a:.1f}'.format(x, a=1.5)", [0.25, 1.5]),
        ("'%.1f %d' % (x, 3)", [0.25]),
        ("round(*[x])", []),
    ],
)
def test_numbers_are_seen_before_they_are_rounded(code: str, values: list[float]):
    rounded = Rounded()
    tree = rounded.visit(ast.parse(code, mode="eval"))
    eval(compile(tree, "a", "eval"), {"x": 0.25})
    assert rounded.take() == values
    assert rounded.take() == []


def test_two_runs_may_differ_by_a_rounding():
    assert not differ([1.0, 1e-17, float("nan")], [1.00001, 3e-17, float("nan")])
    assert differ([1.0, 2.0], [1.0, 2.1]) == (2.0, 2.1)
