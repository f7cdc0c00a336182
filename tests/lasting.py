"""How long a test may last that is not marked ``slow``: a plugin of ``conftest``.

What it waits for while others have the cores does not count: a busy machine fails no test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator

import pytest

from benchmarks.processor import count_seconds

LIMIT_SECONDS = 20.0
BROWSER_LIMIT_SECONDS = 60.0
"""Of a journey: a person's way through the pages, with trainings that are real."""

_started = pytest.StashKey[tuple[float, float]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    item.stash[_started] = time.monotonic(), count_seconds()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call" and report.passed and not item.get_closest_marker("slow"):
        began, worked = item.stash[_started]
        seconds, limit = time.monotonic() - began, LIMIT_SECONDS
        if item.get_closest_marker("browser"):  # most of the work is that of other processes
            limit = BROWSER_LIMIT_SECONDS * find_slowness()
        else:
            seconds = min(seconds, count_seconds() - worked)
        if seconds > limit:
            report.outcome = "failed"
            report.longrepr = (
                f"{item.nodeid} passed, but took {seconds:.0f} s; the limit is {limit:.0f} s. Make "
                "it quicker, or mark it `slow`: then `make test-slow` runs it."
            )
    return report


def find_slowness() -> float:
    """Return by how much this machine is slowed down: what waits for its cores, by their number."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
