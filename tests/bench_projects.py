"""Copies of the project that are measured: larger ones, and their yardsticks."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import yaml
from mkdocs.utils import yaml_load

from built import ARCHIVED, ROOT
from reading.files import stray_names

LESSON = "line/descent"
PER_PART = 20


def mkdocs(project: Path, *arguments: str, **environment: str) -> float:
    """Run MkDocs in a project; return seconds."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "-q", *arguments],
        cwd=project,
        env=os.environ | environment,
        check=True,
    )
    return time.perf_counter() - start


def copy_of_the_project(folder: Path, lessons: int = 0) -> Path:
    """Copy what a build needs; with ``lessons``, that many copies of one as well."""
    for name in ("docs", "snippets", ".cache"):  # labs have been run
        shutil.copytree(ROOT / name, folder / name, ignore=stray_names)
    for name in ARCHIVED:
        shutil.copy(ROOT / name, folder)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    parts = []
    for first in range(0, lessons, PER_PART):
        part = f"part{first // PER_PART}"
        for name in ("docs", "snippets"):
            (folder / name / part).mkdir()
        parts.append(f"  - {part}:")
        for number in range(first, min(first + PER_PART, lessons)):
            lesson = f"{part}/lesson{number}"
            parts.append(f"      - {lesson}.md")
            for suffix in (".py", ".txt"):
                shutil.copy(
                    ROOT / f"snippets/{LESSON}{suffix}",
                    folder / f"snippets/{lesson}{suffix}",
                )
            for suffix in (".md", ".zh.md"):
                text = (ROOT / f"docs/{LESSON}{suffix}").read_text(encoding="utf-8")
                text = text.replace(f'8<-- "{LESSON}.', f'8<-- "{lesson}.')
                # Links to the neighbours of the lesson lead there, not to copies.
                text = re.sub(r"\]\((?=[\w-]+\.md)", "](../line/", text)
                (folder / f"docs/{lesson}{suffix}").write_text(text, encoding="utf-8")
    config = re.sub(r"(?m)^nav:\n", "\\g<0>" + "".join(f"{p}\n" for p in parts), config)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def bare(project: Path) -> Path:
    """Turn a copy of the project into bare Material with the same pages."""
    config = yaml_load((project / "mkdocs.yml").read_text(encoding="utf-8"))
    nav = []
    for entry in config["nav"]:
        nav.append(entry)
        ((title, pages),) = (
            entry.items() if isinstance(entry, dict) else ((None, [entry]),)
        )
        chinese = [path.replace(".md", ".zh.md") for path in pages]
        nav += chinese if title is None else [{f"{title} (zh)": chinese}]
    keep = {
        "site_name": config["site_name"],
        "nav": nav,
        "theme": {"name": "material", "features": config["theme"]["features"]},
        "plugins": ["search"],
        "exclude_docs": config["exclude_docs"],
        "markdown_extensions": config["markdown_extensions"],
    }
    shutil.rmtree(project / "docs/assets/javascripts")
    shutil.rmtree(project / "docs/assets/stylesheets")
    (project / "mkdocs.yml").write_text(yaml.safe_dump(keep, allow_unicode=True))
    return project


def without_hooks(project: Path) -> Path:
    """Take our hooks and templates out of a copy of the project."""
    config = (project / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"(?m)^hooks:\n(  - .*\n)+", "", config)
    config = re.sub(r"(?m)^  custom_dir: .*\n", "", config)
    config = re.sub(r"(?m)^extra:\n(  .*\n)+", "", config)
    config = re.sub(r"(?m)^  icon:\n    logo: .*\n", "", config)
    (project / "mkdocs.yml").write_text(config, "utf-8")
    return project
