"""Pages on their way through a build: made, or taken from what was kept, and handed on."""

import logging
from html import escape
from pathlib import Path

from mkdocs.structure.files import Files
from mkdocs.utils import CountHandler

from cache import cache_of
from publishing import downloads, html, labs, prose
from publishing.depends import key_of
from publishing.describe import description_of
from publishing.images import size_of
from publishing.includes import empty_includes
from publishing.published import (
    Published,
    english_of,
    language_of,
    published_in,
    root_of,
)
from reading import mistakes
from reading.includes import sections_of
from reading.pages import read_page
from reading.terms import is_glossary, read_glossary

log = logging.getLogger("mkdocs.hooks.publish")

# So many pages are named that were made anew.
FEW = 8

# A page of which MkDocs, an extension or we complained is made again, to complain again.
_complaints = CountHandler(level=logging.WARNING)
logging.getLogger("mkdocs").addHandler(_complaints)


def _complained() -> int:
    return sum(count for _, count in _complaints.get_counts())


def begin(markdown: str, page, config, files: Files) -> str:
    """Take what was kept of a page, or read it and tell what is wrong with it.

    Returns:
        The Markdown from which the page is made; of a lab, with its results.
    """
    root, path = root_of(config), f"docs/{page.file.src_uri}"
    listed = None
    if mistakes.is_index(path):
        listed = mistakes.with_mistakes(root, read_page(root, path))
        markdown = listed.text
    page.key = key_of(page, markdown, config, files)
    page.published = cache_of(root).get("page", page.key)
    page.figures = {}
    page.note = ""  # what is said of a lab without results
    if page.published:
        page.render = lambda config, files: _render_kept(page, files)
        labs.put_figures(page.published.figures, config, files)
        return markdown
    page.complaints = _complained()
    config.extra.setdefault("made", []).append(path)
    page.source = listed or read_page(root, path)
    _tell_problems(page.source)
    if page.source.cells and not page.source.problems:
        results = labs.results_of(page.source)
        if results is None:
            page.note = labs.note(page.source, language_of(config))
            results = [[] for _ in page.source.cells]
        page.results = results
        markdown, page.figures = labs.with_results(markdown, page.source, results)
        labs.put_figures(page.figures, config, files)
    return markdown


def _tell_problems(source) -> None:
    """Warn of what cannot be read, with file and line.

    MkDocs and its extensions name no line, or publish the mistake as text. A warning
    keeps ``make serve`` going, and ends ``make build``, which is strict.
    """
    problems = list(source.problems)
    for path in {example.section.path for example in source.examples}:
        problems += sections_of(source.root, path)[1]
    for problem in sorted(problems):
        log.warning("%s", problem)


def _render_kept(page, files: Files) -> None:
    """Give MkDocs what rendering the page gave when it was made."""
    kept = page.published
    page.content, page.toc, page.title = "", kept.toc, kept.title
    page.present_anchor_ids = kept.ids
    page.links_to_anchors = {
        files.src_uris[uri]: dict(links) for uri, links in kept.headings.items()
    }


def finish(content: str, page, config, files: Files) -> str:
    """Finish the HTML of a page, and publish its notebook and script."""
    if not page.published:
        page.published = _make(content, page, config)
        page.complaints = _complained() - page.complaints
    uri = page.file.dest_uri
    published_in(config)[uri] = page.published
    described = description_of(page.published.blocks, language_of(config))
    page.meta.setdefault("description", escape(described))
    page.downloads = downloads.publish(page, page.published, config, files)
    # What is kept has been searched, and shows nothing of how search reads it.
    return page.published.html if page.published.entries is None else ""


def _make(content: str, page, config) -> Published:
    """Make what is published of a page, apart from its entries in the search index."""
    source, where, language = page.source, page.file.src_uri, language_of(config)
    root = root_of(config)

    spoilt = []  # figures without which a notebook cannot be made

    def figure(path: str) -> bytes | None:
        try:
            content = page.figures.get(path) or (root / "docs" / path).read_bytes()
            size_of(content)
        except FileNotFoundError:  # MkDocs tells it, at the page
            spoilt.append(path)
        except ValueError as error:
            spoilt.append(path)
            log.warning("docs/%s:1: %s; record its page again", path, error)
        else:
            return content
        return None

    def warn(tex: str, why: Exception) -> None:
        log.warning("%s: formula %r: %s", where, tex, why)

    if not source.problems and not source.cells:
        for problem in empty_includes(source.path, source.text, content):
            log.warning("%s", problem)
    boxes = [mistake.id for mistake in mistakes.mistakes_of(source)]
    page.present_anchor_ids.update(boxes)
    content = html.finish(content, language, source.lab, boxes, figure, warn)
    english = english_of(page, config)
    if english:
        for path, drawn in page.figures.items():
            if english.figures and english.figures.get(path) != drawn:
                log.warning(
                    "docs/%s: %s is not what the English lab draws; keep words out of"
                    " figures",
                    *(where, path),
                )
    if is_glossary(source):
        page.present_anchor_ids.update(term.row for term in read_glossary(root).terms)
    content, blocks = prose.mark_page(content, source, english and english.blocks)
    if page.note:
        content = content.replace("</h1>", f"</h1>{page.note}", 1)
    published = Published(
        content,
        page.toc,
        page.title,
        page.present_anchor_ids,
        {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
        blocks,
        figures=page.figures,
        lab=source.lab,
    )
    from publishing.archive import script_of
    from publishing.notebook import has_notebook, make_notebook

    results = getattr(page, "results", [])
    if has_notebook(source) and not (source.problems or page.note or spoilt):
        published.notebook = make_notebook(source, config.site_url, results)
        if not source.cells and not source.chinese:
            published.script = script_of(
                root, source.snippet, page.canonical_url, config.site_url
            )
    return published


def add_entries(page, parse) -> list[dict]:
    """Return the entries of a page in the search index, made by `parse` if need be."""
    if page.published.entries is None:
        page.published.entries = parse(page)
    return page.published.entries


def end(page, root: Path) -> None:
    """Give the page its content, as search has left it; keep what was made anew."""
    if page.content:
        page.published.html = page.content
        if not page.complaints and not page.note:
            cache_of(root).put("page", page.key, page.published)
    page.content = page.published.html


def tell_made(config) -> None:
    """Say which pages were made anew, or how many."""
    made = config.extra.get("made", [])
    all_ = len(published_in(config))
    names = f": {', '.join(made)}" if 0 < len(made) <= FEW else ""
    log.info("Made %s of %s pages anew%s", len(made), all_, names)
