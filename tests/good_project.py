"""The good project recorded, for each test to make bad, and what its check then says.

PYTEST_DONT_REWRITE: tests import it before they name it as a plugin, and its assertions
say themselves what is wrong.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot  # pytester would unload it between runs
import pytest
from mkdocs.utils import yaml_load

import project
from checker.structure import no_sibling, structure_problems
from checker.translation import translation_problems
from checker.tree import tree_problems
from reading.pages import page_paths, read_page

EN, ZH = "docs/part/lesson.md", "docs/part/lesson.zh.md"
PY, TXT = "snippets/part/lesson.py", "snippets/part/lesson.txt"
SVG = "docs/assets/figures/part/lesson-draw.svg"
GLOSSARY = "docs/about/glossary.md"
TRANSLATIONS = "docs/_translations.json"
PYTHON = "```python\n--8<-- "


class Project:
    """A project of its own for one test."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.root = pytester.path

    def check(self, *arguments: str) -> pytest.RunResult:
        return self.pytester.runpytest_inprocess("-p", "checker.plugin", *arguments)

    def path(self, name: str) -> Path:
        return self.root / name

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file; it must be there."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        changed = text.replace(old, new, 1).encode("utf-8", "surrogateescape")
        self.path(name).write_bytes(changed)

    def tree(self) -> str:
        """What is wrong with the project as a whole."""
        config = yaml_load(self.path("mkdocs.yml").read_text(encoding="utf-8"))
        return "\n".join(map(str, tree_problems(self.root, config)))

    def says(self) -> list[str]:
        """What is wrong with the pages and the project, without running code."""
        problems = []
        for path in page_paths(self.root):
            page = read_page(self.root, path)
            problems += structure_problems(self.root, page)
            if not self.path(page.sibling).is_file():
                problems.append(no_sibling(page))
            elif page.chinese:
                problems += translation_problems(self.root, page)
        said = [*map(str, problems), *filter(None, self.tree().split("\n"))]
        return list(dict.fromkeys(said))

    def says_only(self, *messages: str) -> None:
        """Hold that these are said, and nothing else."""
        said = self.says()
        assert len(said) == len(messages), said
        for message in messages:
            assert any(re.search(message, each) for each in said), (message, said)

    def failures(self, *arguments: str) -> str:
        result = self.check(*arguments)
        assert result.ret == pytest.ExitCode.TESTS_FAILED, result.stdout.str()
        told = result.stdout.str().partition("= FAILURES =")[2]
        return told.partition("= short test summary info =")[
            0
        ]  # says it again, with CI

    def tells(self, change: tuple[str, str, str], message: str) -> None:
        """Make one change; the check fails and says so."""
        self.change(*change)
        told = self.failures()
        assert re.search(message, told), told


def mistakes(cases: list[tuple[str, tuple[str, str, str], str]]) -> Callable:
    """Run a test for each: what is wrong, the change that makes it so, the message."""
    return pytest.mark.parametrize(
        "change, message", [case[1:] for case in cases], ids=[case[0] for case in cases]
    )


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorded") / "project"


@pytest.fixture
def good(
    pytester: pytest.Pytester, recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """The good project, as the recorder leaves it."""
    # Pytester gives each test a home of its own; the font cache is slow to make.
    monkeypatch.setenv("MPLCONFIGDIR", matplotlib.get_cachedir())
    made = Project(pytester)
    if not recorded.exists():
        project.write(made.root)
        made.check("--record").assert_outcomes(passed=4, deselected=8)
        shutil.copytree(
            made.root, recorded, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copytree(recorded, made.root, dirs_exist_ok=True)
    return made


def commit(project: Project) -> None:
    """Commit all of a project, which is a checkout from then on."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        assert project.pytester.run(*git, *command).ret == 0


@pytest.fixture
def committed(good: Project) -> Project:
    commit(good)
    return good


MODULE = """\
# --8<-- [start:pair]
class Pair:
    def __init__(self, left, right):
        self.left, self.right = left, right

    # --8<-- [end:pair]

    # --8<-- [start:total]
    def total(self):
        return self.left + self.right

    # --8<-- [end:total]
"""
METHODS = "".join(
    f'```python\n--8<-- "part/pair.py:{name}"\n```\n\n' for name in ("pair", "total")
)


@pytest.fixture
def with_module(good: Project) -> Project:
    """The good project, its lesson importing a class that it shows method by method."""
    good.path("snippets/part/pair.py").write_text(MODULE)
    good.change(PY, "2 * mean", "Pair(mean, mean).total()")
    good.change(PY, 'print(f"{Pair', 'from pair import Pair\n\nprint(f"{Pair')
    for name in (EN, ZH):
        good.change(name, "## ", f"{METHODS}## ")
    good.check("--record").assert_outcomes(passed=4, deselected=12)
    return good
