"""Formulas, which the build turns into MathML."""

import re

import pytest

from built import build, small_project
from publishing.formulas import replace_formulas, to_mathml


def test_mathml_is_small_and_escaped():
    math = to_mathml(r"a < b")
    assert math == "<math><mrow><mi>a</mi><mo>&#x0003C;</mo><mi>b</mi></mrow></math>"
    assert 'display="block"' in to_mathml("x", display=True)


@pytest.mark.parametrize(
    ("before", "after"), [("", "。"), ("", "),"), ("(", ")."), ("（", "")]
)
def test_stops_and_brackets_stay_with_their_formula(before, after):
    formula = r'<span class="arithmatex">\(a\)</span>'
    page = replace_formulas(f"x {before}{formula}{after} x", print)
    math = r"<math>(?:(?!</math>).)*</math>"
    held = f'<span class="together">{re.escape(before)}{math}{re.escape(after)}</span>'
    assert re.fullmatch(f"x {held} x", page)
    assert "together" not in replace_formulas(f"x {formula} x", print)


@pytest.mark.parametrize("tex", ["a = -1", "(2, -1)", "(-1)", "a < -1"])
def test_the_sign_of_a_number_stands_close_to_it(tex):
    assert '<mo form="prefix">−</mo><mn>1</mn>' in to_mathml(tex)
    assert "prefix" not in to_mathml("a - 1")


def test_the_name_of_a_function_keeps_away_from_a_number():
    assert "<mi>ln</mi><mspace " in to_mathml(r"\ln 10")
    assert "<mspace" not in to_mathml(r"\ln(1 - p)")


@pytest.mark.parametrize("tex", [r"\begin{aligned}a&=b\end{aligned}", r"\nosuch{x}"])
def test_a_formula_that_cannot_be_converted_is_reported(tex):
    problems = []
    page = rf'<span class="arithmatex">\({tex.replace("&", "&amp;")}\)</span>'
    assert replace_formulas(page, lambda *problem: problems.append(problem)) == page
    assert problems[0][0] == tex


def test_such_a_formula_fails_the_build(tmp_path):
    project = small_project(
        tmp_path / "project", "# A {#a}\n\n$\\nosuch$\n", "# 一 {#a}\n"
    )
    result = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert result.returncode != 0
    assert r"index.md: formula '\\nosuch'" in result.stderr
