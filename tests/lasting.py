"""How long a test may last that is not marked ``slow``: a plugin of ``conftest``."""

from __future__ import annotations

import os
import time
from collections.abc import Generator

import pytest

LIMIT_SECONDS = 20.0
BROWSER_LIMIT_SECONDS = 60.0
"""Of a journey: a person's way through the pages, with trainings that are real."""

_started = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    item.stash[_started] = time.monotonic()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call" and report.passed and not item.get_closest_marker("slow"):
        usual = BROWSER_LIMIT_SECONDS if item.get_closest_marker("browser") else LIMIT_SECONDS
        seconds, limit = time.monotonic() - item.stash[_started], usual * find_slowness()
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
