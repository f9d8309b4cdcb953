"""The project as a whole: nothing unused, nothing missing, nothing private."""

from pathlib import Path

from checker.structure import tree_problems
from mkdocs.utils import yaml_load
from pages import page_paths

ROOT = Path(__file__).parent.parent


def test_every_file_is_used():
    nav = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    problems = tree_problems(ROOT, nav)
    assert not problems, "\n".join(["", *map(str, problems)])


def test_pages_are_found():
    paths = list(page_paths(ROOT))
    assert "docs/index.md" in paths
    assert "docs/index.zh.md" in paths
