"""Terms of the glossary: their marks in the pages, and what the cards say."""

import json
import marshal
import os
import re
import subprocess
import sys
from functools import partial

import pytest

from built import ROOT
from publishing.prose import mark_blocks
from reading.terms import OTHER_SENSES, Glossary, Term, mark, read_glossary, unmarked

GRADIENT = Term("gradient", ("梯度",), "s")
DESCENT = Term("gradient descent", ("梯度下降",), "s")
LOSS = Term("loss", ("损失",), "s")
STEP = Term("step", ("步",), "s")
BATCH = Term("mini-batch", ("小批量",), "s")
BY_STEP = Term("step by step", ("一步步", "逐步"), OTHER_SENSES)
GLOSSARY = Glossary([GRADIENT, DESCENT, LOSS, STEP, BATCH, BY_STEP])


def marked(html, find=GLOSSARY.in_english):
    """Return HTML with [first] marks."""
    html, _ = mark(html, find, set(), set())
    for tag, sign in (("<g-t f>", "["), ("</g-t>", "]")):
        html = html.replace(tag, sign)
    return html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("The loss, the losses.", "The [loss], the losses."),
        ("Gradients of\nGradient\ndescent", "[Gradients] of\n[Gradient\ndescent]"),
        ("gradient-descent, mini-batches", "[gradient-descent], [mini-batches]"),
        ("lossless, a-loss, closs", "lossless, a-loss, closs"),
        ("Go step by step. A step.", "Go step by step. A [step]."),
        ("<code>loss</code> loss", "<code>loss</code> [loss]"),
        ("gradient<code>x</code>descent", "[gradient]<code>x</code>descent"),
        ('<a href="loss">loss</a> loss', '<a href="loss">loss</a> [loss]'),
        (
            "<strong>loss</strong> <em>a loss</em>",
            "<strong>[loss]</strong> <em>a loss</em>",
        ),
        ("<strong>gradient</strong> descent", "<strong>gradient</strong> descent"),
        ("<math><mi>loss</mi></math>", "<math><mi>loss</mi></math>"),
        ("At step 9, steps 1 to 3; a step.", "At step 9, steps 1 to 3; a [step]."),
        ("a &lt; loss &amp; b", "a &lt; [loss] &amp; b"),
    ],
)
def test_marks_in_english(html, expected):
    assert marked(html) == expected
    assert unmarked(mark(html, GLOSSARY.in_english, set(), set())[0]) == html


@pytest.mark.parametrize(
    ("html", "used", "expected"),
    [
        ("损失和损失", {LOSS}, "[损失]和损失"),
        ("损失和梯度", {LOSS}, "[损失]和梯度"),
        ("梯度下降和梯度", {GRADIENT}, "梯度下降和[梯度]"),
        ("梯度下降和梯度", {GRADIENT, DESCENT}, "[梯度下降]和[梯度]"),
        ("一步步走，走一步", {STEP, BY_STEP}, "一步步走，走一[步]"),
        ("逐步走，走一步", {STEP}, "逐步走，走一[步]"),
        ("第 9 步以后，每一步", {STEP}, "第 9 步以后，每一[步]"),
        ("步子大，步长小，走一步停", {STEP}, "步子大，步长小，走一[步]停"),
        ("<code>损失</code><a>损失</a>", {LOSS}, "<code>损失</code><a>损失</a>"),
        ("损失", set(), "损失"),
    ],
)
def test_marks_in_chinese(html, used, expected):
    find = partial(GLOSSARY.in_chinese, used=frozenset(used))
    assert marked(html, find) == expected


def test_terms_in_links_are_used_by_the_paragraph():
    _, used = mark(
        "<a>loss</a> step by step, step 3", GLOSSARY.in_english, set(), set()
    )
    assert used == {LOSS, BY_STEP}


def test_a_term_is_marked_once_a_section_and_is_known_on_the_page():
    html = "<h2>A</h2><p>loss</p><p>loss</p><h3>B</h3><p>loss</p><h2>C</h2><p>loss</p>"
    marks = mark_blocks(html, GLOSSARY)[0].replace(" data-prose", "")
    assert marks == (
        "<h2>A</h2><p><g-t f>loss</g-t></p><p>loss</p><h3>B</h3><p>loss</p>"
        "<h2>C</h2><p><g-t>loss</g-t></p>"
    )


