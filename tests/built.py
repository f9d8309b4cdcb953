"""The built site as the tests see it: built, served, and read."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from functools import cached_property, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs/_hooks"))  # for card.py and bench.py
from reading.files import stray_names  # noqa: E402

BASE = "/code-first/"
# What a build reads beside docs/, snippets/ and mkdocs.yml, for the archive.
ARCHIVED = ("LICENSE", "constraints.txt", "pyproject.toml")
XHTML = "{http://www.w3.org/1999/xhtml}link"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def build(
    project: Path, folder: Path, address: str, *options: str, cwd: Path | None = None
) -> subprocess.CompletedProcess:
    """Build the site of a project strictly, as it would be published at `address`."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(
        [*command, "--site-dir", folder, *options],
        cwd=cwd or project,
        env=os.environ | {"SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def start(project: Path, log, *arguments: str) -> subprocess.Popen:
    """Start MkDocs so that Ctrl-C ends it, also where tests run in the background.

    There a shell lets programs ignore Ctrl-C.
    """
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        " from mkdocs.__main__ import cli; cli()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=log,
        stderr=log,
    )


def serve(project: Path, address: str, log) -> subprocess.Popen:
    """Start `mkdocs serve`, which Ctrl-C ends."""
    return start(project, log, "serve", "-a", urlsplit(address).netloc)


def free_address() -> str:
    """Return an address at which nothing is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def small_project(folder: Path, english: str, chinese: str, **snippets: str) -> Path:
    """Make a project with the site's configuration, one page, and its snippet."""
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    start, end = config.index("\nnav:"), config.index("\ntheme:")
    config = f"{config[:start]}\nnav: [index.md]\n{config[end:]}"
    pages = shutil.ignore_patterns("*.md")
    shutil.copytree(
        ROOT / "docs",
        folder / "docs",
        ignore=lambda *names: stray_names(*names) | pages(*names),
    )
    for name in ARCHIVED:
        shutil.copy(ROOT / name, folder)
    (folder / "snippets").mkdir()
    for suffix, text in snippets.items():
        (folder / f"snippets/index.{suffix}").write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    (folder / "docs/index.md").write_text(english, "utf-8")
    (folder / "docs/index.zh.md").write_text(chinese, "utf-8")
    return folder


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder at a base path, as GitHub Pages does; counts nothing, logs nothing."""

    def translate_path(self, path):
        inside = path.startswith(BASE)
        return super().translate_path(path.removeprefix(BASE[:-1]) if inside else "/-")

    def end_headers(self):
        # What pages share a browser may keep; a page and its pictures it fetches each time.
        if urlsplit(self.path).path.endswith(("/", ".svg", ".png")):
            self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format, *args):
        pass


class Patient(ThreadingHTTPServer):
    """A server that says nothing when a browser leaves a page before it has all of it."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Server:
    """A web server on a free port; `address` is known before there is a site."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.server = Patient(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.address = f"http://127.0.0.1:{self.server.server_port}{BASE}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def han(text):
    """Return the share of Chinese characters in a text."""
    return len(re.findall(r"[\u3400-\u9fff]", text)) / len(text)


@dataclass
class Element:
    """A start tag, and the text up to its end tag."""

    tag: str
    attributes: dict
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page of the built site."""

    site: "Site"
    path: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._open = []
        self.feed(self.html)

    @property
    def file(self) -> Path:
        name = self.path if self.path.endswith(".html") else f"{self.path}index.html"
        return self.site.folder / name

    @cached_property
    def html(self) -> str:
        return self.file.read_text("utf-8")

    @property
    def url(self) -> str:
        return urljoin(self.site.address, self.path)

    @property
    def language(self) -> str:
        return "zh" if self.path.startswith("zh/") else "en"

    @property
    def source(self) -> Path:
        """The Markdown file of the page."""
        stem = self.path.removeprefix("zh/")
        ending = ".zh.md" if self.language == "zh" else ".md"
        folder = ROOT / "docs" / stem
        return (
            folder / f"index{ending}" if folder.is_dir() else folder.with_suffix(ending)
        )

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in ("meta", "link", "input", "img", "br", "hr", "path", "circle"):
            self._open.append(element)

    def handle_endtag(self, tag):
        while any(element.tag == tag for element in self._open):
            if self._open.pop().tag == tag:
                break

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def all(self, tag=None, **attributes) -> list[Element]:
        """Return the elements with a tag and attributes (class_ and http_equiv too)."""
        wanted = {
            name.rstrip("_").replace("_", "-"): value
            for name, value in attributes.items()
        }
        return [
            element
            for element in self.elements
            if tag in (None, element.tag)
            and all(
                value in (element.attributes.get(name) or "").split()
                if name in ("class", "rel")
                else element.attributes.get(name) == value
                for name, value in wanted.items()
            )
        ]

    @cached_property
    def ids(self) -> list[str]:
        found = (element.attributes.get("id") for element in self.elements)
        return [name for name in found if name]


class Site:
    """The built site."""

    def __init__(self, folder: Path, address: str):
        self.folder, self.address = folder, address

    @cached_property
    def sitemap(self) -> dict[str, dict[str, str]]:
        """The addresses in the sitemap, each with its alternates by language."""
        tree = ElementTree.parse(self.folder / "sitemap.xml")
        return {
            url.find(LOC).text: {
                link.get("hreflang"): link.get("href") for link in url.findall(XHTML)
            }
            for url in tree.getroot()
        }

    @cached_property
    def pages(self) -> list[Page]:
        """Every page of both languages."""
        return [Page(self, url.removeprefix(self.address)) for url in self.sitemap]

    def page(self, path: str) -> Page:
        return next(page for page in self.pages if page.path == path)

    def file(self, url: str) -> Path | None:
        """Return the file that an address of this site leads to."""
        path = unquote(urlsplit(url).path)
        if not path.startswith(BASE):
            return None
        file = self.folder / path.removeprefix(BASE)
        return file / "index.html" if path.endswith("/") else file
