"""The list of mistakes, which the build makes of the boxes of all pages."""

import re

from built import ROOT
from reading.mistakes import is_index, language_of, mistakes_of, symptoms_of
from reading.pages import page_paths, read_page


def boxes(language):
    """Every box of the site in one language, with the path of its page."""
    for path in page_paths(ROOT):
        page = read_page(ROOT, path)
        if not is_index(path) and language_of(page) == language:
            for mistake in mistakes_of(page):
                yield path, mistake


def test_every_box_is_listed_once_in_each_language_and_the_list_leads_to_it(site):
    for language, folder in (("en", ""), ("zh", "zh/")):
        listed = site.page(f"{folder}mistakes/").html.partition("<article")[2]
        found = list(boxes(language))
        assert len(found) > 30
        for path, mistake in found:
            stem = path.removeprefix("docs/").removesuffix(".md").removesuffix(".zh")
            name = re.sub("(^|/)index$", r"\1", stem)
            address = f"../{name}/".replace("//", "/") if name else "../"
            link = f'href="{address}#{mistake.id}"'
            assert listed.count(link) == 1, link
            target = f"{folder}{name}/".replace("//", "/").removeprefix("/")
            assert site.page(target).all("p", id=mistake.id), (target, mistake.id)


def test_every_symptom_of_the_list_has_a_mistake():
    assert {mistake.symptom for _, mistake in boxes("en")} == set(symptoms_of(ROOT))


def test_both_languages_name_the_same_symptoms():
    english, chinese = (
        [(mistake.symptom, mistake.id) for _, mistake in boxes(language)]
        for language in ("en", "zh")
    )
    assert english == chinese


def test_an_entry_says_what_one_sees_and_not_why(site):
    listed = site.page("mistakes/").all("article")[0].text
    assert "the loss grows by about half at every step" in listed  # of line/descent
    assert "each step jumps across the valley" not in listed


def test_an_error_message_that_code_catches_is_a_heading(site):
    headings = [heading.text for heading in site.page("mistakes/").all("h3")]
    messages = [mistake.message for _, mistake in boxes("en") if mistake.message]
    assert len(headings) == len(messages) > 2
    assert any(heading.startswith("Trying to backward") for heading in headings)
