"""Imports of packages that nobody pinned."""

import pytest

from good_project import EN, PY, Project
from lab_project import HEAD

pytest_plugins = ["pytester", "good_project"]

PINS = (
    '[project]\ndependencies = ["matplotlib==3.1", "Scikit_Learn>=1; extra == \'a\'"]\n'
)
# What matplotlib brings: its name on pip is another.
BROUGHT = "imports PIL of pillow, which came with another package; add pillow and its"


@pytest.fixture
def pinned(good: Project) -> Project:
    good.path("pyproject.toml").write_text(PINS)
    return good


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("from PIL import Image", f"{PY}:2: {BROUGHT} version to dependencies"),
        ("import json, PIL.Image as image", f"{PY}:2: {BROUGHT}"),
        ("def later():\n    import PIL", f"{PY}:3: {BROUGHT}"),
        (
            "import enigne",
            f"{PY}:2: imports enigne, which is not installed; correct the",
        ),
        ("import json, sklearn.linear_model, mpl_toolkits", ""),
        ("try:\n    import enigne\nexcept ImportError:\n    print(1)", ""),
    ],
)
def test_an_import_that_no_pin_names(pinned: Project, code: str, message: str):
    pinned.change(PY, "points", f"{code}\npoints")
    told = pinned.failures(EN) if message else ""
    result = told or pinned.check("-k", "page").stdout.str()
    assert message in result
    assert ("dependencies in pyproject.toml" in result) == bool(message)


def test_a_module_of_ours_needs_no_pin(with_module: Project):
    with_module.path("pyproject.toml").write_text(PINS)
    with_module.check().assert_outcomes(passed=16)
    with_module.change("snippets/part/pair.py", "class", "import PIL\n\n\nclass")
    told = with_module.failures()
    assert f"snippets/part/pair.py:2: {BROUGHT}" in told


def test_a_lab_imports_what_is_pinned(pinned: Project):
    cell = "```python\nimport helper\nimport PIL\n```\n"
    pinned.path("docs/part/lab.md").write_text(HEAD.format(title="A lab") + cell)
    pinned.path("snippets/line").mkdir()
    pinned.path("snippets/line/helper.py").write_text("number = 4\n")
    told = pinned.failures("docs/part/lab.md")
    assert f"docs/part/lab.md:13: {BROUGHT}" in told
    assert "imports helper" not in told
