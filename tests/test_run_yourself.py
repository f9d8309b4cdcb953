"""What a reader downloads, and what the page "Run it yourself" tells the reader to do."""

import io
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from urllib.parse import urljoin

import pytest
from packaging.requirements import Requirement

from browsing import PHONE, assert_fits_a_phone
from built import ROOT, Server, build, small_project
from checker.compare import same_output, side_by_side
from publishing.archive import make_archive
from publishing.downloads import is_public
from publishing.requirements import requirements
from reading.files import files_below
from reading.includes import sections_of
from reading.model import ARCHIVE, GUIDE
from reading.pages import page_paths, read_page
from reading.weights import SUFFIX

ADDRESS = "http://127.0.0.1/"
PAGES = ["README.md", "README.zh.md", *page_paths(ROOT)]
COMMANDS = re.compile(r"^( *)```(sh|powershell)\n(.*?)^\1```", re.M | re.S)


def commands_under(heading: str) -> str:
    """The commands in the first block under a heading of the guide."""
    text = (ROOT / "docs" / GUIDE).read_text("utf-8")
    return COMMANDS.search(text, text.index(f"{{#{heading}}}"))[3]


def recorded(lesson: str) -> str:
    """All that a lesson printed when it was recorded."""
    sections, _ = sections_of(ROOT, f"{lesson}.txt")
    return "".join(section.text for section in sections.values())


