"""The project as a whole: nothing unused, nothing missing, everything formatted."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.utils import yaml_load

from checker.pins import pin_problems, readme_problems
from checker.scripts import script_problems
from checker.styles import style_problems
from checker.templates import template_problems
from checker.tree import tree_problems
from reading.files import files_below
from reading.pages import page_paths
from reading.problems import CONFLICT

ROOT = Path(__file__).parent.parent


def test_every_file_is_used():
    config = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    problems = tree_problems(ROOT, config)
    if problems:
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


@pytest.mark.parametrize("find", [script_problems, style_problems, template_problems])
def test_scripts_styles_and_templates_can_be_read(find):
    if problems := find(ROOT):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_every_walk_leaves_out_what_editors_and_systems_leave():
    """But for what only programs write."""
    walks = re.compile(r"\.r?glob\(|\.iterdir\(|\bos\.walk\(")
    folders = [ROOT / "docs/_hooks", ROOT / "tests/checker"]
    code = [file for folder in folders for file in files_below(folder, "*.py")]
    found = {f.name for f in code if walks.search(f.read_text(encoding="utf-8"))}
    assert found == {"files.py", "cache.py", "watch.py", "record.py"}


def test_pins_agree_and_the_readme_leads_somewhere():
    if problems := [*pin_problems(ROOT), *readme_problems(ROOT)]:
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_no_merge_is_left_in_any_file():
    """Ruff passes its marks inside a docstring, and browsers inside a comment."""
    kinds = {".py", ".md", ".js", ".mjs", ".css", ".html", ".yml", ".toml", ".txt"}
    files = [
        f for name in ("docs", "snippets", "tests") for f in files_below(ROOT / name)
    ]
    files += [f for f in ROOT.iterdir() if f.is_file()]
    found = [
        f"{file.relative_to(ROOT)}:{number}: a merge is not finished; resolve it"
        for file in files
        if file.suffix in kinds or file.name == "Makefile"
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1)
        if CONFLICT.match(line)
    ]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


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
