"""Whether mkdocs.yml can be read, before every page complains that it cannot."""

from pathlib import Path

import yaml
from mkdocs.utils.yaml import get_yaml_loader

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


def settings_problem(root: Path) -> str:
    """Why mkdocs.yml cannot be read, with its line; nothing if it can, or is not there."""
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
