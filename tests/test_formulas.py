"""Formulas, which the build turns into MathML."""

import re
from xml.etree import ElementTree

import pytest

from built import build, small_project
from publishing.formulas import misfits, replace_formulas, to_mathml


def test_mathml_is_small_and_escaped():
    math = to_mathml(r"a < b")
    assert math == "<math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>"
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
    assert '<mi>ln</mi><mspace width="0.17em"></mspace><mn>10' in to_mathml(r"\ln 10")
    assert '<mi>p</mi><mspace width="0.17em"></mspace><mi>ln' in to_mathml(r"p \ln(q)")
    assert "<mspace" not in to_mathml(r"\ln(1 - p)")
    assert to_mathml(r"-\ln(p)").count("<mspace") == 0
    assert "<mspace" not in to_mathml(r"\frac{\ln}{2}")


def test_the_exponent_of_a_function_stays_with_its_name():
    power = r"<msup><mi>tanh</mi><mn>2</mn></msup><mspace "
    assert power in to_mathml(r"1 - \tanh^2 u")
    assert "<mspace" not in to_mathml(r"1 - \tanh^2")


@pytest.mark.parametrize(
    ("math", "problem"),
    [
        ("<msup><mi>a</mi></msup>", "<msup> has 1 children instead of 2"),
        ("<msup><mi>a</mi><mspace/><mn>2</mn></msup>", "<msup> has 3 children"),
        ("<mfrac><mn>1</mn><mrow/></mfrac>", "<mrow> is empty"),
    ],
)
def test_an_element_with_the_wrong_children_is_named(math, problem):
    found = list(misfits(ElementTree.fromstring(f"<math>{math}</math>")))
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_every_formula_of_the_site_has_the_children_it_needs(site):
    formulas = {}
    for path in site.folder.rglob("*.html"):
        for math in re.findall(r"<math.*?</math>", path.read_text("utf-8"), re.DOTALL):
            formulas.setdefault(math, path.relative_to(site.folder).as_posix())
    assert len(formulas) > 300
    wrong = {
        f"{path}: {problem} in {math}"
        for math, path in formulas.items()
        for problem in misfits(ElementTree.fromstring(math))
    }
    assert not wrong


@pytest.mark.parametrize("tex", [r"x^{}", r"\frac{}{2}"])
def test_an_element_that_is_empty_fails_the_build(tex):
    with pytest.raises(ValueError, match="is empty"):
        to_mathml(tex)


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
