"""The environment variables with which code of ours is run, on whosever computer.

What people set for a Python, IPython, Jupyter or Matplotlib of theirs is left out. What
changes arithmetic stays: to try it is how one learns which digits it changes.
"""

import os
import re

_SETTINGS = re.compile(
    "PYTHON|IPYTHON|JUPYTER|JPY|MATPLOTLIB|MPL(?!CONFIGDIR)|VIRTUAL_ENV"
)
_ARITHMETIC = re.compile("(ATEN|BLIS|KMP|MKL|OMP|OPENBLAS|TORCH)_")


def environment(**ours: str) -> dict[str, str]:
    """Return the variables of this process without people's settings, and with ours."""
    kept = {n: value for n, value in os.environ.items() if not _SETTINGS.match(n)}
    # The examples are small: one thread is enough. Packages in the home folder are not
    # those that are pinned.
    return {"OMP_NUM_THREADS": "1"} | kept | {"PYTHONNOUSERSITE": "1"} | ours


def arithmetic() -> str:
    """Return the variables on which the last digits depend, and their values."""
    found = sorted(environment().items())
    return repr([(n, value) for n, value in found if _ARITHMETIC.match(n)])
