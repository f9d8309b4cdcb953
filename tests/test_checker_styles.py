"""Style sheets and templates that cannot be read."""

import pytest

from checker.styles import style_problems, template_problems


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("a { color: red }\n@media print { b { color: red } }", []),
        ("a { color: red; }\nb { color }", ["2: Expected ':'"]),
        ("a {\n  color: red;\n\nb { color: red }", ["4: a rule inside that of line 1"]),
        ("@media print {\n  a { color: red\n  b { color: red }\n}", ["3: "]),
        ("a { color: red }\n}\nb { color: red }", ["2: "]),
    ],
)
def test_a_style_sheet_that_browsers_would_drop(tmp_path, css: str, told: list[str]):
    folder = tmp_path / "docs/assets/stylesheets"
    folder.mkdir(parents=True)
    (folder / "a.css").write_text(css)
    found = [str(problem) for problem in style_problems(tmp_path)]
    assert len(found) == len(told), found
    for problem, line in zip(found, told, strict=True):
        assert problem.startswith(f"docs/assets/stylesheets/a.css:{line}"), problem


def test_a_template_that_jinja_cannot_read(tmp_path):
    folder = tmp_path / "docs/_theme"
    folder.mkdir(parents=True)
    (folder / "good.html").write_text("{% for a in b %}{{ a }}{% endfor %}")
    assert list(template_problems(tmp_path)) == []
    (folder / "bad.html").write_text("<p>\n{% if a %}\n</p>\n")
    [problem] = template_problems(tmp_path)
    assert str(problem).startswith(
        "docs/_theme/bad.html:2: no template: Unexpected end"
    )
