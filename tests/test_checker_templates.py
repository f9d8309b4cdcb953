"""The checker on templates that cannot be read."""

from checker.templates import template_problems


def test_a_template_that_jinja_cannot_read(tmp_path):
    folder = tmp_path / "docs/_theme"
    folder.mkdir(parents=True)
    (folder / "good.html").write_text("{% for a in b %}{{ a }}{% endfor %}")
    assert template_problems(tmp_path) == []
    (folder / "bad.html").write_text("<p>\n{% if a %}\n</p>\n")
    [problem] = template_problems(tmp_path)
    told = "docs/_theme/bad.html:2: no template: Unexpected end"
    assert str(problem).startswith(told)
