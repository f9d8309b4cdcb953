"""The model in the reader's browser: it calculates what torch does, and is as right."""

import sys

import pytest
import torch

from built import ROOT

SNIPPETS = ROOT / "snippets/language-model"
MODEL = "/code-first/assets/javascripts/model/model.js"
PREPARE = f"""async () => {{
  window.page = await import("{MODEL}")
  window.model = await page.fetchModel()
}}"""
LOGITS = """tokens => {
  model.gpt.forget()
  return tokens.map(token => [...model.gpt.read(token).logits])
}"""
ANSWERS = """questions => questions.map(question => {
  const tokens = [...page.answer(model, question)].map(({ token }) => token)
  return model.tokenizer.decode(tokens)
})"""


@pytest.fixture
def lessons(monkeypatch):
    """Modules of part 3, imported as its lessons do."""
    monkeypatch.syspath_prepend(str(SNIPPETS))
    before = set(sys.modules)
    import task
    import trainer

    yield task, trainer
    for name in set(sys.modules) - before:
        if str(SNIPPETS) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.fixture
def tab(visit):
    tab = visit("line/solve/")
    tab.evaluate(PREPARE)
    return tab


def test_logits_are_those_of_torch(tab, lessons):
    task, trainer = lessons
    model = trainer.trained().double()
    for n in trainer.TEST[:20]:
        for line in task.both_ways(n).splitlines():
            tokens = task.encode(line, task.MERGES)
            logits = tab.evaluate(LOGITS, tokens)
            found = torch.tensor(logits, dtype=torch.float64)
            with torch.no_grad():
                expected = model(torch.tensor([tokens]))[0]
            assert (found - expected).abs().max() < 1e-9


def test_answers_are_right_on_numbers_never_seen(tab, lessons):
    task, trainer = lessons
    lines = "".join(task.both_ways(n) for n in trainer.TEST[:300]).splitlines()
    questions, right = zip(*(line.split("=") for line in lines), strict=True)
    found = tab.evaluate(ANSWERS, questions)
    assert [answer.removesuffix("\n") for answer in found] == list(right)


@pytest.mark.parametrize("text", ["", "Hello, 你好 🙂", "\n\t 007", "４２ é ЖЖ"])
def test_tokens_are_those_of_the_lesson(tab, lessons, text):
    task, _ = lessons
    tokens = tab.evaluate("text => model.tokenizer.encode(text)", text)
    assert tokens == task.encode(text, task.MERGES)
    assert tab.evaluate("tokens => model.tokenizer.decode(tokens)", tokens) == text
