"""The content security policy of each page: scripts of the site, and none from elsewhere."""

import base64
import hashlib
import re
from functools import cache

POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; font-src 'self'; "
    "manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)


def add_policy(html: str, serving: bool) -> str:
    """Allow the scripts of the site and those that stand in this very page.

    Args:
        html: a whole page.
        serving: whether `mkdocs serve` will add a script of its own.
    """
    if serving:
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
