"""The clock of another day, for a program that must print the same on any."""

import datetime
import time
from collections.abc import Callable

# So much later everything that a date or a time of day says is another.
LATER = datetime.timedelta(days=366 + 31 + 1, hours=1, minutes=1, seconds=1)


def set_clock() -> None:
    """Let all that Python asks for the time say a later one; durations stay."""
    seconds = LATER.total_seconds()
    now, now_ns = time.time, time.time_ns
    time.time = lambda: now() + seconds
    time.time_ns = lambda: now_ns() + int(seconds) * 10**9
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _of_seconds(getattr(time, name)))
    asctime, strftime = time.asctime, time.strftime
    time.asctime = lambda *when: asctime(*(when or (time.localtime(),)))
    time.strftime = lambda how, *when: strftime(how, *(when or (time.localtime(),)))
    # Those named today ask time.time.
    datetime.datetime = _later(datetime.datetime)


def _of_seconds(function: Callable) -> Callable:
    """Give a function that takes the seconds since 1970 the later ones if it gets none."""
    return lambda when=None: function(time.time() if when is None else when)


def _later(of: type) -> type:
    """Return a class that differs from datetime in what it says of now, and only there."""

    def later(name: str) -> classmethod:
        def asked(cls: type, *zone, **named) -> datetime.datetime:
            return getattr(super(made, cls), name)(*zone, **named) + LATER

        return classmethod(asked)

    # Python prints a date with this name, and pickles it with the two below.
    asks = {name: later(name) for name in ("now", "utcnow")}
    made = _Date("datetime.datetime", (of,), asks | {"of": of})
    made.__module__, made.__qualname__ = "datetime", "datetime"
    return made


class _Date(type):
    """The class of that class: what was made before it is one of its own too."""

    def __instancecheck__(cls, each: object) -> bool:
        of = vars(cls).get("of")
        return isinstance(each, of) if of else super().__instancecheck__(each)
