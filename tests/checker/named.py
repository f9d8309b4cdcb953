"""Pages that are named after an option, on the command line."""

import difflib
from pathlib import Path

import pytest

from reading.model import CHINESE
from reading.pages import page_paths


def pages_to_record(config: pytest.Config) -> list[str]:
    """Find the pages that ``--record`` is to record.

    A page may be named in either language, and from docs/ or from the current folder; the
    page in the other language comes with it. A folder stands for all pages in it.

    Returns:
        Whole paths of pages and folders, each once.

    Raises:
        pytest.UsageError: there is no such page.
    """
    root, here = config.rootpath, config.invocation_params.dir
    known = list(page_paths(root))
    found: dict[str, None] = {}
    for name in config.args:
        places = [folder / name for folder in (here, root, root / "docs")]
        places = [place.resolve() for place in places]
        for path in (p for place in places for p in (place, Path(f"{place}.md"))):
            if path.is_dir():
                found[str(path)] = None
                break
            if path.is_relative_to(root) and path.is_file():
                page = path.relative_to(root).as_posix()
                if page in known:
                    english = page.replace(CHINESE, ".md")
                    pair = (english, english.removesuffix(".md") + CHINESE)
                    found |= {str(root / p): None for p in pair if p in known}
                    break
        else:
            close = difflib.get_close_matches(f"docs/{name}", known, n=1, cutoff=0.7)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise pytest.UsageError(
                f"--record {name}: there is no such page{hint or '; name one as docs/index.md'}"
            )
    return list(found)


def check_confirmed(config: pytest.Config) -> None:
    """Refuse a confirmation that names no English paragraph of this run.

    Raises:
        pytest.UsageError: a name cannot be read, or its page is not part of the run.
    """
    for name in config.getoption("--confirm"):
        path, _, line = name.rpartition(":")
        if not config.getoption("--record"):
            raise pytest.UsageError("--confirm goes with --record")
        if (
            not line.isdecimal()
            or path.endswith(CHINESE)
            or path not in page_paths(config.rootpath)
        ):
            raise pytest.UsageError(
                f"--confirm {name}: name an English paragraph, as docs/index.md:12"
            )
        chinese = path.removesuffix(".md") + CHINESE
        file = config.rootpath / chinese
        if not {str(file), *map(str, file.parents)} & set(config.args):
            raise pytest.UsageError(
                f"--confirm {name}: {chinese} is not part of this run"
            )
