"""The checker on scripts that no browser can read: file and line, without a browser."""

import pytest

from checker.scripts import script_problems

FOLDER = "docs/assets/javascripts/"
TEMPLATE = """\
<script src="{{ 'assets/javascripts/site.js' | url }}" data-language="en"></script>
"""
GOOD = {
    "docs/_theme/main.html": TEMPLATE,
    "docs/_theme/404.html": """<p>
    <script>
      document.title = "{{ config.site_name }}"
    </script>
    """,
    f"{FOLDER}site.js": "const { a } = document.currentScript.dataset\nimport(`./${a}.js`)\n",
    f"{FOLDER}both.js": (
        '// Both.\nimport { draw } from "./figures/figure.js"\n\nexport default () => draw()\n'
    ),
    f"{FOLDER}figures/figure.js": (
        'import both from "../both.js"\n\nexport const draw = () => both(document)\n'
    ),
}


@pytest.fixture
def root(tmp_path):
    for name, text in GOOD.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def test_a_script_in_a_template(root):
    file = root / "docs/_theme/404.html"
    file.write_text(
        GOOD["docs/_theme/404.html"].replace('name }}"', "name }}"), "utf-8"
    )
    (problem,) = map(str, script_problems(root))
    assert problem.startswith("docs/_theme/404.html:3: no JavaScript: Invalid")


def test_good_scripts(root):
    assert script_problems(root) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "site.js",
            "import(",
            "\nif (a) {\n(",
            "site.js:5: no JavaScript: Unexpected end",
        ),
        (
            "site.js",
            "import(",
            "await import(",
            "site.js:2: no JavaScript: await is only valid",
        ),
        (
            "both.js",
            "=> draw",
            "=> => draw",
            "both.js:4: no JavaScript: Unexpected token",
        ),
        (
            "figures/figure.js",
            "(document)",
            "(",
            "figures/figure.js:4: no JavaScript: ",
        ),
        (
            "both.js",
            "figure.js",
            "figur.js",
            "both.js:2: imports ./figures/figur.js, which",
        ),
        (
            "both.js",
            "{ draw",
            "{ drew",
            "both.js:2: imports drew from ./figures/figure.js",
        ),
        (
            "both.js",
            "default",
            "const b =",
            "figures/figure.js:1: imports default from ",
        ),
    ],
)
def test_a_script_that_cannot_be_read(root, name, old, new, told):
    file = root / FOLDER / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = map(str, script_problems(root))
    assert problem.startswith(FOLDER + told)
