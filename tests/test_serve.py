"""`mkdocs serve`: the first page at once, labs by themselves, an edit soon."""

import re
import signal
import socket
import time
import urllib.request
from html import unescape

import pytest

from built import build, free_address
from built import serve as serve_project
from lab_project import CELLS, project_with_lab

SLOW = """\
```python
import time

time.sleep(3)
print("{word}", 2 + 2)
```
"""


class Serve:
    """A server of a project, as `make serve` starts it."""

    def __init__(self, project):
        self.project = project
        self.address = free_address()
        self.log = project.parent / "log"
        with self.log.open("w") as log:
            self.program = serve_project(project, self.address, log)

    def get(self, path):
        with urllib.request.urlopen(self.address + path) as response:
            return response.read().decode()

    def wait_for(self, path, text):
        """Wait until a page shows a text, between tags or not; return the page."""
        end = time.monotonic() + 60
        html = ""
        while time.monotonic() < end:
            try:
                html = self.get(path)
            except OSError:
                html = ""
            if text in unescape(re.sub("<[^>]*>", "", html)):
                return html
            time.sleep(0.05)
        raise AssertionError(f"{path} never shows {text!r}:\n{self.log.read_text()}")

    def edit(self, name, old, new):
        file = self.project / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def serve():
    servers = []

    def serve(project):
        servers.append(Serve(project))
        return servers[-1]

    yield serve
    for server in servers:
        server.program.send_signal(signal.SIGINT)  # Ctrl-C, which cleans up
        server.program.wait(30)


def test_a_lab_that_was_never_run_says_so_and_appears_by_itself(tmp_path, serve):
    server = serve(project_with_lab(tmp_path / "project", SLOW, SLOW))
    server.wait_for("", "A")
    html = server.get("labs/lab/")
    assert "These results are being computed" in html
    assert "time.sleep" in re.sub("<[^>]*>", "", html)
    assert 'class="notebook"' not in html
    assert "结果正在计算" in server.get("zh/labs/lab/")
    html = server.wait_for("labs/lab/", "Two 4\n")
    assert "being computed" not in html
    assert 'class="notebook"' in html
    server.wait_for("zh/labs/lab/", "二 4\n")
    assert "WARNING" not in server.log.read_text()


def test_a_lab_that_stops_is_told_on_its_page_until_it_is_mended(tmp_path, serve):
    broken = CELLS.replace("number + 1", "number + nobody")
    server = serve(project_with_lab(tmp_path / "project", broken, broken))
    html = server.wait_for("labs/lab/", "the cell raises NameError")
    assert "The code of this page stopped" in html
    assert re.search(r"docs/labs/lab\.md:\d+: the cell raises", html)
    for name in ("docs/labs/lab.md", "docs/labs/lab.zh.md"):
        server.edit(name, "nobody", "2")
    html = server.wait_for("labs/lab/", "\n6\n")
    assert "the cell raises" not in html


def test_what_is_not_written_is_served_as_it_would_be_built(tmp_path, serve):
    cells = "```python\nprint(1 + 1)\n```\n"
    project = project_with_lab(tmp_path / "project", cells, cells)
    server = serve(project)
    server.wait_for("labs/lab/", "\n2\n")
    done = build(project, tmp_path / "site", server.address)
    assert done.returncode == 0, done.stderr
    for page in ("", "zh/", "labs/lab/", "zh/labs/lab/"):
        file = tmp_path / "site" / page / "both.json"
        assert server.get(f"{page}both.json") == file.read_text("utf-8")
    for notebook in (
        "labs/lab/code-first-labs-lab.ipynb",
        "zh/labs/lab/code-first-labs-lab.zh.ipynb",
    ):
        file = tmp_path / "site" / notebook
        assert server.get(notebook) == file.read_text("utf-8")
    server.edit("docs/labs/lab.md", "1 + 1", "1 + 2")
    server.wait_for("labs/lab/", "\n3\n")
    assert '"3\\n"' in server.get("labs/lab/code-first-labs-lab.ipynb")


def test_a_port_in_use_is_told_in_one_sentence(tmp_path):
    project = project_with_lab(tmp_path / "project")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host, port = taken.getsockname()
        with (tmp_path / "log").open("w") as log:
            assert serve_project(project, f"http://{host}:{port}/", log).wait(30) == 1
    told = (tmp_path / "log").read_text("utf-8")
    assert f"127.0.0.1:{port} cannot be served (Address already in use). Choose" in told
    assert "mkdocs serve -a 127.0.0.1:8000\n" in told
    assert "Traceback" not in told and "Running" not in told


def test_every_kind_of_edit_is_shown(tmp_path, serve):
    cells = "```python\nprint(1 + 1)\n```\n"
    project = project_with_lab(tmp_path / "project", cells, cells)
    server = serve(project)
    server.wait_for("labs/lab/", "\n2\n")
    server.edit("docs/index.md", "# A {#a}", "# A {#a}\n\nEdited.\n")
    html = server.wait_for("", "Edited.")
    assert "unsafe-inline" in html  # for the script by which MkDocs loads it anew
    server.edit("docs/labs/lab.md", "1 + 1", "1 + 2")
    server.wait_for("labs/lab/", "\n3\n")
    server.edit("docs/_theme/partials/copyright.html", "</div>", "Changed.</div>")
    server.wait_for("zh/", "Changed.")
    server.edit("docs/index.md", "Edited.", "$\\nosuch$")
    server.wait_for("", "\\nosuch")
    assert r"index.md: formula '\\nosuch'" in server.log.read_text()
    server.edit("docs/index.md", "$\\nosuch$", "Mended.")
    server.wait_for("", "Mended.")
