"""What code prints and draws, compared with what is recorded."""

from good_project import EN, PY, SVG, TXT, ZH, Project, mistakes

pytest_plugins = ["pytester", "good_project"]


@mistakes(
    [
        (
            "code that prints and shows no output",
            (EN, '```text\n--8<-- "part/lesson.txt:mean"\n```\n\n', ""),
            r"lesson.md:9: the code of part/lesson.py:mean prints, but the page shows no output",
        ),
        (
            "an output that follows no code",
            (EN, "The end.", '```text\n--8<-- "part/lesson.txt:mean"\n```'),
            r"lesson.md:49: the output part/lesson.txt:mean follows no code",
        ),
        (
            "the output of other code",
            (EN, "lesson.txt:mean", "lesson.txt:double"),
            r"lesson.md:13: the output part/lesson.txt:double stands under the code part/lesson",
        ),
        (
            "output of a section that does not exist",
            (
                TXT,
                "--8<-- [start:mean]",
                "--8<-- [start:gone]\n1\n--8<-- [end:gone]\n--8<-- [start:mean]",
            ),
            r"snippets/part/lesson.txt:2: output of a section gone that snippets/part/lesson.py",
        ),
        (
            "output of a section that prints nothing",
            (PY, 'print(f"{2 * mean:.4f}")', "twice = 2 * mean"),
            r"lesson.md:43: this is not what the code prints",
        ),
        (
            "output of a section that no page shows",
            (
                TXT,
                "--8<-- [start:mean]",
                "--8<-- [start:data]\n1\n--8<-- [end:data]\n--8<-- [start:mean]",
            ),
            r"lesson.md:5: part/lesson.py:data is recorded to print, but the page shows no output",
        ),
        (
            "stale output",
            (PY, "(3, 8)", "(3, 9)"),
            r"(?s)lesson.md:13: this is not what the code prints.*snippets/part/lesson.py:6"
            r".*x mean = 5.3333 *\| mean = 5.6667.*make record",
        ),
        (
            "nan of which nobody speaks",
            (TXT, "mean = 5.3333", "mean = nan"),
            r"(?s)lesson.md:13: the code of part/lesson.py:mean prints nan; mend it, or say"
            r".*lesson.zh.md:13: the code of part/lesson.py:mean prints nan",
        ),
        (
            "infinity of which nobody speaks",
            (TXT, "mean = 5.3333", "mean = tensor(-inf)"),
            r"lesson.md:13: the code of part/lesson.py:mean prints -inf; mend it",
        ),
        (
            "one digit of the output",
            (TXT, "mean = 5.3333", "mean = 5.3334"),
            r"lesson.md:13: this is not what the code prints",
        ),
        (
            "fewer digits in the code",
            (PY, "{mean:.4f}", "{mean:.3f}"),
            r"lesson.md:13: this is not what the code prints",
        ),
    ]
)
def test_a_mistake_in_outputs_is_told(good, change, message):
    good.tells(change, message)


@mistakes(
    [
        (
            "a figure that changed",
            (PY, '"o")', '"x")'),
            rf"lesson.md:23: {SVG} is not what the code draws now",
        ),
        (
            "one coordinate of a figure",
            (PY, "plt.plot(*zip", "plt.axhline(4.001)\nplt.plot(*zip"),
            r"lesson.md:23: .* is not what the code draws now",
        ),
        (
            "a figure that the page does not show",
            (
                EN,
                "![Three points that rise.](../assets/figures/part/lesson-draw.svg)\n"
                "The points.\n\n",
                "",
            ),
            r"lesson.md:23: part/lesson.py:draw draws a figure that the page does not show; add",
        ),
        (
            "a figure without alternative text",
            (EN, "Three points that rise.", ""),
            r"lesson.md:27: the image .* has no alternative text",
        ),
        (
            "a Chinese figure without alternative text",
            (ZH, "三个逐渐升高的点。", ""),
            r"lesson.zh.md:27: the image .* has no alternative text",
        ),
        (
            "a figure without a caption",
            (EN, "The points.\n", ""),
            r"lesson.md:27: the figure .* has no caption; say on the line under it",
        ),
        (
            "a figure that is not shown",
            (PY, "plt.show()", "x = 1"),
            r"lesson.md:23: the code of part/lesson.py:draw draws and never shows it; end it in",
        ),
        (
            "words in a figure",
            (PY, "plt.show()", 'plt.title("mean loss")\nplt.show()'),
            r"lesson.md:23: the figure of part/lesson.py:draw says mean, loss; figures carry",
        ),
        (
            "a figure under other code",
            (
                EN,
                "The end.",
                "![Points.](../assets/figures/part/lesson-draw.svg)\nPoints.",
            ),
            r"lesson.md:49: the figure assets/figures/part/lesson-draw.svg does not stand under",
        ),
    ]
)
def test_a_mistake_in_figures_is_told(good, change, message):
    good.tells(change, message)


def test_the_good_project_passes(good: Project):
    good.check().assert_outcomes(passed=12)
    assert good.tree() == ""


def test_one_page_alone(good: Project):
    good.check(EN).assert_outcomes(passed=5)


def test_an_empty_line_is_no_output(good: Project):
    good.change(PY, "points = [", "print()\npoints = [")
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)


def test_the_last_digit_is_the_machines_while_nobody_touched_it(good: Project):
    good.change(TXT, "mean = 5.3333", "mean = 5.3334")
    text = good.path(TXT).read_text()
    from checker.record import HEADER, digest

    outputs = text.partition("\n")[2]
    header = HEADER.format(digest(good.root, "part/lesson.py", outputs))
    good.path(TXT).write_text(header + outputs)
    good.check().assert_outcomes(passed=12)
    good.change(PY, "points = [", "points  = [")
    assert f"{EN}:13: this is not what the code prints" in good.failures()
