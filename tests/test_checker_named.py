"""Pages that are named to be recorded, one by one and side by side."""

import re

import pytest

from good_project import EN, GLOSSARY, PY, SVG, TRANSLATIONS, TXT, ZH, Project

pytest_plugins = ["pytester", "good_project"]

OTHER = {name: name.replace("lesson", "other") for name in (EN, ZH, PY, TXT, SVG)}


@pytest.fixture
def two(good: Project) -> Project:
    """The good project with a second lesson, which has not been recorded."""
    for name in (EN, ZH, PY):
        text = good.path(name).read_text(encoding="utf-8").replace("lesson", "other")
        good.path(OTHER[name]).write_text(text, encoding="utf-8")
    return good


@pytest.mark.parametrize(
    "name",
    [EN, ZH, f"./{EN}", "part/lesson.md", "part/lesson", f"{{root}}/{ZH}", "docs/part"],
)
def test_a_page_brings_the_other_language_along(good: Project, name: str):
    good.change(PY, "(3, 8)", "(3, 9)")
    result = good.check("--record", name.format(root=good.root))
    result.assert_outcomes(passed=2, deselected=8)
    result.stdout.fnmatch_lines([f"recorded {SVG}", f"recorded {TXT}"])


@pytest.mark.parametrize("name", ["lesson.md", f"../../{EN}", "part/lesson.md"])
def test_a_page_is_named_from_another_folder(
    good: Project, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.chdir(good.path("docs/part"))
    good.check("--record", name).assert_outcomes(passed=2, deselected=8)


def test_several_pages(two: Project):
    result = two.check("--record", EN, OTHER[ZH], ZH)
    result.assert_outcomes(passed=4, deselected=16)


@pytest.mark.parametrize(
    "name, hint",
    [
        ("docs/part/leson.md", f"did you mean {EN}?"),
        ("docs/part/leson.zh.md", f"did you mean {ZH}?"),
        ("part/leson", f"did you mean {EN}?"),
        ("no", "name one as docs/index.md"),
        (PY, ""),
        (f"{EN}::mean", f"did you mean {EN}?"),
    ],
)
def test_a_page_that_is_not_there(good: Project, name: str, hint: str):
    result = good.check("--record", EN, name)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.str().count("ERROR") == 1
    assert f"--record {name}: there is no such page; {hint}" in result.stderr.str()


def test_what_is_refused_stops_nothing_else(two: Project):
    two.change(PY, 'print(f"mean', 'print(missing)\nprint(f"mean')
    before = two.path(TXT).read_bytes()
    result = two.check("--record")
    result.assert_outcomes(passed=5, failed=1, deselected=16)
    assert two.path(TXT).read_bytes() == before
    assert "mean = 5.3333" in two.path(OTHER[TXT]).read_text()
    why = "the code of part/lesson.py:mean raises NameError: name 'missing' is not defined"
    result.stdout.fnmatch_lines(
        [f"recorded {OTHER[TXT]}", f"recorded {TRANSLATIONS}", f"refused {EN}:9: {why}"]
    )


def test_what_can_be_refused_at_once_is_told_first(two: Project):
    two.change(OTHER[EN], "The end.", "See [the end][nowhere].")
    result = two.check("--record", "-v")
    text = result.stdout.str()
    assert text.index(f"refused {OTHER[EN]}:49: a link") < text.index("PASSED")
    pages = re.findall(r"^(docs\S+)::page (\w+)", text, re.M)
    assert pages[0] == (OTHER[EN], "FAILED")
    assert len(pages) == 6


def test_recording_side_by_side(two: Project):
    two.change(PY, "(3, 8)", "(3, 9)")
    result = two.check("--record", "-n2", "--dist", "loadgroup")
    result.assert_outcomes(passed=6)
    for file in (SVG, TXT, OTHER[SVG], OTHER[TXT], TRANSLATIONS):
        assert result.stdout.str().count(f"recorded {file}\n") == 1
    two.check().assert_outcomes(passed=22)  # and no pair of paragraphs was lost
    assert not [path for path in two.root.rglob("tmp*") if path.is_file()]


def test_a_pair_is_run_by_one_worker(two: Project):
    two.check("--record")
    result = two.check("-n2", "--dist", "loadgroup", "-v")
    result.assert_outcomes(passed=22)
    workers: dict[str, set[str]] = {}
    for worker, page in re.findall(
        r"^\[(gw\d)\].*PASSED docs/(.+?\.md)::", _text(result), re.M
    ):
        workers.setdefault(page.replace(".zh.md", ".md"), set()).add(worker)
    assert len(workers) == 3
    assert all(len(names) == 1 for names in workers.values())


@pytest.mark.parametrize(
    "options, message",
    [
        (["--record", "nowhere"], "--record nowhere: there is no such page"),
        (
            ["--record", "--confirm", f"{EN}:32", GLOSSARY],
            f"{ZH} is not part of this run",
        ),
        (["--confirm", f"{EN}:32"], "--confirm goes with --record"),
        (["--changed"], "--changed asks git what changed, and git says:"),
    ],
)
def test_side_by_side_an_option_is_refused_once(
    good: Project, options: list[str], message: str
):
    result = good.check("-n2", *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.str().count(message) == 1
    assert "gw0" not in _text(result)


def test_side_by_side_what_failed_last_is_found(two: Project):
    two.check("--record")
    two.change(PY, "(3, 8)", "(3, 9)")
    two.check("-n2", "--dist", "loadgroup").assert_outcomes(
        passed=16, failed=2, skipped=4
    )
    two.check("--lf").assert_outcomes(failed=2)
    two.check("-n2", "--dist", "loadgroup", "--lf").assert_outcomes(failed=2)


def _text(result: pytest.RunResult) -> str:
    return result.stdout.str()
