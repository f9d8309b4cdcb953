"""Makes groups of tests that run in one worker of xdist work with this pytest.

With ``--dist loadgroup``, xdist 3.8 puts the name of a group at the end of a test's id.
It writes that where pytest 9.2 no longer reads, so every test would be a group of its
own. Here the ids get the name after all, but only on the way between the workers and
xdist: people, and ``--lf``, see ids as they are.
"""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Give tests of a group its name, before xdist sends their ids."""
    for item in session.items:
        named = getattr(item, "_nodeid", item.nodeid)
        if named != item.nodeid:
            item._id = type(item._id).parse(named)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take the name away again, where a report has arrived."""
    arrived = hasattr(report, "node")  # else this is the worker that sends it
    # A parameter of a test may hold the same sign; see xdist's LoadGroupScheduling.
    if arrived and report.nodeid.rfind("@") > report.nodeid.rfind("]"):
        report.nodeid = report.nodeid.rpartition("@")[0]
