"""The addresses of a site: where it will be published, and where it is served from here."""

import socket

from mkdocs.exceptions import Abort

from publishing import serving

_checked: set[tuple[str, int]] = set()


def check_addresses(config) -> None:
    """Refuse what could not be published or served, before anything is made.

    Raises:
        Abort: there is no address, or another program has it.
    """
    if not config.site_url:
        raise Abort(
            "SITE_URL is empty: set it to the address at which the site will be published,"
            " as https://example.org/code-first/, or do not set it at all."
        )
    if serving.is_on() and config.dev_addr not in _checked:
        host, port = config.dev_addr
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            socket.create_server((host, port), family=family).close()
        except OSError as error:
            why = str(error.strerror).partition(" (")[0]
            raise Abort(
                f"{host}:{port} cannot be served ({why}). Choose another address:"
                f" mkdocs serve -a 127.0.0.1:{8001 if port == 8000 else 8000}"
            ) from None
        _checked.add(config.dev_addr)  # from now on it is ours
