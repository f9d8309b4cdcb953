"""Captions of figures, as they are published."""

import json
import re


def test_every_figure_has_a_caption_in_the_language_of_its_page(site, subtests):
    total = 0
    for page in site.pages:
        with subtests.test(page=page.path):
            figures = [
                image
                for image in page.all("img")
                if "assets/figures/" in image.attributes["src"]
            ]
            captions = page.all("figcaption")
            assert len(captions) == len(figures)
            for caption in captions:
                chinese = bool(re.search("[\u4e00-\u9fff]", caption.text))
                assert chinese == (page.language == "zh"), caption.text
                assert "$" not in caption.text
            total += len(captions)
    assert total > 150


def test_a_notebook_has_the_captions_of_its_page(site):
    for path in ("line/descent/", "labs/depth/"):
        (file,) = (site.folder / path).glob("*.ipynb")
        cells = json.loads(file.read_text("utf-8"))["cells"]
        prose = "\n".join(
            "".join(c["source"]) for c in cells if c["cell_type"] != "code"
        )
        for caption in site.page(path).all("figcaption"):
            first = re.match(r"[\w ]+", caption.text)[0]
            assert first in prose
