"""What browsers complain about, for the report of a test that fails."""

import re

# What the pages of all contexts complained about since the test began.
HEARD = []

# Also of what a script catches and tells in the console; a lost request is no mistake.
MISTAKE = re.compile(
    r"(Syntax|Reference|Type|Range)Error: (?!Failed to fetch|NetworkError)"
)


def listened(new_context):
    """Return `new_context` of a browser such that all contexts are listened to."""

    def new(**options):
        context = new_context(**options)
        context.on("console", lambda line: HEARD.append(_said(line)))
        context.on("weberror", lambda event: HEARD.append(_thrown(event.error)))
        context.on("requestfailed", lambda request: HEARD.append(_lost(request)))
        return context

    return new


def _said(line):
    place = line.location
    return f"{place['url']}:{place['lineNumber'] + 1}: {line.type}: {line.text}"


def _thrown(error):
    return f"uncaught {error.stack or error}"


def _lost(request):
    return f"{request.url}: request failed: {request.failure}"


def is_a_mistake(text):
    """Return whether a complaint tells of a mistake in a script of ours.

    Material's complains where a test has taken away what it needs.
    """
    return MISTAKE.match(text) is not None and "/javascripts/bundle." not in text
