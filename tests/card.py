"""Draws the picture that is shown with a link to the site, in each language.

`python tests/card.py` writes docs/assets/card-en.png and card-zh.png, with the fonts of
the system. Each holds the sum of what was drawn; tests/test_social.py compares it.
"""

import io
import shutil
from html import escape

from mkdocs.utils import yaml_load
from PIL import Image, PngImagePlugin
from playwright.sync_api import sync_playwright

from built import ROOT
from cache import sum_of

SIZE = (1200, 630)
LANGUAGES = ("en", "zh")
FIGURE = "docs/assets/figures/index-new_point.svg"
LOGO = "docs/assets/favicon.svg"
COLOURS = 128
HTML = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<style>
  body {{ width: 1200px; height: 630px; margin: 0; padding: 60px; box-sizing: border-box;
    display: grid; grid-template: auto 1fr / 1fr 540px; gap: 0 40px; align-items: center;
    border-bottom: 16px solid #0a6b5e; color: #1d2b2a; background: #fff;
    font-family: "Noto Sans", "Noto Sans CJK SC", system-ui, sans-serif; }}
  header {{ grid-column: 1 / -1; display: flex; gap: 20px; align-items: center;
    color: #0a6b5e; font-size: 40px; font-weight: 600; }}
  header svg {{ width: 64px; height: 64px; }}
  p {{ margin: 0; font-size: 40px; font-weight: 600; line-height: 1.35; text-wrap: balance; }}
  p + svg {{ width: 540px; height: auto; }}
</style>
<body><header>{logo}{name}</header><p>{text}</p>{figure}"""


def card(language: str) -> str:
    """Return what is drawn, as HTML."""
    config = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    languages = next(p["i18n"] for p in config["plugins"] if "i18n" in p)["languages"]
    words = config | next(own for own in languages if own["locale"] == language)
    return HTML.format(
        language=language,
        logo=(ROOT / LOGO).read_text("utf-8"),
        figure=(ROOT / FIGURE).read_text("utf-8"),
        name=escape(words["site_name"]),
        text=escape(words["site_description"]),
    )


def draw(language: str, page) -> None:
    """Draw the picture of a language in a page of a browser."""
    html = card(language)
    page.set_content(html)
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    told = PngImagePlugin.PngInfo()
    told.add_text("Source", sum_of(html))
    drawn.quantize(COLOURS).save(
        ROOT / f"docs/assets/card-{language}.png", optimize=True, pnginfo=told
    )


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for language in LANGUAGES:
            draw(language, page)
        browser.close()
