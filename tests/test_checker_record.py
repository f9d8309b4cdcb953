"""Recording: what it writes, and what it refuses."""

from pathlib import Path

import pytest

import project
from checker.files import write_whole
from good_project import EN, GLOSSARY, PY, SVG, TRANSLATIONS, TXT, ZH, Project

pytest_plugins = ["pytester", "good_project"]


def test_recording_twice_changes_nothing(good: Project):
    def files():
        return [good.path(name).read_bytes() for name in (TXT, SVG, TRANSLATIONS)]

    before = files()
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    assert files() == before


def test_recording_writes_what_changed(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    svg = good.path(SVG).read_bytes()
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    assert "mean = 5.6667\n" in good.path(TXT).read_text()
    assert good.path(SVG).read_bytes() != svg
    good.check().assert_outcomes(passed=12)


@pytest.mark.parametrize(
    "code",
    [
        "import random\nprint(random.random())\n",
        "print(list({'a', 'b', 'c', 'd', 'e', 'f'}))\n",
    ],
    ids=["no seed", "order of a set"],
)
def test_recording_refuses_what_changes_from_run_to_run(good: Project, code: str):
    text = good.path(TXT).read_bytes()
    good.change(PY, 'print(f"{2', f'{code}print(f"{{2')
    told = good.failures("--record")
    assert "part/lesson.py:double prints" in told
    assert "nothing was recorded" in told
    assert good.path(TXT).read_bytes() == text


def test_recording_the_first_time_reads_the_chinese_too(good: Project):
    good.path(TXT).unlink()
    good.change(ZH, "损失很小", "代价很小")
    assert "the glossary's Chinese for it, 损失" in good.failures("--record")


def test_recording_pairs_nothing_with_english_that_is_wrong(good: Project):
    pairs = good.path(TRANSLATIONS).read_bytes()
    good.change(EN, "The end.", "See [the end][nowhere].")
    good.change(ZH, "完。", "完了。")
    assert f"{EN}:49: a link that leads nowhere" in good.failures("--record")
    assert good.path(TRANSLATIONS).read_bytes() == pairs


def test_recording_without_the_other_language(good: Project):
    good.path(ZH).unlink()
    good.path(TXT).unlink()
    assert f"{EN}:1: there is no Chinese page beside it" in good.failures("--record")
    assert "mean = 5.3333" in good.path(TXT).read_text()


def test_recording_says_what_it_wrote(good: Project):
    good.change(PY, "(3, 8)", "(3, 9)")
    good.check("--record").stdout.fnmatch_lines([f"recorded {SVG}", f"recorded {TXT}"])


def test_an_interrupted_recording_leaves_no_file_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def interrupt(*_):
        raise KeyboardInterrupt

    file = tmp_path / "lesson.txt"
    file.write_text("old")
    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(file, b"new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_recording_deletes_the_figure_of_a_section_that_is_gone(good: Project):
    for name in (PY, EN, ZH):
        good.change(
            name,
            "[start:draw]" if name == PY else "lesson.py:draw",
            "[start:plot]" if name == PY else "lesson.py:plot",
        )
        good.change(
            name,
            "[end:draw]" if name == PY else "lesson-draw",
            "[end:plot]" if name == PY else "lesson-plot",
        )
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    assert not good.path(SVG).exists()
    assert good.path(SVG.replace("draw", "plot")).exists()


def test_recording_refuses_code_that_raises(good: Project):
    text = good.path(TXT).read_bytes()
    good.change(PY, 'print(f"{2', 'print(missing)\nprint(f"{2')
    assert f"{EN}:39: the code of part/lesson.py:double raises" in good.failures(
        "--record"
    )
    assert good.path(TXT).read_bytes() == text


def test_recording_refuses_a_figure_that_is_too_large(good: Project):
    good.change(
        PY, "plt.plot(*zip(*points)", "plt.plot([i * i % 97 for i in range(9999)]"
    )
    told = good.failures("--record")
    assert "the figure of part/lesson.py:draw takes" in told
    good.path(PY).write_text(project.FILES[PY])
    good.check().assert_outcomes(passed=12)


def test_recording_refuses_english_that_changed_alone(good: Project):
    good.change(EN, "- Second.", "- Second, and last.")
    name = f"{EN}:33"
    assert f"make record CONFIRM={name}" in good.failures("--record")
    assert f"make record CONFIRM={name}" in good.failures()
    good.check("--record", "--confirm", name).assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)


def test_confirming_what_did_not_change(good: Project):
    told = good.failures("--record", "--confirm", f"{EN}:33")
    assert f"{EN}:33: confirmed, but no English changed alone here" in told
    result = good.check("--record", "--confirm", "lesson")
    result.stderr.fnmatch_lines(["*--confirm lesson: name an English paragraph*"])
    result = good.check("--confirm", f"{EN}:33")
    result.stderr.fnmatch_lines(["*--confirm goes with --record*"])


def test_confirming_a_page_that_is_not_run(good: Project):
    result = good.check("--record", "--confirm", f"{EN}:32", GLOSSARY)
    result.stderr.fnmatch_lines([f"*--confirm {EN}:32: {ZH} is not part of this run"])


def test_recording_takes_a_change_in_both_languages(good: Project):
    good.change(EN, "- Second.", "- Second, and last.")
    good.change(ZH, "- 第二。", "- 第二，也是最后。")
    assert "new or changed in both languages: 1 in all" in good.failures()
    good.check("--record").assert_outcomes(passed=4, deselected=8)
    good.check().assert_outcomes(passed=12)
