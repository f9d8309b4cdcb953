"""Every number of part 3, as packages write and read it that others keep."""

import runpy

import cn2an
from num2words import num2words

from built import ROOT

NUMERALS = runpy.run_path(str(ROOT / "snippets/language-model/numerals.py"))
NUMBERS = range(1, 100_000)


def test_english_is_what_num2words_writes():
    ours = [NUMERALS["english"](n) for n in NUMBERS]
    # British English, and commas.
    theirs = [num2words(n).replace(",", "").replace(" and ", " ") for n in NUMBERS]
    assert ours == theirs


def test_chinese_is_what_cn2an_writes_and_reads():
    ours = [NUMERALS["chinese"](n) for n in NUMBERS]
    assert ours == [cn2an.an2cn(n) for n in NUMBERS]
    assert [cn2an.cn2an(text, "strict") for text in ours] == list(NUMBERS)


def test_a_corpus_asks_each_number_both_ways():
    lines = NUMERALS["corpus"](500).splitlines()
    asked = [line.split("=") for line in lines]
    assert len({question for question, _ in asked}) == 1000
    assert asked[1::2] == [line[::-1] for line in asked[::2]]
    for english, chinese in asked[::2]:
        assert english == num2words(cn2an.cn2an(chinese, "strict")).replace(
            ",", ""
        ).replace(" and ", " ")
