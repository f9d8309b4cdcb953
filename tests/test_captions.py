"""Captions of figures, as they are published."""

import json

from built import ROOT, han
from reading.pages import read_page


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
                assert (han(caption.text) > 0.2) == (page.language == "zh"), caption
                assert "$" not in caption.text
            total += len(captions)
    assert total > 150


def test_a_notebook_has_the_captions_of_its_page(site):
    for path in ("line/descent", "labs/depth"):
        (file,) = (site.folder / path).glob("*.ipynb")
        cells = json.loads(file.read_text("utf-8"))["cells"]
        prose = " ".join(
            " ".join("".join(cell["source"]).split())
            for cell in cells
            if cell["cell_type"] == "markdown"
        )
        blocks = read_page(ROOT, f"docs/{path}.md").blocks
        captions = [b.text for b in blocks if b.shape.endswith("caption")]
        assert len(captions) == len(site.page(f"{path}/").all("figcaption"))
        assert [caption for caption in captions if caption not in prose] == []
