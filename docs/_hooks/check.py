"""Tells while the site is built what is wrong with a page, with its file and line.

MkDocs and its extensions name no line, or publish the mistake as text. A warning keeps
``make serve`` going, and ends ``make build``, which is strict.
"""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from reading.includes import sections_of  # noqa: E402
from reading.pages import read_page  # noqa: E402

log = logging.getLogger("mkdocs.hooks.check")


def on_page_markdown(markdown, page, config, files):
    """Warn of what cannot be read; the text stays as it is, the page gets its model."""
    root = Path(config.config_file_path).parent
    read = page.source = read_page(root, f"docs/{page.file.src_uri}")
    problems = list(read.problems)
    for path in {example.section.path for example in read.examples}:
        problems += sections_of(root, path)[1]
    for problem in sorted(problems):
        log.warning("%s", problem)
