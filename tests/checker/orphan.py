"""Ends the process that programs are forked from when the check itself has ended.

That process sees the end only once it has imported everything, which takes seconds; until
then it would go on after Ctrl-C, beside whatever is started next. It imports this first.
"""

import os
import signal

EVERY = 0.5  # seconds

_parent = os.getppid()


def _look(*_) -> None:
    if os.getppid() != _parent:
        os._exit(1)


# A timer, for a thread would not go well with forks; programs do not inherit it.
signal.signal(signal.SIGALRM, _look)
signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
