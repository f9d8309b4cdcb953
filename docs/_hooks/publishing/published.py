"""What is published of a page, and what a build has published so far."""

from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.toc import TableOfContents

from publishing.prose import Prose


@dataclass
class Published:
    """What is published of a page.

    Attributes:
        html: its content, and what MkDocs reads off it: table of contents, title, ids,
            and by the source of a page the headings there to which it links.
        blocks: its blocks of text.
        notebook: its notebook, if it has one.
        script: its script, of an English page that has one.
        figures: those that a lab has drawn, by their paths below docs/.
        lab: whether it is a lab.
        entries: of the search index.
    """

    html: str
    toc: TableOfContents
    title: str | None
    ids: set[str]
    headings: dict[str, dict[str, str]]
    blocks: list[Prose]
    notebook: str | None = None
    script: str | None = None
    figures: dict[str, bytes] = field(default_factory=dict)
    lab: bool = False
    entries: list[dict] | None = None


def language_of(config) -> str:
    """Return the language being built."""
    return config.theme["language"]


def published_in(config) -> dict[str, Published]:
    """Return what this build has published so far, in both languages, by its address."""
    return config.extra.setdefault("published", {})


def root_of(config) -> Path:
    """Return the folder of the project."""
    return Path(config.config_file_path).absolute().parent


def english_of(page, config) -> Published | None:
    """Return the English counterpart of a Chinese page."""
    if language_of(config) == "en":
        return None
    return published_in(config).get(page.file.dest_uri.removeprefix("zh/"))
