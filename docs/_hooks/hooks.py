"""What MkDocs calls while it builds the site; the work is done in reading and publishing."""

import sys
from pathlib import Path, PurePath

from mkdocs.plugins import CombinedEvent, event_priority

sys.path.insert(0, str(Path(__file__).parent))
from cache import cache_of  # noqa: E402
from publishing import (  # noqa: E402
    archive,
    dark,
    glossary,
    includes,
    labs,
    pages,
    prose,
    search,
    serving,
    templates,
    weights,
)
from publishing.addresses import check_addresses  # noqa: E402
from publishing.depends import note_settings  # noqa: E402
from publishing.policy import add_policy  # noqa: E402
from publishing.published import language_of, published_in, root_of  # noqa: E402
from reading.files import is_stray  # noqa: E402
from reading.terms import read_glossary  # noqa: E402

PERMALINK = {"en": "Link to this section", "zh": "本节链接"}


def on_startup(command, dirty):
    """Learn whether the site will be served."""
    if command == "serve":
        serving.begin()


@event_priority(-150)  # after i18n has set the language
def on_config(config):
    """Set what MkDocs has only one setting of, per language."""
    check_addresses(config)
    config.mdx_configs["toc"]["permalink_title"] = PERMALINK[language_of(config)]
    index = config.plugins["material/search"].search_index
    search.keep_entries(index, pages.add_entries)
    includes.start_at_the_project(config)
    note_settings(config)
    if serving.is_on():
        cache_of(root_of(config)).remember()
    return config


def on_pre_build(config):
    """Wait for labs that have not been run; `mkdocs serve` goes on without them."""
    if not serving.is_on():
        labs.run_all(root_of(config))


@event_priority(100)
def _remember_assets(files, config):
    for file in list(files):
        if is_stray(PurePath(file.src_uri)):
            files.remove(file)
    weights.publish(files, config)
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
            file.copy_file = lambda dirty=False: None  # the English build has done it
            files.append(file)
    dark.publish(files, config)
    archive.publish(files, config)  # i18n wants files that lie on a disk
    return files


on_files = CombinedEvent(_remember_assets, _restore_assets)


def on_page_markdown(markdown, page, config, files):
    """Take what was kept of a page, or begin to make it."""
    return pages.begin(markdown, page, config, files)


def on_page_content(html, page, config, files):
    """Finish the HTML of a page, and publish its notebook."""
    return pages.finish(html, page, config, files)


@event_priority(-50)  # search has just read the page
def on_page_context(context, page, config, nav):
    """Keep what was made of a page."""
    pages.end(page, root_of(config))
    return context


def on_env(env, config, files):
    """Keep compiled templates, and whole pages of which nothing has changed."""
    templates.keep_pages(env, config)
    return env


@event_priority(-200)
def on_post_template(output, template_name, config):
    """Add the content security policy to the page for addresses not found."""
    if template_name != "404.html":
        return output
    return add_policy(output, serving.is_on())


@event_priority(-50)  # search has just written the entries of this language
def _take_index(config):
    search.take_index(config)


@event_priority(-200)  # i18n has built the other language, and merged the indexes
def _join_languages(config):
    if not config.plugins["i18n"].building:
        terms = read_glossary(root_of(config))
        search.put_indexes(config, terms)
        pages.tell_made(config)
        blocks = {uri: page.blocks for uri, page in published_in(config).items()}
        prose.write_counterparts(blocks, Path(config.site_dir))
        glossary.write_cards(blocks, terms.terms, Path(config.site_dir))
        cache_of(root_of(config)).clean()
        serving.built(root_of(config))


on_post_build = CombinedEvent(_take_index, _join_languages)


def on_serve(server, config, builder):
    """Show an edit sooner, and run labs while the site is served."""
    serving.adapt(server, root_of(config))
    return server


def on_shutdown():
    """Delete what was needed only while the site was served."""
    serving.end()
