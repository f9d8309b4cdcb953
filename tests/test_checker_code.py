"""Code that does what a lesson must not."""

import pytest

from checker import run
from good_project import EN, PY, TXT, Project, mistakes

pytest_plugins = ["pytester", "good_project"]


@mistakes(
    [
        (
            "code that raises",
            (PY, 'print(f"mean', 'raise ValueError("no")\nprint(f"mean'),
            r"(?s)lesson.md:9: the code of part/lesson.py:mean raises ValueError: no\n"
            r" *snippets/part/lesson.py:7: raise ValueError.*catch it in the snippet and print",
        ),
        (
            "code that does not compile",
            (PY, "points = [", "points = = ["),
            r"(?s)lesson.md:5: the code of part/lesson.py:data raises SyntaxError.*lesson.py:2:",
        ),
        (
            "code that leaves a file behind",
            (PY, 'print(f"mean', 'open("left.txt", "w").close()\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean leaves a file behind: left.txt",
        ),
        (
            "code that needs the network",
            (
                PY,
                'print(f"mean',
                'import socket\ntry:\n    socket.create_connection(("203.0.113.1"'
                ', 80))\nexcept OSError:\n    pass\nprint(f"mean',
            ),
            r"lesson.md:9: the code of part/lesson.py:mean needs the network \(it asked for 203",
        ),
        (
            "output that changes from run to run",
            (PY, "points = [", "import random\n\npoints = [(0, random.random()), "),
            r"lesson.md:13: the code of part/lesson.py:mean prints or draws something else",
        ),
        (
            "output that depends on the order of a set",
            (
                PY,
                'print(f"{2 * mean',
                'print(list({"a", "b", "c", "d", "e", "f", "g"}))\nprint(f"{2 * mean',
            ),
            r"lesson.md:43: the code of part/lesson.py:double prints something else when",
        ),
        (
            "output that holds a path",
            (
                PY,
                'print(f"{2 * mean',
                'import sys\nprint(sys.argv[0])\nprint(f"{2 * mean',
            ),
            r"lesson.md:43: the code of part/lesson.py:double prints something else when the",
        ),
        (
            "code that ends Python",
            (PY, 'print(f"mean', 'import os\nos._exit(0)\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean ends Python itself",
        ),
        (
            "code that exits",
            (PY, 'print(f"mean', 'raise SystemExit\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean raises SystemExit",
        ),
        (
            "code that quits",
            (PY, 'print(f"mean', 'exit()\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean raises SystemExit",
        ),
        (
            "code that asks for its file, which a notebook has not",
            (PY, 'print(f"mean', 'print(__file__)\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean raises NameError: name '__file__'",
        ),
        (
            "code that reads a file beside it, which a notebook has not",
            (PY, 'print(f"mean', 'open("lesson.py")\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean raises FileNotFoundError",
        ),
        (
            "an import that its notebook cannot know of",
            (PY, 'print(f"mean', '__import__("lesson")\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean raises ModuleNotFoundError",
        ),
        (
            "a later section that does not compile",
            (PY, "plt.plot(", "plt.plot(("),
            r"(?s)lesson.md:23: the code of part/lesson.py:draw raises SyntaxError: .*"
            r"snippets/part/lesson.py:13: plt.plot",
        ),
        (
            "code that asks",
            (PY, 'print(f"mean', 'input()\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean raises EOFError",
        ),
        (
            "code that prints without end",
            (PY, 'print(f"mean', 'print("x" * 30_000)\nprint(f"mean'),
            r"lesson.md:9: the code of part/lesson.py:mean prints 30,0\d\d characters, more",
        ),
        (
            "code that changes a file",
            (
                PY,
                'print(f"mean',
                'import sys\nopen(sys.argv[0], "a").close()\nprint(f"mean',
            ),
            r"lesson.md:9: the code of part/lesson.py:mean changes a file that was there:"
            r" \S*/snippets/part/lesson.py",
        ),
        (
            "code that asks for a name",
            (
                PY,
                'print(f"mean',
                'import socket\ntry:\n    socket.getaddrinfo("example.com", 80)\n'
                'except OSError:\n    pass\nprint(f"mean',
            ),
            r"needs the network \(it asked for example.com\)",
        ),
    ]
)
def test_a_mistake_in_code_is_told(good, change, message):
    good.tells(change, message)


def test_code_without_end(good: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "TIME_LIMIT", 1)
    good.change(PY, 'print(f"mean', 'while True:\n    pass\nprint(f"mean')
    told = good.failures()
    assert f"{EN}:9: the code of part/lesson.py:mean takes longer than 1 s" in told


def test_what_a_page_sets_is_gone_for_the_next(good: Project):
    good.change(PY, "points = [", "import math\n\nmath.pi = 3\npoints = [")
    good.check("--record")
    good.change(PY, "math.pi = 3", "assert math.pi > 3.1")
    good.check("--record").assert_outcomes(passed=4, deselected=8)


def test_nothing_that_was_there_is_lost(good: Project):
    good.change(
        PY, 'print(f"mean', "import sys\nopen(sys.argv[0], 'a').close()\nprint(f\"mean"
    )
    good.failures("--record")
    assert good.path(PY).exists()


def test_an_error_that_the_page_shows(good: Project):
    good.change(
        PY,
        'print(f"{2',
        'try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(e)\nprint(f"{2',
    )
    good.check("--record")
    good.check().assert_outcomes(passed=12)
    assert "division by zero\n10.6667\n" in good.path(TXT).read_text()


def test_a_file_that_is_deleted_again(good: Project):
    good.change(
        PY,
        'print(f"{2',
        "import tempfile\nwith tempfile.TemporaryDirectory() as d:\n"
        '    open(d + "/x", "w").close()\nprint(f"{2',
    )
    good.check("--record").assert_outcomes(passed=4, deselected=8)
