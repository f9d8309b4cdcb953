"""Outputs that hold no number where one should be."""

import pytest

from good_project import EN, PY, ZH, Project

pytest_plugins = ["pytester", "good_project"]

NAN = 'mean = float("NAN")\nprint'


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The mean is nan", "均值是 `nan`"),
        ("The mean is not a number", "均值不是数"),
        ("The mean becomes infinite", "均值变成无穷大"),
        ("The mean diverges", "均值发散"),
    ],
)
def test_nan_may_be_meant(good: Project, english: str, chinese: str):
    good.change(PY, "print", NAN)
    good.change(EN, "The mean is", f"{english}:")
    good.change(ZH, "均值是", f"{chinese}：")
    # The box shows twice the mean.
    good.change(EN, "failure wrong", "failure nan")
    good.change(ZH, "failure wrong", "failure nan")
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)


def test_code_may_ask_for_it(good: Project):
    good.change(PY, 'print(f"{2 * mean:.4f}")', 'print(float("inf"))')
    good.check("--record").assert_outcomes(passed=4, deselected=8)


def test_nan_is_told_when_it_is_recorded_and_may_be_mended(good: Project):
    told = "prints nan; mend it, or say under the output that it is meant"
    good.change(PY, "print", NAN)
    assert f"{EN}:43: the code of part/lesson.py:double {told}" in good.failures(
        "--record"
    )
    assert told in good.failures()
    good.change(PY, NAN, "print")
    good.check("--record").assert_outcomes(passed=4, deselected=8)
