"""The files of the built site."""

import io
import json
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from PIL import Image

from built import ROOT, Page
from publishing.images import size_of
from reading.mistakes import with_mistakes
from reading.pages import page_paths, read_page

HAN = re.compile(r"[\u3400-\u9fff]")


def test_every_page_is_published_in_both_languages(site):
    sources = {page.source for page in site.pages}
    assert sources == {ROOT / path for path in page_paths(ROOT)}
    english = {page.path for page in site.pages if page.language == "en"}
    chinese = {page.path for page in site.pages if page.language == "zh"}
    assert chinese == {f"zh/{path}" for path in english}


def test_language_canonical_and_alternates(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            english = urljoin(site.address, page.path.removeprefix("zh/"))
            chinese = f"{site.address}zh/{page.path.removeprefix('zh/')}"
            expected = {"en": english, "zh": chinese, "x-default": english}
            assert page.all("html")[0].attributes["lang"] == page.language
            canonical = page.all("link", rel="canonical")
            assert [link.attributes["href"] for link in canonical] == [page.url]
            links = page.all("link", rel="alternate")
            found = {
                link.attributes["hreflang"]: link.attributes["href"] for link in links
            }
            assert found == expected == site.sitemap[page.url]
            assert len(links) == 3


def test_links_anchors_and_files_exist(site, subtests):
    pages = {page.file: page for page in site.pages}
    missing = Page(site, "404.html")
    for page in [*site.pages, missing]:
        with subtests.test(page=page.path):
            for element in page.elements:
                for name in ("href", "src"):
                    link = element.attributes.get(name)
                    if link is None:
                        continue
                    url = urljoin(page.url, link)
                    if not url.startswith(site.address):
                        assert link.startswith("https://"), link
                        continue
                    file = site.file(url)
                    assert file.is_file(), link
                    anchor = unquote(urlsplit(url).fragment)
                    if anchor and not anchor.startswith("__"):
                        assert anchor in pages[file].ids, link


def test_ids_are_unique(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            assert sorted(page.ids) == sorted(set(page.ids))


def test_nothing_private_is_published(site):
    files = [path.relative_to(site.folder) for path in site.folder.rglob("*")]
    private = [
        path
        for path in files
        if any(part.startswith(("_", ".")) for part in path.parts)
        or path.suffix in (".py", ".md", ".yml", ".txt")
        and not path.name.startswith("code-first-")
    ]
    assert private == []


def test_policy_comes_first_and_allows_nothing_else(site, subtests):
    for page in [*site.pages, Page(site, "404.html")]:
        with subtests.test(page=page.path):
            meta = page.all("meta", http_equiv="Content-Security-Policy")
            assert len(meta) == 1
            policy = meta[0].attributes["content"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy and "http" not in policy
            first = next(e for e in page.elements if e.tag in ("script", "link"))
            assert page.elements.index(meta[0]) < page.elements.index(first)
            assert [e.tag for e in page.elements if "style" in e.attributes] == []
            assert page.all("style") == []


def test_formulas_are_mathml(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            source = page.source.read_text("utf-8")
            if page.path.endswith("mistakes/"):
                path = page.source.relative_to(ROOT).as_posix()
                source = with_mistakes(ROOT, read_page(ROOT, path)).text
            captions = "".join(
                re.findall(r'^```python.* caption="(.+)"$', source, re.M)
            )
            prose = captions + re.sub(r"(`+).*?\1", "", source, flags=re.DOTALL)
            written = re.findall(r"\$\$.+?\$\$|\$[^$]+\$", prose, re.DOTALL)
            assert len(page.all("math")) == len(written)
            unread = r"<(pre|code|script|style)\b.*?</\1>|<[^>]*>"
            text = re.sub(unread, "", page.html, flags=re.DOTALL)
            assert not re.search(r"\\[a-zA-Z(\[]|\$", text)
            assert "arithmatex" not in page.html


def test_figures_have_size_and_text(site, subtests):
    for page in site.pages:
        for image in page.all("img"):
            with subtests.test(page=page.path, image=image.attributes["src"]):
                assert image.attributes["alt"]
                assert int(image.attributes["width"]) > 50
                assert int(image.attributes["height"]) > 50
                assert image.attributes["loading"] == "lazy"


def test_ten_steps_lead_to_their_lessons(site, subtests):
    for language in ("", "zh/"):
        front = site.page(language)
        cards = re.search(r'class="grid cards".*?</div>', front.html, re.S)[0]
        lessons = [urljoin(front.url, a) for a in re.findall(r'href="([^"]+)"', cards)]
        assert len(lessons) == 10
        for place, url in enumerate(lessons, start=1):
            page = site.page(url.removeprefix(site.address))
            with subtests.test(page=page.path):
                row = re.search(r'<nav class="steps".*?</nav>', page.html, re.S)[0]
                links = re.findall(r'href="([^"]+)" title="([^"]+)"(.*?)>(\d+)<', row)
                assert [urljoin(url, link) for link, *_ in links] == lessons
                assert [number for *_, number in links] == [
                    str(n) for n in range(1, 11)
                ]
                current = [
                    n for _, _, mark, n in links if 'aria-current="page"' in mark
                ]
                assert current == [str(place)]
                assert links[place - 1][1] == page.all("h1")[0].text.removesuffix("¶")
    assert 'class="steps"' not in site.page("line/descent/").html


def test_a_second_page_of_a_step_stands_in_the_row_of_its_step(site, subtests):
    steps = {"linear": 1, "text": 2, "likelihood": 5, "devices": 8, "debug": 8}
    steps |= {"gain": 1, "metrics": 9}
    for language in ("", "zh/"):
        for name, step in steps.items():
            page = site.page(f"{language}steps/{name}/")
            with subtests.test(page=page.path):
                row = re.search(r'<nav class="steps".*?</nav>', page.html, re.S)[0]
                current = re.findall(r'aria-current="(\w+)">(\d+)<', row)
                assert current == [("step", str(step))]
                title = page.all("h1")[0].text.removesuffix("¶")
                assert f"<b>{title}</b>" in row
                same = row.count("<b>") + row.partition("<p>")[2].count("<a ")
                assert same == 1 + list(steps.values()).count(step)


def test_output_is_named_in_the_language_of_the_page(site, subtests):
    for page in site.pages:
        with subtests.test(page=page.path):
            outputs = page.all("div", class_="language-text")
            source = page.source.read_text("utf-8")
            included = re.findall(r"^ *```text\n *--8<--", source, re.M)
            if "kernelspec:" not in source:  # of labs tests/test_labs.py knows
                assert len(outputs) == len(included)
            for output in outputs:
                name = {"en": "Output", "zh": "输出"}[page.language]
                assert output.attributes["aria-label"] == name
                assert {"output", "no-copy"} <= set(output.attributes["class"].split())


def test_chinese_pages_speak_chinese(site, subtests):
    for page in site.pages:
        if page.language == "en":
            continue
        with subtests.test(page=page.path):
            for element in page.elements:
                for name in ("aria-label", "title", "placeholder", "alt"):
                    words = element.attributes.get(name)
                    if words and words != "English":
                        assert HAN.search(words), (element.tag, name, words)
            for role in ("md-skip", "md-footer__direction", "md-copyright", "md-top"):
                for element in page.all(class_=role):
                    assert HAN.search(element.text), role
            config = json.loads(page.all("script", id="__config")[0].text)
            for key, words in config["translations"].items():
                assert HAN.search(words), key


def test_404_speaks_both_languages(site):
    page = Page(site, "404.html")
    parts = {part.attributes.get("lang", "en"): part for part in page.all("section")}
    assert set(parts) == {"en", "zh"}
    assert "找不到页面" in parts["zh"].text and not HAN.search(parts["en"].text)
    links = [link.attributes["href"] for link in page.all("a")]
    assert set(links) == {site.address, f"{site.address}zh/"}


def test_each_language_has_its_own_index(site):
    for language, folder in (("en", "search"), ("zh", "zh/search")):
        index = (site.folder / folder / "search_index.json").read_text("utf-8")
        entries = {entry["location"] for entry in json.loads(index)["sections"]}
        found = {page.path for page in site.pages if page.path in entries}
        assert found == {page.path for page in site.pages if page.language == language}


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('width="72pt" height="36pt"', (96, 48)),
        ('width="70" height="30.4px"', (70, 30)),
        ('viewBox="0 0 320 200"', (320, 200)),
    ],
)
def test_size_of_a_figure(svg, size):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {svg}/>'
    assert size_of(svg.encode()) == size


def test_size_of_a_picture_for_a_dense_screen():
    picture = io.BytesIO()
    Image.new("RGBA", (1280, 600)).save(picture, "png")
    assert size_of(picture.getvalue()) == (640, 300)
