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
    datetime.date = _later(datetime.date, ["today"])
    datetime.datetime = _later(datetime.datetime, ["now", "today", "utcnow"])


def _of_seconds(function: Callable) -> Callable:
    """Give a function that takes the seconds since 1970 the later ones if it gets none."""
    return lambda when=None: function(time.time() if when is None else when)


def _later(of: type, asks: list[str]) -> type:
    """Return a class of dates that differs in what it says of now, and in nothing else."""

    def later(name: str) -> classmethod:
        return classmethod(lambda cls, *a, **named: _moved(cls, name, *a, **named))

    def _moved(cls: type, name: str, *arguments, **named):
        return getattr(super(made, cls), name)(*arguments, **named) + LATER

    # Python prints a date with this name.
    made = type(f"datetime.{of.__name__}", (of,), {name: later(name) for name in asks})
    return made
