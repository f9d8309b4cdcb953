"""The checker on styles that browsers would skip without a word."""

import pytest

from checker.styles import style_problems

GOOD = """\
/* A sheet. */
:root { --of-anything: a:b }
@media print {
  a:not(.b) {
    color: red;
    background: url(../favicon.svg) url("data:,");
    & > b { color: blue }
  }
}
i { --x: 1 }
"""


def problems(root, css):
    folder = root / "docs/assets/stylesheets"
    folder.mkdir(parents=True)
    (folder.parent / "favicon.svg").touch()
    (folder / "site.css").write_text(css, "utf-8")
    return [str(problem) for problem in style_problems(root)]


def test_good_styles(tmp_path):
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("red;", "red", "5: the value of color is not ended; add ;"),
        ("color: red", "color red", "5: no CSS, and browsers skip it"),
        ("blue }\n  }", "blue }\n", "3: what begins here is never closed; add }"),
        ("i {", "}\ni {", "10: no CSS, and browsers skip it"),
        ("favicon", "favico", "6: there is no ../favico.svg; correct the name"),
    ],
)
def test_a_style_that_cannot_be_read(tmp_path, old, new, told):
    assert old in GOOD
    (problem,) = problems(tmp_path, GOOD.replace(old, new, 1))
    assert problem.startswith(f"docs/assets/stylesheets/site.css:{told}")
