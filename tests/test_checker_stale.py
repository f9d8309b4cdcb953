"""Results that were not recorded with the code as it is now."""

import pytest

from good_project import EN, PY, SVG, TXT, Project, commit

pytest_plugins = ["pytester", "good_project"]

STALE = (
    f"{TXT}:1: this, a figure, or the code was changed and not recorded; make record"
)


@pytest.mark.parametrize(
    "change",
    [
        (PY, "# --8<-- [end:data]", "# A point is a pair.\n# --8<-- [end:data]"),
        (TXT, "by hand; ", "by hand; 0"),
        (SVG, "</svg>", "</svg>\n"),
    ],
    ids=["code", "sum", "figure"],
)
def test_what_was_changed_and_not_recorded_is_told(
    committed: Project, change: tuple[str, str, str]
):
    committed.change(*change)
    told = committed.failures()
    assert f"{STALE} PAGES={EN}" in told or "is not what the code draws now" in told
    commit(committed)
    told = committed.failures("--changed")
    assert f"{STALE} PAGES={EN}" in told
    assert told.count(STALE) == 1
    committed.check("--record").assert_outcomes(passed=4, deselected=8)
    committed.check("--changed").assert_outcomes(passed=12)


def test_the_sum_of_a_page_that_only_draws(committed: Project):
    committed.change(PY, 'print(f"mean = {mean:.4f}")\n', "")
    committed.change(PY, 'print(f"{2 * mean:.4f}")', "twice = 2 * mean")
    for name in (EN, EN.replace(".md", ".zh.md")):
        for section in ("mean", "double"):
            output = f'```text\n--8<-- "part/lesson.txt:{section}"\n```'
            indented = output.replace("\n", "\n    ")
            text = committed.path(name).read_text()
            text = text.replace(f"    {indented}\n\n", "").replace(f"{output}\n\n", "")
            committed.path(name).write_text(text)
    committed.check("--record").assert_outcomes(passed=4, deselected=8)
    committed.path(TXT).unlink()
    assert STALE in committed.failures()


def test_a_module_that_was_changed_makes_its_lessons_stale(with_module: Project):
    with_module.change("snippets/part/pair.py", "class Pair:", "class Pair:  # of any")
    assert f"{STALE} PAGES={EN}" in with_module.failures()
    with_module.check("--record").assert_outcomes(passed=4, deselected=12)
    with_module.check().assert_outcomes(passed=16)


def test_code_that_does_something_else_is_told_by_what_it_does(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    told = good.failures()
    assert "this is not what the code prints" in told
    assert STALE not in told
