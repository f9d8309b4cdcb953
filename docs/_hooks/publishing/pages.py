"""All that is published of a page, made once, and kept under a sum of what it depends on."""

import json
import logging
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from cache import cache_of, our_code, sum_of, sum_of_file, versions
from publishing import html, labs, prose, search
from reading.imports import imported
from reading.includes import sections_of
from reading.model import CHINESE
from reading.pages import included, read_page
from reading.terms import GLOSSARY, read_glossary

log = logging.getLogger("mkdocs.hooks.publish")

# So many pages are named that were made anew.
FEW = 8

# Where links and images lead, also those that are defined elsewhere on the page.
_TARGET = re.compile(r"\]\(\s*<?([^)\s>#]+)|^\s*\[[^\]]+\]:\s*<?([^\s>#]+)", re.M)

# A page of which MkDocs, an extension or we complained is made again, to complain again.
_complaints = CountHandler(level=logging.WARNING)
logging.getLogger("mkdocs").addHandler(_complaints)


@dataclass
class Published:
    """What is published of a page.

    Attributes:
        html: its content, and what MkDocs reads off it: table of contents, title, ids,
            and by the source of a page the headings there to which it links.
        blocks: its blocks of text.
        notebook: its notebook, if it has one.
        figures: those that a lab has drawn, by their paths below docs/.
        lab: whether it is a lab.
        entries: of the search index.
    """

    html: str
    toc: TableOfContents
    title: str | None
    ids: set[str]
    headings: dict[str, dict[str, str]]
    blocks: list[prose.Prose]
    notebook: str | None = None
    figures: dict[str, bytes] = field(default_factory=dict)
    lab: bool = False
    entries: list[dict] | None = None


def _complained() -> int:
    return sum(count for _, count in _complaints.get_counts())


def language_of(config) -> str:
    """Return the language being built."""
    return config.theme["language"]


def published_in(config) -> dict[str, Published]:
    """Return what this build has published so far, in both languages, by its address."""
    return config.extra.setdefault("published", {})


def root_of(config) -> Path:
    """Return the folder of the project."""
    return Path(config.config_file_path).parent


def key_of(page, markdown: str, config, files: Files) -> str:
    """Return the sum of all that what is published of a page depends on."""
    return sum_of(*_depends_on(page, markdown, config, files))


def _depends_on(page, markdown: str, config, files: Files) -> Iterator[str | None]:
    root, uri = root_of(config), page.file.src_uri
    yield config.extra["settings"]
    yield from (uri, page.file.dest_uri, sum_of_file(root / "docs" / uri))
    yield from included(root, markdown)
    for target in dict.fromkeys(a or b for a, b in _TARGET.findall(markdown)):
        if "://" not in target:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(uri), target))
            leads_to = files.get_file_from_path(path)
            yield from (target, leads_to and leads_to.url)
            if not path.endswith(".md"):
                yield sum_of_file(root / "docs" / path)
    snippet = uri.replace(CHINESE, ".md").removesuffix(".md") + ".py"
    if (root / "snippets" / snippet).is_file():
        for path in imported(root, snippet):  # its notebook writes them
            yield from (path, sum_of_file(root / "snippets" / path))
    if uri.startswith("labs/"):
        lab = read_page(root, f"docs/{uri}")
        yield labs.key_of(lab) if lab.cells and not lab.problems else None
    if GLOSSARY.removeprefix("docs/") != uri.replace(CHINESE, ".md"):
        yield read_glossary(root).sum
    english = _english(page, config)
    if english:  # whose terms are looked for in the Chinese
        used = [sorted(t.english for t in block.terms) for block in english.blocks]
        yield json.dumps(used)
        yield from map(sum_of, english.figures.values())


def note_settings(config) -> None:
    """Note the sum of all that what is published of every page depends on."""
    config.extra["settings"] = sum_of(
        our_code("cache", "hooks", "reading", "publishing"),
        versions(),
        language_of(config),
        config.site_url,
        json.dumps(config.markdown_extensions),
        json.dumps(config.mdx_configs, sort_keys=True, default=str),
        str(config.use_directory_urls),
    )


def _english(page, config) -> Published | None:
    """Return the English counterpart of a Chinese page."""
    if language_of(config) == "en":
        return None
    return published_in(config).get(page.file.dest_uri.removeprefix("zh/"))


def begin(markdown: str, page, config, files: Files) -> str:
    """Take what was kept of a page, or read it and tell what is wrong with it.

    Returns:
        The Markdown from which the page is made; of a lab, with its results.
    """
    root = root_of(config)
    page.key = key_of(page, markdown, config, files)
    page.published = cache_of(root).get("page", page.key)
    page.figures = {}
    page.note = ""  # what is said of a lab without results
    if page.published:
        page.render = lambda config, files: _render_kept(page, files)
        _boost(page, page.published.lab)
        labs.put_figures(page.published.figures, config, files)
        return markdown
    page.complaints = _complained()
    config.extra.setdefault("made", []).append(f"docs/{page.file.src_uri}")
    page.source = read_page(root, f"docs/{page.file.src_uri}")
    _tell_problems(page.source)
    _boost(page, page.source.lab)
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


def _boost(page, lab: bool) -> None:
    if lab:  # a lesson's words are found there first
        page.meta["search"] = {"boost": 0.3}


def _render_kept(page, files: Files) -> None:
    """Give MkDocs what rendering the page gave when it was made."""
    kept = page.published
    page.content, page.toc, page.title = "", kept.toc, kept.title
    page.present_anchor_ids = kept.ids
    page.links_to_anchors = {
        files.src_uris[uri]: dict(links) for uri, links in kept.headings.items()
    }


def finish(content: str, page, config, files: Files) -> str:
    """Finish the HTML of a page, and publish its notebook."""
    if not page.published:
        page.published = _make(content, page, config)
        page.complaints = _complained() - page.complaints
    uri = page.file.dest_uri
    published_in(config)[uri] = page.published
    if page.published.notebook:
        # index.html of a lesson stands in a folder with the lesson's name.
        page.notebook = Path(page.file.src_uri).with_suffix(".ipynb").name
        place = Path(uri).with_name(page.notebook).as_posix()
        files.append(
            File.generated(config, place, content=page.published.notebook.encode())
        )
    # What is kept has been searched, and shows nothing of how search reads it.
    return page.published.html if page.published.entries is None else ""


def _make(content: str, page, config) -> Published:
    """Make what is published of a page, apart from its entries in the search index."""
    source, where, language = page.source, page.file.src_uri, language_of(config)
    root = root_of(config)
    search.teach_terms(read_glossary(root), content)

    def figure(path: str) -> bytes | None:
        file = root / "docs" / path
        drawn = page.figures.get(path)
        return file.read_bytes() if drawn is None and file.is_file() else drawn

    def warn(tex: str, why: Exception) -> None:
        log.warning("%s: formula %r: %s", where, tex, why)

    content = html.finish(content, language, source.lab, figure, warn)
    english = _english(page, config)
    if english:
        for path, drawn in page.figures.items():
            if english.figures and english.figures.get(path) != drawn:
                log.warning(
                    "docs/%s: %s is not what the English lab draws; keep words out of"
                    " figures",
                    *(where, path),
                )
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
    from publishing.notebook import has_notebook, make_notebook

    results = getattr(page, "results", [])
    if has_notebook(source) and not source.problems and not page.note:
        published.notebook = make_notebook(source, config.site_url, results)
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
