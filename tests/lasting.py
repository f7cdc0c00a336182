"""How long a test may last that is not marked ``slow``: a plugin of ``conftest``.

What it waits for while others have the cores does not count. A slow machine fails no test that is
only a little too long: that is told at the end; one that is far too long fails anywhere. Of a
journey most of the work is that of other processes, and only the clock is there: it is told alone.
"""

from __future__ import annotations

import time
from collections.abc import Generator

import pytest

from benchmarks.processor import count_seconds

LIMIT_SECONDS = 20.0
BROWSER_LIMIT_SECONDS = 60.0
"""Of a journey: a person's way through the pages, with trainings that are real."""

FAR = 3.0
"""So many times the limit is too much on any machine."""

_TOO_LONG = "lasted too long"
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
        in_browser = item.get_closest_marker("browser") is not None
        limit = BROWSER_LIMIT_SECONDS if in_browser else LIMIT_SECONDS
        seconds = time.monotonic() - began
        if not in_browser:
            seconds = min(seconds, count_seconds() - worked)
        if seconds > limit:
            said = (
                f"{item.nodeid} passed, but took {seconds:.0f} s; the limit is {limit:.0f} s. Make "
                "it quicker, or mark it `slow`: then `make test-slow` runs it."
            )
            report.user_properties.append((_TOO_LONG, said))
            if seconds > FAR * limit and not in_browser:
                report.outcome = "failed"
                report.longrepr = said
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = [
        text
        for report in terminalreporter.getreports("passed")
        for name, text in report.user_properties
        if name == _TOO_LONG
    ]
    if told:
        terminalreporter.section("tests that take too long")
        for text in told:
            terminalreporter.line(str(text))
