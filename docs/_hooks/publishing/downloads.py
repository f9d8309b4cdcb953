"""What a page offers beside its title: notebook and script, and where these can be run."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from mkdocs.structure.files import File, Files

from publishing import serving
from publishing.published import Published, english_of, language_of
from reading.model import CHINESE, GUIDE

# Services that open a notebook by its address. Colab opens files of a repository only,
# and ours are made by the build.
HOSTS = {
    "Kaggle": "https://kaggle.com/kernels/welcome?src=https://{}",
    "nbviewer": "https://nbviewer.org/urls/{}",
}
_AT_HOME = ("localhost", ".local", ".internal", ".lan")


@dataclass(frozen=True)
class Downloads:
    """What a page offers; addresses of this site are relative to it.

    Attributes:
        notebook: the page as a notebook.
        script: its code, if it is a script; both languages have the same.
        guide: the page that says how to run it, if there is one.
        hosts: addresses that open the notebook elsewhere, by the name of the service.
    """

    notebook: str
    script: str | None
    guide: str | None
    hosts: tuple[tuple[str, str], ...]


def name_of(uri: str) -> str:
    """Return what a file for the reader's disk is called, from that of its page.

    ``line/solve.md`` gives ``code-first-line-solve``, and ``line/solve.zh.md`` the same
    with ``.zh`` behind it.
    """
    return f"code-first-{uri.removesuffix('.md').replace('/', '-')}"


def publish(page, published: Published, config, files: Files) -> Downloads | None:
    """Publish the notebook of a page and its script; return what the page offers."""
    if not published.notebook:
        return None
    folder, uri = PurePosixPath(page.file.dest_uri).parent, page.file.src_uri
    notebook = f"{folder / name_of(uri)}.ipynb"
    _put(notebook, published.notebook, config, files)
    english = english_of(page, config)
    script = None
    if (english or published).script:
        # The same for both languages, so it stands beside the English page.
        folder = PurePosixPath(page.file.dest_uri.removeprefix("zh/")).parent
        script = f"{folder / name_of(uri.replace(CHINESE, '.md'))}.py"
        if not english:
            _put(script, published.script, config, files)
    chinese = language_of(config) == "zh"
    guide = files.get_file_from_path(
        GUIDE.replace(".md", CHINESE) if chinese else GUIDE
    )
    return Downloads(
        notebook,
        script,
        guide and guide.url,
        tuple(_hosts(urljoin(config.site_url, notebook))),
    )


def _put(place: str, content: str, config, files: Files) -> None:
    if serving.is_on():
        serving.hold(place, lambda: content)
    else:
        files.append(File.generated(config, place, content=content.encode()))


def _hosts(address: str):
    if is_public(address):
        for name, template in HOSTS.items():
            yield name, template.format(address.removeprefix("https://"))


def is_public(address: str) -> bool:
    """Return whether a service elsewhere can be expected to reach an address."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_AT_HOME)
