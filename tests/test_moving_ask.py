"""The trained model to ask, on its lesson and on the front page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from browsing import PHONE, assert_fits_a_phone, turn_dark, violations
from built import ROOT

PAGE = "language-model/generate/"
QUESTION = "forty-two thousand three hundred five"
ANSWER = "四万二千三百零五"
WEIGHTS = "**/*.safetensors"
STILL = {"reduced_motion": "reduce"}
TIMED = """async question => {
  const page = await import("/code-first/assets/javascripts/model/model.js")
  const model = await page.fetchModel()
  const start = performance.now()
  const tokens = [...page.answer(model, question)]
  return [tokens.length, performance.now() - start]
}"""


def written(figure):
    """Return the tokens of the answer, without the end of the line."""
    return figure.locator(".ask__token").all_inner_texts()[:-1]


def asked(figure, question):
    """Ask a question in the figure, and wait for the verdict."""
    figure.get_by_role("textbox").fill(question)
    figure.get_by_role("textbox").press("Enter")
    expect(figure.locator(".ask__note")).to_have_text(re.compile(r"[.。：]|\d"))
    return "".join(written(figure)), figure.locator(".ask__note").inner_text()


@pytest.mark.parametrize("path", ["", "zh/"])
def test_the_front_page_fetches_nothing_of_it_before_the_first_question(visit, path):
    tab = visit(path, **STILL)
    box = tab.locator(".ask__line input")
    expect(box).to_have_value(QUESTION)
    expect(tab.locator(".ask__line output")).to_have_text(ANSWER)
    tab.wait_for_load_state("networkidle")
    assert not any(re.search(r"/ask\.js|/model/|safetensors", r) for r in tab.requests)
    box.fill("七万零三")
    box.press("Enter")
    figure = tab.locator(".moving")
    expect(figure.locator(".ask__note")).to_contain_text("70,003")
    assert "".join(written(figure)) == "seventy thousand three"
    expect(figure.get_by_role("textbox")).to_be_focused()
    expect(tab.locator(".ask__line")).to_have_count(0)
    assert sum(url.endswith(".safetensors") for url in tab.requests) == 1


@pytest.mark.parametrize("path", ["", "zh/"])
def test_without_a_script_the_front_page_shows_what_the_model_writes(visit, path):
    link = visit(path, java_script_enabled=False).locator("a[data-figure=ask]")
    expect(link).to_have_text(f"{QUESTION} = {ANSWER}")
    figure = visit(path + PAGE, **STILL).locator(".moving")
    assert asked(figure, QUESTION)[0] == ANSWER


@pytest.mark.parametrize(
    ("path", "right", "unknown", "heard"),
    [
        (PAGE, "Right. 42,305", "This is no number", f"{ANSWER}. Right."),
        (f"zh/{PAGE}", "正确。 42,305", "只是乱猜", f"{ANSWER}. 正确。"),
    ],
)
def test_it_says_what_it_cannot_know(visit, path, right, unknown, heard):
    figure = visit(path, **STILL).locator(".moving")
    assert asked(figure, QUESTION) == (ANSWER, right)
    expect(figure.get_by_role("status")).to_contain_text(heard)
    assert asked(figure, "42305") == (ANSWER, right)
    assert asked(figure, "  Forty-Two  thousand three hundred FIVE ")[0] == ANSWER
    for question in (
        "forty-twelve",
        "100000",
        "two hundred thousand",
        "四二",
        "",
        "🙂",
    ):
        assert unknown in asked(figure, question)[1]
    assert "48" in asked(figure, "7x" * 40)[1]


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("99,999", "ninety-nine thousand nine hundred ninety-nine"),
        ("１２３", "one hundred twenty-three"),
        ("Forty two", "forty-two"),
        ("three hundred and five", "three hundred five"),
        ("twenty one thousand, six", "twenty-one thousand six"),
        ("两千零七十", "二千零七十"),
        ("三 百〇五", "三百零五"),
    ],
)
def test_other_spellings_are_changed_to_those_it_has_learned(visit, typed, question):
    figure = visit(PAGE, **STILL).locator(".moving")
    assert asked(figure, typed)[1].startswith("Right.")
    expect(figure.get_by_role("textbox")).to_have_value(question)


@pytest.mark.parametrize("path", ["", "zh/"])
def test_the_answer_comes_into_view_on_a_phone(visit, path):
    tab = visit(path, **PHONE | STILL)
    tab.locator(".ask__line input").fill("12345")
    tab.locator(".ask__line button").tap()
    answer = tab.locator(".moving .ask__token").first
    expect(answer).to_have_text("一")
    expect(answer).to_be_in_viewport()


def test_each_token_tells_its_probabilities_and_where_the_heads_looked(visit):
    figure = visit(PAGE, **STILL).locator(".moving")
    asked(figure, QUESTION)
    tokens = figure.locator(".ask__token")
    for token in (tokens.nth(0), tokens.nth(3)):
        token.click()
        expect(token).to_have_attribute("aria-pressed", "true")
        first, heads = figure.locator("tbody").all()
        row = first.locator("tr").first
        expect(row.locator("th")).to_have_text(token.inner_text())
        assert float(row.locator("td").inner_text()) > 0.9
        assert heads.locator("tr").count() == 8
        assert all(
            re.search(r"\(\d\.\d\d\)", t) for t in heads.locator("td").all_inner_texts()
        )


def test_by_finger_another_number_is_asked(visit):
    figure = visit(PAGE, **PHONE | STILL).locator(".moving")
    figure.get_by_role("button").nth(1).tap()
    expect(figure.locator(".ask__note")).to_contain_text("Right.")


def test_the_answer_writes_itself_and_the_next_question_ends_it(visit):
    figure = visit(PAGE, reduced_motion="no-preference").locator(".moving")
    box = figure.get_by_role("textbox")
    box.press("Enter")
    figure.locator(".ask__token").nth(1).wait_for()  # of nine
    box.fill("seven")
    box.press("Enter")
    expect(figure.locator(".ask__note")).to_have_text("Right. 7", use_inner_text=True)
    assert written(figure) == ["七"]


def test_offline_it_says_so_and_can_be_asked_again(visit):
    tab = visit(PAGE, **STILL)
    figure = tab.locator(".moving")
    tab.route(WEIGHTS, lambda route: route.abort())
    assert "online" in asked(figure, "seven")[1]
    tab.unroute(WEIGHTS)
    assert asked(figure, "seven") == ("七", "Right. 7")


@pytest.mark.parametrize(("path", "told"), [("", "online"), ("zh/", "联网")])
def test_offline_the_front_page_says_so_and_keeps_the_question(visit, path, told):
    tab = visit(path, **STILL)
    tab.route("**/figures/ask.js", lambda route: route.abort())
    box = tab.locator(".ask__line input")
    box.fill("seven")
    expect(tab.locator(".ask__line output")).to_have_text("")
    box.press("Enter")
    expect(tab.locator(".ask__line output")).to_contain_text(told)
    expect(box).to_have_value("seven")
    tab.unroute_all()
    box.press("Enter")
    expect(tab.locator(".moving .ask__note")).to_contain_text("7")
    assert "".join(written(tab.locator(".moving:has(.ask__input)"))) == "七"


def test_a_slow_phone_answers_within_a_second(visit):
    tab = visit(PAGE, alone=True, **PHONE | STILL)  # or the next test's tab is slow
    session = tab.context.new_cdp_session(tab)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    longest = "seventy-seven thousand seven hundred seventy-seven"
    tokens, milliseconds = tab.evaluate(TIMED, longest)
    assert tokens == 10
    assert milliseconds < 1000


@pytest.mark.parametrize("path", [PAGE, f"zh/{PAGE}", "", "zh/"])
def test_everybody_can_use_it(visit, path):
    tab = visit(path, **PHONE | STILL)
    if not path.endswith(PAGE):
        assert violations(tab, ".ask__line") == []
        tab.locator(".ask__line button").tap()
    figure = tab.locator(".moving:has(.ask__input)")
    asked(figure, QUESTION)
    assert violations(tab, ".moving") == []
    turn_dark(tab)
    assert violations(tab, ".moving") == []
    assert_fits_a_phone(tab)
    heights = "all => all.map(e => e.getBoundingClientRect().height)"
    assert min(figure.locator("button, input").evaluate_all(heights)) >= 40


def test_the_recorded_weights_are_published_as_they_are(visit):
    tab = visit(PAGE)
    source = (ROOT / "snippets/language-model/trainer.safetensors").read_bytes()
    with tab.expect_response(WEIGHTS) as answered:
        tab.locator(".moving").get_by_role("textbox").press("Enter")
    assert answered.value.body() == source
    kilobytes = f"{round(len(source), -4) // 1000} KB"
    expect(tab.locator(".moving__help")).to_contain_text(kilobytes)
