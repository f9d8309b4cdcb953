"""What MkDocs calls while it builds the site."""

import base64
import hashlib
import logging
import re
import sys
from functools import cache
from html import escape, unescape
from pathlib import Path
from tempfile import gettempdir

from jinja2 import FileSystemBytecodeCache
from mkdocs.plugins import CombinedEvent, event_priority

sys.path.insert(0, str(Path(__file__).parent))
from publishing import (
    labs,  # noqa: E402
    prose,  # noqa: E402
    search,  # noqa: E402
)
from publishing.formulas import replace_formulas  # noqa: E402
from publishing.images import size_of  # noqa: E402
from publishing.notebook import put_notebook  # noqa: E402
from reading.terms import read_glossary  # noqa: E402

log = logging.getLogger("mkdocs.hooks.publish")

OUTPUT = {"en": "Output", "zh": "输出"}
PERMALINK = {"en": "Link to this section", "zh": "本节链接"}
POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; font-src 'self'; "
    "manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)

_CODE_THEN_OUTPUT = re.compile(
    r'(</div>|</ol>)\s*<div class="(language-text highlight)">'
)
_PRE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_ANNOTATION = re.compile(r'\s*<span class="c1">#[ ]?\(\d+\)!</span>')
_FIGURE = re.compile(r'<img ([^>]*src="[^"]*?(assets/figures/[^"]+)"[^>]*)>')
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)


def language(config) -> str:
    """Return the language being built."""
    return config.theme["language"]


@event_priority(-150)  # after i18n has set the language
def on_config(config):
    """Set what MkDocs has only one setting of, per language."""
    config.mdx_configs["toc"]["permalink_title"] = PERMALINK[language(config)]
    search.teach_terms(read_glossary(Path(config.config_file_path).parent))
    search.keep_entries(config.plugins["material/search"].search_index)
    labs.spare_pages(config.plugins["mkdocs-jupyter"])
    return config


@event_priority(100)
def _remember_assets(files, config):
    config.extra["assets"] = [
        file for file in files if not file.is_documentation_page()
    ]
    return files


@event_priority(-200)
def _restore_assets(files, config):
    # Pages never fall back to the other language, so i18n drops what carries no
    # language from the Chinese build: figures, styles, scripts. They are shared.
    for file in config.extra.pop("assets"):
        if file.src_uri not in files.src_uris:
            files.append(file)
    return files


on_files = CombinedEvent(_remember_assets, _restore_assets)


def on_env(env, config, files):
    """Keep compiled templates: MkDocs compiles all of them anew for each language."""
    env.bytecode_cache = FileSystemBytecodeCache()
    return env


def on_pre_page(page, config, files):
    """Render labs like other pages; mkdocs-jupyter has just claimed them."""
    labs.adopt(page)
    return page


def on_page_content(html, page, config, files):
    """Finish the HTML of a page, and publish its notebook."""
    where = page.file.src_uri
    html = replace_formulas(
        html, lambda tex, why: log.warning("%s: formula %r: %s", where, tex, why)
    )
    # A lesson can be found by what it prints, an error for example; a lab prints much.
    silent = " data-search-exclude" if labs.notebook_of(page) else ""
    html = _CODE_THEN_OUTPUT.sub(
        rf'\1\n<div class="\2 output no-copy" role="group" '
        rf'aria-label="{OUTPUT[language(config)]}"{silent}>',
        html,
    )
    html = _PRE.sub(clean_copy, html)
    html = _FIGURE.sub(
        lambda match: (
            f"<img {match[1]} {figure_size(page, config, match[2])}"
            ' loading="lazy" decoding="async">'
        ),
        html,
    )
    html = prose.mark_page(html, page, config)
    put_notebook(page, config, files, labs.notebook_of(page))
    return html


def clean_copy(block: re.Match) -> str:
    """Give code with annotations the text that the copy button copies."""
    code, marks = _ANNOTATION.subn("", block[1])
    if not marks:
        return block[0]
    code = escape(unescape(re.sub(r"<[^>]+>", "", code)).rstrip())
    return f'<pre data-copy="{code}">{block[1]}</pre>'


def figure_size(page, config, src: str) -> str:
    """Return the size of a figure as attributes, so that nothing moves on load."""
    drawn = labs.figure_of(page, src)
    file = Path(config.docs_dir, src)
    if drawn is None and not file.exists():
        return ""
    width, height = size_of(drawn or file.read_bytes())
    return f'width="{width}" height="{height}"'


@event_priority(-200)
def on_post_page(output, page, config):
    """Add the content security policy."""
    return add_policy(output, config)


@event_priority(-200)
def on_post_template(output, template_name, config):
    """Add the content security policy to the page for addresses not found."""
    return add_policy(output, config) if template_name == "404.html" else output


def add_policy(html: str, config) -> str:
    """Allow the scripts of the site and those that stand in this very page."""
    if serving(config):  # `mkdocs serve` adds its own script afterwards
        scripts = "'unsafe-inline'"
    else:
        inline = [
            match["code"]
            for match in _SCRIPT.finditer(html)
            if not re.search("src=|json", match["attributes"])
        ]
        scripts = " ".join(sorted({sha256(code) for code in inline}))
    charset = '<meta charset="utf-8">'
    policy = POLICY.format(scripts=scripts)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(charset, f"{charset}\n      {tag}", 1)


@cache
def sha256(code: str) -> str:
    """Return the source expression that allows an inline script."""
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def serving(config) -> bool:
    """Return whether this is `mkdocs serve`, which builds into a folder of its own."""
    folder = Path(config.site_dir)
    return folder.parent == Path(gettempdir()) and folder.name.startswith("mkdocs_")


@event_priority(-50)  # search has just written the entries of this language
def _take_index(config):
    search.take_index(config, language(config))


@event_priority(-200)  # i18n has built the other language, and merged the indexes
def _join_languages(config):
    if not config.plugins["i18n"].building:
        search.put_indexes(config)
        prose.write_counterparts(config)
        prose.write_cards(config)
        labs.forget_unused(Path(config.config_file_path).parent)


on_post_build = CombinedEvent(_take_index, _join_languages)
