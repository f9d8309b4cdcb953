"""Pins that disagree, and links of the README that lead nowhere."""

import pytest

from checker.pins import pin_problems, readme_problems

PROJECT = """\
[project]
dependencies = [
    "torch==2.13.0",
    "%s",
]
[project.optional-dependencies]
test = ["pytest==9.2.0"]
"""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("NumPy==2.4.6", []),
        ("numpy", ["pyproject.toml:4: numpy may be any version"]),
        ("numpy>=2", ["pyproject.toml:4: numpy>=2 may be any version"]),
        ("numpy==2.*", ["pyproject.toml:4: numpy==2.* may be any version"]),
        (
            "numpy==2.4.5",
            ["pyproject.toml:4: numpy==2.4.5, but constraints.txt pins 2.4.6;"],
        ),
        ("tqdm==4.1", ["pyproject.toml:4: constraints.txt does not pin tqdm; add"]),
    ],
)
def test_each_package_has_one_version(tmp_path, asked: str, told: list[str]):
    (tmp_path / "pyproject.toml").write_text(PROJECT % asked)
    pins = "torch==2.13.0\nnumpy==2.4.6\npytest==9.2.0\n"
    (tmp_path / "constraints.txt").write_text(pins)
    found = [str(problem) for problem in pin_problems(tmp_path)]
    assert len(found) == len(told), found
    assert all(a.startswith(b) for a, b in zip(found, told, strict=True)), found


def test_a_readme_links_to_files(tmp_path):
    good = "[MIT](LICENSE), [all](#all), [PyTorch](https://pytorch.org/)\n"
    (tmp_path / "LICENSE").write_text("")
    (tmp_path / "README.md").write_text(good)
    (tmp_path / "README.zh.md").write_text(f"{good}\n[规范](docs/rules.md#a)\n")
    [problem] = readme_problems(tmp_path)
    assert str(problem).startswith("README.zh.md:3: the link docs/rules.md#a leads to")
