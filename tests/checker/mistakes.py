"""Whether a box that makes a mistake says what the list of mistakes needs."""

from pathlib import Path

from reading.mistakes import INDEX, PARTS, TITLES, language_of, mistakes_of, symptoms_of
from reading.model import Page


def check_mistakes(root: Path, page: Page, checked: Page) -> None:
    """Note what is wrong with the boxes ``!!! failure`` of a page.

    Args:
        root: the folder that holds docs/.
        page: the page.
        checked: gets the problems.
    """
    symptoms = symptoms_of(root)
    language = language_of(page)
    for mistake in mistakes_of(page):
        if symptoms and mistake.symptom not in symptoms:
            checked.problem(
                mistake.line,
                f"{mistake.symptom or 'nothing'} is no symptom of {INDEX}; write"
                f" !!! failure, one of {', '.join(symptoms)}, and the title in quotes",
            )
        if not mistake.title.startswith(TITLES[language]):
            checked.problem(
                mistake.line, f"the title of the box begins {TITLES[language]!r}"
            )
        places = [mistake.told.find(part) for part in PARTS[language]]
        if places != sorted(places) or -1 in places:
            checked.problem(
                mistake.line,
                f"the box has no paragraph with {', '.join(PARTS[language])}, in this"
                " order",
            )
