"""What a page says of itself to search engines, messengers and networks."""

from collections import Counter

import pytest
from PIL import Image

from built import ROOT, han
from card import LANGUAGES, SIZE, card, sum_of
from publishing.describe import LENGTH, description_of
from publishing.prose import Prose

LOCALES = {"en": "en_US", "zh": "zh_CN"}
NAMES = {"en": "Code first", "zh": "代码先行"}


def said(page, name):
    """Return what the page says once under a name."""
    key = "property" if name.startswith("og:") else "name"
    [element] = page.all("meta", **{key: name})
    return element.attributes["content"]


def test_each_page_describes_itself_in_its_language(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            description = said(page, "description")
            length = LENGTH[page.language]
            assert length / 4 < len(description) <= length
            assert (han(description) > 0.2) == (page.language == "zh")
            assert description == said(page, "og:description")
            lead = next(p for p in page.all("p") if "data-prose" in p.attributes)
            assert " ".join(lead.text.split()).startswith(description.rstrip("…"))


def test_no_two_pages_describe_themselves_alike(site):
    for name in ("description", "og:url"):
        said_often = Counter(said(page, name) for page in site.pages)
        assert [text for text, times in said_often.items() if times > 1] == []


def test_a_link_to_a_page_is_shown_with_title_and_picture(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            assert said(page, "og:title") == page.all("h1")[0].text.removesuffix("¶")
            [canonical] = page.all("link", rel="canonical")
            assert said(page, "og:url") == canonical.attributes["href"] == page.url
            assert said(page, "og:locale") == LOCALES[page.language]
            front = page.path in ("", "zh/")
            assert said(page, "og:type") == ("website" if front else "article")
            assert said(page, "og:site_name") == NAMES[page.language]
            title = f"{said(page, 'og:title')} - {NAMES[page.language]}"
            assert page.all("title")[0].text == title
            assert said(page, "twitter:card") == "summary_large_image"
            assert said(page, "og:image").endswith(f"/card-{page.language}.png")
            picture = site.file(said(page, "og:image"))
            assert picture.stat().st_size < 60_000
            with Image.open(picture) as image:
                assert image.size == SIZE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_drawn_of_what_the_site_says_now(language):
    with Image.open(ROOT / f"docs/assets/card-{language}.png") as image:
        assert image.text["Source"] == sum_of(card(language)), "run tests/card.py"


@pytest.mark.parametrize(
    ("language", "lead", "description"),
    [
        ("en", "One. Two?", "One. Two?"),
        ("en", "A <b>bold</b> &lt;tag&gt;:", "A bold <tag>"),
        ("en", f"{'Long ' * 20}one. {'Word ' * 20}", f"{'Long ' * 20}one."),
        ("en", f"Short. {'word ' * 40}", f"Short. {'word ' * 29}".strip() + "…"),
        ("zh", "一句。“两句。”三", "一句。“两句。”三"),
        ("zh", "短。" + "很长的话，" * 20, "短。" + "很长的话，" * 15 + "…"),
    ],
)
def test_sentences_are_kept_whole_if_they_can(language, lead, description):
    blocks = [Prose("heading", "Title"), Prose("paragraph", lead)]
    assert description_of(blocks, language) == description.replace("，…", "…")
