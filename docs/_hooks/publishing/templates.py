"""Whole pages as the templates give them, kept under a sum of what templates show."""

from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from cache import cache_of, our_code, sum_of, sum_of_file, versions
from publishing import serving
from publishing.policy import add_policy
from publishing.published import language_of, root_of
from reading.files import files_below


def keep_pages(env: jinja2.Environment, config) -> None:
    """Render only the pages on which something that templates show has changed."""
    root = root_of(config)
    theme = files_below(root / "docs/_theme")
    env.bytecode_cache = KeptCode(root)
    env.template_class = KeptTemplate
    env.same_for_all = sum_of(
        our_code("cache", "hooks", "publishing"),
        versions(),
        *(part for f in theme for part in (str(f.relative_to(root)), sum_of_file(f))),
        repr([_said(settings) for settings in config.user_configs]),
        language_of(config),
        config.site_url,
        config.repo_url,
        str(serving.is_on()),
    )


class KeptCode(jinja2.BytecodeCache):
    """Compiled templates that are kept; Jinja's own cache believes a file cut short."""

    def __init__(self, root: Path) -> None:
        self.kept = cache_of(root)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code that was kept of it, if any was."""
        if code := self.kept.get("template", _key(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self.kept.put("template", _key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    return sum_of(versions(), bucket.key, bucket.checksum)


def _said(settings: dict) -> dict:
    """Return settings of the file or of the command line; not where the site is built."""
    places = ("config_file_path", "site_dir", "docs_dir")
    return {name: value for name, value in settings.items() if name not in places}


class KeptTemplate(jinja2.Template):
    """A template of which what it made of a page is kept."""

    def render(self, *args, **kwargs) -> str:
        """Render a page, with its policy; what is no page as ever."""
        context = dict(*args, **kwargs)
        page = context.get("page")
        if page is None:
            return super().render(context)
        kept = cache_of(root_of(context["config"]))
        shown = _shown(page, context["nav"])
        key = sum_of(self.name, self.environment.same_for_all, page.content, shown)
        html = kept.get("html", key)
        if html is None:
            html = add_policy(super().render(context), serving.is_on())
            kept.put("html", key, html)
        return html


def _shown(page, nav) -> str:
    """Return all that Material's templates and ours show beside the content of a page."""
    toc = [(item.title, item.id, item.level) for item in _flat(page.toc)]
    around = [other and _link(other) for other in (page.previous_page, page.next_page)]
    return repr(
        (
            *(page.title, page.meta, page.url, page.canonical_url, page.edit_url),
            *(getattr(page, "downloads", None), sorted(page.file.alternates)),
            *(toc, around, *map(_entry, nav.items)),
        )
    )


def _flat(toc):
    for item in toc:
        yield item
        yield from _flat(item.children)


def _entry(item) -> str:
    """Return what the navigation shows of an entry: all of it where the page is in it."""
    if not item.active and hasattr(item, "shown"):
        return item.shown  # the same on every page of this build
    if item.children:
        below = map(_entry, item.children[: None if item.active else 1])
        shown = repr((item.title, item.active, *below))
    else:
        shown = repr(_link(item))
    if not item.active:
        item.shown = shown
    return shown


def _link(item) -> tuple:
    meta = dict(getattr(item, "meta", None) or {})
    meta.pop("description", None)  # which only the page itself shows
    return (item.title, item.url, item.active, meta)
