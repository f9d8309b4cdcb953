"""Whether a browser can read the scripts of the site; none of them is run."""

import json
import re
import subprocess
from pathlib import Path

from reading.files import files_below
from reading.problems import Problem

FOLDER = "docs/assets/javascripts"
# A template starts classic scripts; all others are modules, which scripts import.
CLASSIC = re.compile(r"<script src=\"{{ '(assets/javascripts/[^']+)' \| url }}\"")
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
READ = Path(__file__).with_suffix(".mjs")


def script_problems(root: Path) -> list[Problem]:
    """What no browser can read: a mistake in the syntax, an import that leads nowhere.

    Args:
        root: the folder that holds docs/.

    Raises:
        RuntimeError: the Node that Playwright brings cannot be started.
    """
    from playwright._impl._driver import compute_driver_executable  # tests may lack it

    templates = files_below(root / "docs/_theme", "*.html")
    classic, scripts = set(), {}
    for file in templates:
        text = file.read_text(encoding="utf-8")
        classic |= {f"docs/{path}" for path in CLASSIC.findall(text)}
        if INLINE.search(text):
            path = file.relative_to(root).as_posix()
            scripts[path] = {"code": _scripts_in(text), "isModule": False}
    for file in files_below(root / FOLDER, "*.js"):
        path = file.relative_to(root).as_posix()
        code = file.read_text(encoding="utf-8")
        scripts[path] = {"code": code, "isModule": path not in classic}
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [node, "--no-warnings", "--experimental-vm-modules", READ],
        input=json.dumps(scripts),
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(f"scripts cannot be checked: {done.stderr}")
    return sorted(Problem(*problem) for problem in json.loads(done.stdout))


def _scripts_in(text: str) -> str:
    """Return the scripts that stand in a template, on its lines."""
    parts = INLINE.split(text)
    parts[::2] = ["\n" * outside.count("\n") for outside in parts[::2]]
    return "".join(parts)
