"""Output that no file keeps as it was printed, and ends of lines that not all know."""

import pytest

from good_project import EN, PY, TXT, Project

pytest_plugins = ["pytester", "good_project"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        (r"1\r2", "000D"),  # a progress bar
        (r"one\r\ntwo", "000D"),  # which Git makes another text
        (r"\x1b[31mred\x1b[0m", "001B"),
        (r"a\x0cb", "000C"),
        (r"a\u200bb", "200B"),
    ],
)
def test_what_is_printed_can_be_seen(good: Project, printed: str, code: str):
    good.change(PY, 'print(f"mean', f'print("{printed}")\nprint(f"mean')
    told = good.failures("--record")
    assert f"{EN}:9: the code of part/lesson.py:mean prints U+{code}, which no" in told


@pytest.mark.parametrize("name", [EN, PY, TXT])
def test_a_carriage_return_alone_ends_no_line(good: Project, name: str):
    text = good.path(name).read_bytes()
    good.path(name).write_bytes(text.replace(b"\n", b"\r\n"))
    good.check().assert_outcomes(passed=12)
    good.path(name).write_bytes(text.replace(b"\n", b"\r", 5).replace(b"\r", b"\n", 4))
    assert f"{name}:5: the line ends in a carriage return alone" in good.failures()
