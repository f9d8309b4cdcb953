"""Whether what all pages need can be read, before each of them complains that it cannot."""

from pathlib import Path

import yaml
from mkdocs.utils.yaml import get_yaml_loader

from checker.drift import RECORDED, recorded_pairs
from checker.files import committed

FILE = "mkdocs.yml"


class Loader(get_yaml_loader()):
    """Reads mkdocs.yml as MkDocs does, and refuses a name that is set twice.

    YAML forbids it; PyYAML takes the last, so that the rest is lost without a word.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if key.value in lines:
                problem = f"{key.value} is set on line {lines[key.value]} too; keep one"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            lines[key.value] = line
        return super().construct_mapping(node, deep)


def shared_problem(root: Path) -> str:
    """Why no page can be checked, with file and line; nothing if pages can.

    Args:
        root: the folder that holds mkdocs.yml and docs/.
    """
    if problem := _settings_problem(root):
        return problem
    try:
        recorded_pairs(root)
    except ValueError as error:
        return str(error)
    if not (root / RECORDED).is_file() and committed(root, RECORDED):
        return (
            f"{RECORDED}:1: is gone; take it back with git checkout HEAD -- {RECORDED}"
        )
    return ""


def _settings_problem(root: Path) -> str:
    """Why mkdocs.yml cannot be read; nothing if it can, or is not there."""
    file = root / FILE
    if not file.is_file():
        return ""
    try:
        yaml.load(file.read_text(encoding="utf-8"), Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        return f"{FILE}:{line}: {error.problem or error.context}"
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return f"{FILE}:1: {error}"
    return ""
