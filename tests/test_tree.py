"""The project as a whole: nothing unused, nothing missing, everything formatted."""

import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.utils import yaml_load

from checker.pins import pin_problems, readme_problems
from checker.scripts import script_problems
from checker.styles import style_problems, template_problems
from checker.tree import tree_problems
from reading.pages import page_paths

ROOT = Path(__file__).parent.parent


def test_every_file_is_used():
    config = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    problems = tree_problems(ROOT, config)
    if problems:
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_styles_and_templates_can_be_read():
    if problems := [*style_problems(ROOT), *template_problems(ROOT)]:
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_browsers_can_read_the_scripts():
    if problems := script_problems(ROOT):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_pins_agree_and_the_readme_leads_somewhere():
    if problems := [*pin_problems(ROOT), *readme_problems(ROOT)]:
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_pages_are_found():
    paths = list(page_paths(ROOT))
    assert "docs/index.md" in paths
    assert "docs/index.zh.md" in paths


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff(command: list[str]):
    ruff = [sys.executable, "-m", "ruff", *command]
    done = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
