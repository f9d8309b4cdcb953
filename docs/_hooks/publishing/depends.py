"""What the published form of a page depends on: while nothing of it changes, it is kept."""

import json
import posixpath
import re
from collections.abc import Iterator

from mkdocs.structure.files import Files

from cache import our_code, sum_of, sum_of_file, versions
from publishing import labs
from publishing.published import english_of, language_of, root_of
from reading.imports import imported
from reading.model import CHINESE
from reading.pages import included, read_page
from reading.terms import GLOSSARY, read_glossary
from reading.weights import recorded_weights

# Where links and images lead, also those that are defined elsewhere on the page.
_TARGET = re.compile(r"\]\(\s*<?([^)\s>#]+)|^\s*\[[^\]]+\]:\s*<?([^\s>#]+)", re.M)


def note_settings(config) -> None:
    """Note the sum of all that what is published of every page depends on."""
    config.extra["settings"] = sum_of(
        our_code("cache", "hooks", "reading", "publishing"),
        versions(),
        language_of(config),
        config.site_url,
        json.dumps(config.markdown_extensions),
        # Where the project lies does not matter.
        json.dumps(config.mdx_configs, sort_keys=True, default=str).replace(
            json.dumps(str(root_of(config)))[:-1], '"'
        ),
        str(config.use_directory_urls),
    )


def key_of(page, markdown: str, config, files: Files) -> str:
    """Return the sum of all that what is published of a page depends on."""
    return sum_of(*_depends_on(page, markdown, config, files))


def _depends_on(page, markdown: str, config, files: Files) -> Iterator[str | None]:
    root, uri = root_of(config), page.file.src_uri
    docs, snippets = root / "docs", root / "snippets"
    yield config.extra["settings"]
    yield from (uri, page.file.dest_uri, sum_of_file(docs / uri), markdown)
    yield from included(root, markdown)
    for target in dict.fromkeys(a or b for a, b in _TARGET.findall(markdown)):
        if "://" not in target:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(uri), target))
            leads_to = files.get_file_from_path(path)
            yield from (target, leads_to and leads_to.url)
            if not path.endswith(".md"):
                yield sum_of_file(docs / path)
    snippet = uri.replace(CHINESE, ".md").removesuffix(".md") + ".py"
    if (snippets / snippet).is_file():
        modules = imported(root, snippet)  # its notebook writes them
        for path in modules + recorded_weights(root, modules):
            yield from (path, sum_of_file(snippets / path))
    if uri.startswith("labs/"):
        lab = read_page(root, f"docs/{uri}")
        yield labs.key_of(lab) if lab.cells and not lab.problems else None
    if GLOSSARY.removeprefix("docs/") != uri.replace(CHINESE, ".md"):
        yield read_glossary(root).sum
    english = english_of(page, config)
    if english:  # whose terms are looked for in the Chinese
        used = [sorted(t.english for t in block.terms) for block in english.blocks]
        yield json.dumps(used)
        yield from map(sum_of, english.figures.values())