# What holds of the marks of a page, asked of its HTML without running its scripts.
MARKS = r"""async ({url, terms, cards}) => {
  const { find } = await import(terms)
  const rows = await (await fetch(cards)).json()
  const html = await (await fetch(url)).text()
  const page = new DOMParser().parseFromString(html, "text/html")
  const wrong = []
  let seen = new Set()
  const met = new Set()
  for (const e of page.querySelectorAll("article :is(h2, g-t)")) {
    if (e.matches("h2")) { seen = new Set(); continue }
    const found = find(rows, e.textContent)
    if (!found) { wrong.push(`no row: ${e.textContent}`); continue }
    if (seen.has(found)) wrong.push(`twice in a section: ${e.textContent}`)
    if (e.hasAttribute("f") === met.has(found)) wrong.push(`not the first: ${e.textContent}`)
    seen.add(found)
    met.add(found)
    if (/^[\s\u00a0]*\d/.test(e.nextSibling?.data) && /^(steps?|步)$/i.test(e.textContent))
      wrong.push(`a numbered step: ${e.textContent}`)
    if (e.closest("h1, h2, h3, h4, code, math, a, button, summary, th, .admonition-title"))
      wrong.push(`out of place: ${e.textContent}`)
    if (!e.closest("[data-prose]")) wrong.push(`not in prose: ${e.textContent}`)
  }
  return [page.querySelectorAll("g-t").length, wrong]
}"""


def test_every_mark_has_a_row_and_stands_in_prose(site, visit, subtests):
    tab = visit()
    total = 0
    for page in site.pages:
        with subtests.test(page=page.path):
            prefix = "zh/" if page.language == "zh" else ""
            count, wrong = tab.evaluate(
                MARKS,
                {
                    "url": page.url,
                    "terms": f"{site.address}assets/javascripts/terms.js",
                    "cards": f"{site.address}{prefix}about/glossary/terms.json",
                },
            )
            assert wrong == []
            assert (count == 0) == page.path.endswith("about/glossary/")
            total += count
    assert total > 2000


def test_cards_say_what_the_glossary_says(site):
    english, chinese = (
        json.loads(
            (site.folder / path / "about/glossary/terms.json").read_text("utf-8")
        )
        for path in ("", "zh")
    )
    terms = [term for term in read_glossary(ROOT).terms if term.is_marked]
    assert set(english) == {term.english.lower() for term in terms}
    assert english["gradient"][0]["term"] == "梯度"
    assert "partial derivatives" in english["gradient"][0]["meaning"]
    assert "step by step" not in english and "一步步" not in chinese
    assert [card["term"] for card in chinese["反向传播"]] == [
        "backward pass",
        "backpropagation",
    ]
    assert "<code>train()</code>" in english["training mode"][0]["meaning"]
    for cards in (english, chinese):
        for card in sum(cards.values(), []):
            assert all(card.values()), card
            for path in ("about/glossary/", "zh/about/glossary/"):
                assert card["row"] in site.page(path).ids


def test_names_in_the_glossary_say_their_language(site):
    rows = len(read_glossary(ROOT).terms)
    for path, other in (("about/glossary/", "zh"), ("zh/about/glossary/", "en")):
        page = site.page(path)
        assert len(page.ids) == len(set(page.ids))
        assert len(page.all("td", lang="zh")) == len(page.all("td", lang="en")) == rows
        for element in page.all("span", lang=other):
            chinese = re.search("[\u4e00-\u9fff]", element.text)
            assert bool(chinese) == (other == "zh"), element


def test_marks_do_not_reach_the_search_index(site):
    for folder in ("search", "zh/search"):
        index = (site.folder / folder / "search_index.json").read_text("utf-8")
        assert "g-t" not in index and "data-prose" not in index


def test_words_that_another_version_of_jieba_left_are_not_believed(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({}, 1)))
    code = (
        "import reading.terms, jieba; jieba.initialize(); print(jieba.dt.FREQ['步子'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "docs/_hooks"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
