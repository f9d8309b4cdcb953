"""Files that code writes, changes or deletes, wherever they lie."""

from pathlib import Path

import pytest

from checker import run
from reading.includes import sections_of

LEAVES = "leaves a file behind: {}/new"
CHANGES = "changes a file that was there: {}/old"
DELETES = "deletes a file that was there: {}/old"


def error_of(root: Path, code: str) -> str:
    """What the checker says of a snippet with some code, run in a folder of its own."""
    snippet = root / "snippets/part/lesson.py"
    snippet.parent.mkdir(parents=True)
    snippet.write_text(f"# --8<-- [start:a]\n{code}\n# --8<-- [end:a]\n")
    sections = tuple(sections_of(root, "part/lesson.py")[0].values())
    return run.run_again(root, sections)[-1].error


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("open(f'{there}/new', 'w').close()", LEAVES),
        ("os.makedirs(f'{there}/new')", LEAVES),
        ("import numpy\nnumpy.save(f'{there}/new.npy', [1])", LEAVES),
        ("import torch\ntorch.save([1], f'{there}/new')", LEAVES),
        (
            "import numpy\nfrom safetensors.numpy import save_file\n"
            "save_file({'a': numpy.zeros(1)}, f'{there}/new')",
            LEAVES,
        ),
        ("os.chdir(there)\nopen('new', 'w').close()", LEAVES),
        ("open(f'{there}/new', 'w').close()\nos.rename(f'{there}/new', 'new')", "new"),
        ("open(f'{there}/old', 'a').close()", CHANGES),
        ("os.remove(f'{there}/old')", DELETES),
        ("os.rename(f'{there}/old', 'a')\nos.remove('a')", DELETES),
        ("open(f'{there}/old', 'w').close()\nos.remove(f'{there}/old')", DELETES),
        ("os.truncate(f'{there}/old', 0)", CHANGES),
        ("import shutil\nshutil.rmtree(there)", "deletes a file that was there: {}"),
    ],
)
def test_what_code_does_to_files_elsewhere(tmp_path: Path, code: str, message: str):
    there = tmp_path / "there"
    there.mkdir()
    (there / "old").write_text("old")
    told = error_of(tmp_path, f"import os\nthere = {str(there)!r}\n{code}")
    assert "the code of part/lesson.py:a " in told
    assert message.format(there) in told


@pytest.mark.parametrize(
    "code",
    [
        "with tempfile.TemporaryDirectory() as d:\n"
        "    open(f'{d}/new', 'w').close()\n"
        "    torch.save([1], f'{d}/weights')\n"
        "    os.rename(f'{d}/new', f'{d}/old')",
        "torch.save([1], 'weights')\nos.remove('weights')",
        "os.makedirs(there, exist_ok=True)",
        "open(f'{there}/new', 'w').close()\nopen(f'{there}/new', 'a').close()\n"
        "os.remove(f'{there}/new')",
        "open(os.devnull, 'w').close()",
    ],
)
def test_files_that_are_gone_again(tmp_path: Path, code: str):
    (tmp_path / "there").mkdir()
    there = f"there = {str(tmp_path / 'there')!r}"
    assert not error_of(tmp_path, f"import os, tempfile, torch\n{there}\n{code}")
