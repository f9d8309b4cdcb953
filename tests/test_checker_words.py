"""Words in figures that can be seen without drawing them."""

from pathlib import Path

import pytest

from checker import run
from checker.words import words_seen
from good_project import EN, PY, SVG, TXT, Project
from reading.files import files_below
from reading.includes import sections_of
from reading.sections import Section

pytest_plugins = ["pytester", "good_project"]

SNIPPETS = Path(__file__).parent.parent / "snippets"


def seen(code: str) -> list[str]:
    return words_seen(Section("part/lesson.py", "draw", 1, f"{code}\nplt.show()\n"))


@pytest.mark.parametrize(
    "code",
    [
        'plt.title("loss")',
        'plt.xlabel("$x$, loss")',
        'ax.set_ylabel(ylabel="loss")',
        'figure.suptitle("loss")',
        'plt.text(0, 1, "loss")',
        'ax.annotate("loss", (0, 1))',
        'plt.xlabel("损失")',
        'for ax in axes:\n    ax.set_title("loss")',
        'with plt.rc_context():\n    plt.title("loss")',
        'plt.plot(xs, label="loss")\nplt.legend()',
        'line = ax.plot(xs, label="loss")\nax.legend(loc="best")',
        'plt.colorbar(image, label="loss")',
    ],
)
def test_a_word_that_is_drawn_is_seen(code: str):
    assert seen(code) in (["loss"], ["损失"])


@pytest.mark.parametrize(
    "code",
    [
        'plt.title(r"$\\mathrm{loss}$, $x$")',
        'plt.title("SGD, ReLU")',
        'plt.text(0, 1, "ab")',
        'print("loss".title())',
        'print("loss")',
        'def draw():\n    plt.title("loss")',
        'if deep:\n    plt.title("loss")',
        'plt.plot(xs, label="loss")',
        'plt.plot(xs, label="_loss")\nplt.legend()',
        'left.plot(xs, label="loss")\nright.legend()',
        'plt.plot(xs, label="loss")\nplt.legend(["$x$"])',
        'plt.title("loss")\nplt.clf()',
        "plt.title(name)",
        'plt.title("loss"',
    ],
)
def test_what_may_not_be_drawn_is_left_to_the_drawing(code: str):
    assert seen(code) == []


def test_a_section_that_shows_nothing_says_nothing():
    code = 'plt.title("loss")\n'
    assert words_seen(Section("part/lesson.py", "draw", 1, code)) == []


def test_no_lesson_is_suspected():
    """The figures of all lessons were drawn and carry no words."""
    drawing = 0
    for file in files_below(SNIPPETS, "*.py"):
        path = file.relative_to(SNIPPETS).as_posix()
        for section in sections_of(SNIPPETS.parent, path)[0].values():
            drawing += "plt.show()" in section.text
            assert words_seen(section) == [], section
    assert drawing > 10


def test_recording_refuses_words_before_anything_runs(
    good: Project, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(run, "run_again", lambda *a: pytest.fail("it was run"))
    before = good.path(TXT).read_bytes(), good.path(SVG).read_bytes()
    good.change(PY, "plt.show()", 'plt.title("mean loss")\nplt.show()')
    told = good.failures("--record")
    assert (
        f"{EN}:23: the figure of part/lesson.py:draw says mean, loss; figures" in told
    )
    assert (good.path(TXT).read_bytes(), good.path(SVG).read_bytes()) == before