def shell(commands: str, folder, **variables) -> subprocess.CompletedProcess:
    """Run commands as a reader does in a new terminal; the first that fails ends them."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        ["bash", "-e", "-c", commands],
        cwd=folder,
        env=kept | {"HOME": str(folder)} | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def archive():
    return zipfile.ZipFile(io.BytesIO(make_archive(ROOT, ADDRESS)))


def test_the_archive_holds_all_code_all_weights_and_nothing_else(archive):
    names = {name.removeprefix("code-first/") for name in archive.namelist()}
    expected = {
        file.relative_to(ROOT / "snippets").as_posix()
        for file in files_below(ROOT / "snippets")
        if file.suffix in (".py", SUFFIX)
    }
    assert names == expected | {"LICENSE", "README.md", "requirements.txt"}
    for name in archive.namelist():
        content = archive.read(name)
        if name.endswith(SUFFIX):
            path = ROOT / "snippets" / name.removeprefix("code-first/")
            assert content == path.read_bytes()
        else:
            assert b"8<" not in content and b"\r" not in content
            assert not re.search(rb"# \(\d+\)!", content)


def test_the_same_code_gives_the_same_bytes_whenever_it_is_packed(archive, tmp_path):
    again = make_archive(ROOT, ADDRESS)
    assert again == archive.fp.getvalue()
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
    assert archive.namelist() == sorted(archive.namelist())


def test_requirements_are_all_pinned_as_here():
    lines = [Requirement(line) for line in requirements(ROOT).splitlines()]
    pinned = (ROOT / "constraints.txt").read_text("utf-8").split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {line.name: line for line in lines}
    assert len(named) == len(lines)
    for line in lines:
        assert f"{line.name}{line.specifier}" in pinned
    for line in map(Requirement, project["dependencies"]):
        assert (named[line.name].specifier, named[line.name].marker) == (
            line.specifier,
            None,
        )
    # tqdm wants it on Windows only; nothing of what shows or tests the site is there.
    assert str(named["colorama"].marker) == 'platform_system == "Windows"'
    assert not named.keys() & {"mkdocs", "pytest", "jupyterlab", "ipykernel"}


def test_the_commands_of_the_page_run_in_an_empty_folder(site, tmp_path):
    """The commands stand here as a reader copies them, and so does the built archive.

    Downloading everything would take minutes, so pip finds the packages of this
    environment on its path, and is given no index. That proves the commands, the archive,
    that all of requirements.txt is met by what ran here, and the lesson; not that an
    index has these packages for each system, nor what macOS and Windows do.
    """
    (tmp_path / ARCHIVE).write_bytes((site.folder / ARCHIVE).read_bytes())
    commands = commands_under("linux")
    assert commands.splitlines()[-1] == "python line/solve.py"
    here = {"PYTHONPATH": sysconfig.get_path("purelib"), "PIP_NO_INDEX": "1"}
    here |= {"PATH": f"{sys.base_prefix}/bin:{os.environ['PATH']}"}
    done = shell(commands, tmp_path, OMP_NUM_THREADS="1", **here)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Requirement already satisfied: torch==2.13.0" in done.stdout
    expected = recorded("line/solve")
    got = done.stdout[-len(expected) :]
    if not same_output(expected, got, exact=False):
        pytest.fail(side_by_side(expected, done.stdout))
    *enter, run_another = commands_under("next").splitlines()
    for command, lesson in (
        (f"OMP_NUM_THREADS=1 {run_another}", "line/misfit"),
        (commands_under("digits"), "line/autograd"),
    ):
        assert f"python {lesson}.py" in command
        later = shell("\n".join([*enter, command]), tmp_path, **here)
        assert later.returncode == 0, later.stderr
        assert same_output(recorded(lesson), later.stdout, exact=False)


def test_the_commands_for_windows_are_those_for_linux():
    """No more can be tried here: they are the same steps, in the words of PowerShell."""
    text = (ROOT / "docs" / GUIDE).read_text("utf-8")
    windows = text[text.index("{#windows}") :]
    (_, shell_, commands), *_ = COMMANDS.findall(windows)
    assert shell_ == "powershell"
    for ours, theirs in (
        (".venv\\Scripts\\Activate.ps1", ". .venv/bin/activate"),
        ("py -m", "python3 -m"),
        ("line\\", "line/"),
    ):
        commands = commands.replace(ours, theirs)
    assert commands == commands_under("linux")


def test_settings_that_the_page_names_are_known_to_pip(tmp_path):
    network = commands_under("network").replace("<address>", ADDRESS)
    pip = f"{sys.executable} -m"
    done = shell(network.replace("python -m", pip), tmp_path)
    assert done.returncode == 0, done.stderr
    listed = shell(f"{pip} pip config list", tmp_path).stdout
    assert f"global.index-url='{ADDRESS}'" in listed


@pytest.mark.parametrize("path", PAGES)
def test_pip_is_only_called_inside_an_environment(path):
    """Debian 12 refuses it outside; so does every system that follows PEP 668."""
    text = (ROOT / path).read_text("utf-8")
    prepared = False  # in the guide, every block follows those that enter one
    for _, _, commands in COMMANDS.findall(text):
        for command in commands.splitlines():
            prepared = prepared or ".venv/bin/activate" in command
            if re.match(r"(python -m )?pip install|(jupyter|mkdocs|pytest) ", command):
                assert prepared, f"{path}: {command}"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_what_is_written_for_make_and_without_it_does_the_same(readme):
    rows = re.findall(
        r"^\| `make (\w+)` \|.*\| `([^`]+)` \|$",
        (ROOT / readme).read_text("utf-8"),
        re.M,
    )
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipes = re.findall(r"^(\w+): .*\n\t\$\(PY\) (-m )?(.*)$", makefile, re.M)
    plain = {
        name: call if module else f"python {call}" for name, module, call in recipes
    }
    plain["record"] = "pytest --record docs/line/descent.md"  # the page is the reader's
    assert dict(rows) == plain


def test_a_script_by_itself_says_what_else_it_needs(site):
    alone = (site.folder / "line/solve/code-first-line-solve.py").read_text("utf-8")
    first = alone.splitlines()[0]
    assert first.endswith(f"{site.address}line/solve/") and "needs" not in alone[:200]
    train = site.folder / "language-model/train/code-first-language-model-train.py"
    top = train.read_text("utf-8").partition("\n\n")[0]
    for needed in ("task.py", "trainer.py", "gpt.py", f"trainer{SUFFIX}"):
        assert needed in top
    assert urljoin(site.address, ARCHIVE) in top
    with zipfile.ZipFile(site.folder / ARCHIVE) as archive:
        packed = archive.read("code-first/language-model/train.py").decode()
    assert train.read_text("utf-8").endswith(f"\n\n{packed}")


def test_every_lesson_leads_to_the_guide_and_offers_its_script(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            offered = page.all("div", class_="downloads")
            path = page.source.relative_to(ROOT).as_posix()
            script = ROOT / "snippets" / read_page(ROOT, path).snippet
            links = [urljoin(page.url, a.attributes["href"]) for a in page.all("a")]
            guide = f"{site.address}{'zh/' if page.language == 'zh' else ''}about/run/"
            assert (guide in links) or not offered
            scripts = [link for link in links if link.endswith(".py")]
            assert len(scripts) == script.is_file()
            for link in scripts:
                assert site.file(link).is_file()
    assert (
        len(list(site.folder.rglob("*.py")))
        == len([page for page in site.pages if page.all("a", class_="script")]) / 2
    )


LESSON = '# A {#a}\n\n```python\n--8<-- "index.py:one"\n```\n'
CODE = "# --8<-- [start:one]\nx = 1\n# --8<-- [end:one]\n"


def publish(folder, address):
    """Publish one lesson, and a guide."""
    project = small_project(folder / "project", LESSON, LESSON, py=CODE)
    for name in ("run.md", "run.zh.md"):
        (project / "docs/about").mkdir(exist_ok=True)
        (project / "docs/about" / name).write_text("# R {#r}\n\nText.\n", "utf-8")
    config = (project / "mkdocs.yml").read_text("utf-8")
    config = config.replace("nav: [index.md]", "nav: [index.md, about/run.md]")
    (project / "mkdocs.yml").write_text(config, "utf-8")
    done = build(project, folder / "site", address)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        (
            "https://learn.example.org/site/",
            [
                "https://kaggle.com/kernels/welcome?src=https://learn.example.org/site/zh/code-first-index.zh.ipynb",
                "https://nbviewer.org/urls/learn.example.org/site/zh/code-first-index.zh.ipynb",
            ],
        ),
        ("http://127.0.0.1/", []),
    ],
)
def test_services_are_offered_where_they_can_reach_the_site(tmp_path, address, offered):
    publish(tmp_path, address)
    html = (tmp_path / "site/zh/index.html").read_text("utf-8")
    row = html.partition('<div class="downloads">')[2].partition("</div>")[0]
    links = re.findall(r'href="([^"]+)"', row)
    assert [link for link in links if "://" in link] == offered
    assert links[:3] == [
        "about/run/",
        "code-first-index.zh.ipynb",
        "../code-first-index.py",
    ]


@pytest.mark.parametrize("language", ["", "zh/"])
def test_all_that_is_offered_fits_one_line_of_a_phone(tmp_path, browser, language):
    publish(tmp_path, "https://learn.example.org/")
    server = Server(tmp_path / "site")
    context = browser.new_context(**PHONE)
    tab = context.new_page()
    tab.goto(f"{server.address}{language}")
    assert tab.locator(".downloads a").count() == 5
    assert 24 <= tab.locator(".downloads").bounding_box()["height"] < 30
    assert_fits_a_phone(tab)
    context.close()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://someone.github.io/code-first/", True),
        ("https://1.1.1.1/", True),
        ("http://someone.github.io/", False),
        ("https://127.0.0.1:8000/", False),
        ("https://192.168.1.5/", False),
        ("https://[::1]/", False),
        ("https://localhost/", False),
        ("https://course/", False),
        ("https://course.internal/", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) == public
