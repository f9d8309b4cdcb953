"""The dark scheme for readers without JavaScript, whose system asks for dark colours."""

import re
from pathlib import Path

from mkdocs.structure.files import File, Files

ADDRESS = "assets/stylesheets/dark.css"

_RULE = re.compile(r"(?:/\*.*?\*/|[^{}])*\{[^{}]*\}", re.DOTALL)
_DARK = re.compile(r'(?<!not\()\[data-md-color-scheme="?slate"?\]')


def publish(files: Files, config) -> None:
    """Add a style sheet with the rules of the dark scheme, for whatever scheme is set.

    A script sets the scheme. Without one it is the light scheme, whose rules come first
    and have selectors as specific as these.
    """
    sheets = [
        file.content_string
        for name in ("palette.", "site.")  # ours comes after Material's
        for file in files.css_files()
        if Path(file.src_uri).name.startswith(name)
    ]
    rules = [
        _DARK.sub("[data-md-color-scheme]", rule.strip())
        for sheet in sheets
        for rule in _RULE.findall(sheet)
        if _DARK.search(rule)
    ]
    files.append(File.generated(config, ADDRESS, content="\n".join(rules)))
