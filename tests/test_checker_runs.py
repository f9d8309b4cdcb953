"""Which code runs, when, and how often."""

import re

import pytest

from checker import run
from good_project import EN, METHODS, PY, PYTHON, ZH, Project

pytest_plugins = ["pytester", "good_project"]


def test_a_page_that_cannot_be_read_runs_nothing(good: Project):
    good.change(EN, '"part/lesson.py:data"', "part/lesson.py:data")
    good.change(ZH, '"part/lesson.py:data"', "part/lesson.py:data")
    good.check().assert_outcomes(passed=2, failed=2, skipped=6)


def test_later_examples_are_reported_as_not_run(good: Project):
    good.change(PY, "points = [", "points = missing + [")
    result = good.check("-rs")
    result.assert_outcomes(passed=4, failed=2, skipped=6)
    assert f"not run: {EN}:5 failed" in result.stdout.str()


def test_both_languages_are_one_run(good: Project, monkeypatch: pytest.MonkeyPatch):
    runs = []
    once = run.run_again
    monkeypatch.setattr(run, "_runs", {})  # other tests have run the same code
    monkeypatch.setattr(run, "run_again", lambda *a: runs.append(a) or once(*a))
    good.check().assert_outcomes(passed=12)
    assert len(runs) == 1


def test_a_page_that_includes_something_else_is_run_too(good: Project):
    good.change(ZH, f'{PYTHON}"part/lesson.py:data"\n```\n\n', "")
    told = good.failures(ZH)
    assert f"{ZH}:5: the code of part/lesson.py:mean raises NameError" in told


def test_a_module_is_shown_by_its_parts_and_run_by_its_import(with_module: Project):
    with_module.check().assert_outcomes(passed=16)
    assert with_module.tree() == ""
    assert not with_module.path("snippets/part/pair.txt").exists()


def test_a_module_may_be_shown_first(with_module: Project):
    for name in (EN, ZH):
        with_module.change(name, METHODS, "")
        with_module.change(name, "```python", f"{METHODS}```python")
    with_module.check("--record").assert_outcomes(passed=4, deselected=12)
    with_module.check().assert_outcomes(passed=16)


def test_a_mistake_in_a_module_is_told_where_it_is_used(with_module: Project):
    with_module.change(
        "snippets/part/pair.py", "self.left + self", "self.missing + self"
    )
    told = with_module.failures()
    assert "the code of part/lesson.py:double raises AttributeError" in told


def test_a_module_that_nothing_imports_is_run_as_shown(with_module: Project):
    with_module.change(PY, "from pair import Pair\n", "")
    told = with_module.failures()
    assert "the code of part/pair.py:total raises IndentationError" in told


def test_a_lesson_that_another_imports(with_module: Project):
    with_module.path("docs/part/pair.md").write_text("# A pair {#pair}\n")
    told = with_module.failures()
    assert re.search(rf"{PY}:\d+: imports part/pair.py, which is a lesson", told), told


def test_sections_of_one_name_are_two_tests(with_module: Project):
    module = "snippets/part/pair.py"
    for name in ("start", "end"):
        with_module.change(module, f"[{name}:total]", f"[{name}:double]")
        with_module.change(PY, f"[{name}:mean]", f"[{name}:page]")
    for name in (EN, ZH):
        with_module.change(name, "pair.py:total", "pair.py:double")
        with_module.change(name, "lesson.py:mean", "lesson.py:page")
        with_module.change(name, "lesson.txt:mean", "lesson.txt:page")
    with_module.check("--record").assert_outcomes(passed=4, deselected=12)
    result = with_module.check("-n", "1")  # xdist takes one name for one test
    result.assert_outcomes(passed=16)


def test_changed_pages_outside_git(good: Project):
    result = good.check("--changed")
    result.stderr.fnmatch_lines(["*--changed asks git what changed, and git says:*"])


def test_prose_that_changed_runs_nothing(committed: Project):
    committed.change(EN, "- Second.", "- Second, and last.")
    result = committed.check("--changed")
    result.assert_outcomes(passed=3, failed=1, deselected=8)


def test_a_page_that_shows_something_else_is_run(committed: Project):
    committed.change(ZH, f'{PYTHON}"part/lesson.py:data"\n```\n\n', "")
    result = committed.check("--changed")
    # Of its own examples the first raises, for the one that is gone defined a name.
    result.assert_outcomes(passed=3, failed=2, skipped=2, deselected=4)


def test_a_new_page_is_run(committed: Project):
    for name in (EN, ZH):
        text = committed.path(name).read_text(encoding="utf-8")
        committed.path(name.replace("lesson", "new")).write_text(text, encoding="utf-8")
    committed.check("--changed").assert_outcomes(passed=13, failed=1, deselected=8)


def test_changed_pages_only(committed: Project):
    good = committed
    good.check("--changed").assert_outcomes(passed=4, deselected=8)
    good.change(PY, "(3, 8)", "(3, 9)")
    result = good.check("--changed")
    result.assert_outcomes(passed=6, failed=2, skipped=4)
