"""Many people come and go while the server may open few files: it answers, and lets go of each.

A session costs descriptors, and a server that can open none any more accepts nobody, while what
it has open still looks well.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import psutil

from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.chaos.visitor import visiting
from benchmarks.harness import temporary_home
from benchmarks.searching.serving import WebServer, serving, wait_for
from lstm_core.runs.stores.store import Store
from tests.pages import records

SOFT_LIMIT = 256
NUM_VISITS = 400
AT_ONCE = 8
PAGES = ("", "data", "runs", "race", "tune")
REST_SECONDS = 150.0
"""How long after the last visit the descriptors may still be held."""
SLACK = 24
"""Descriptors that a server keeps once it has served somebody: its pools of threads and files."""


def run(effort: Effort) -> Outcome:
    """Visit pages in sessions side by side, each closed at once; count who was turned away."""
    num_visits = effort.count or NUM_VISITS
    with temporary_home() as settings, Store.open(settings) as store:
        records.complete(store)
        with serving(settings, SOFT_LIMIT) as server:
            process = psutil.Process(server.process.pid)
            for page in PAGES:
                visit(server, page)
            before = process.num_fds()
            started = time.monotonic()
            pages = [PAGES[number % len(PAGES)] for number in range(num_visits)]
            refusals, most = visit_all(server, process, pages)
            seconds = time.monotonic() - started
            held = process.num_fds()
            rested = time.monotonic()
            with suppress(TimeoutError):  # a figure below says how many are still open
                wait_for(
                    lambda: process.num_fds() <= before + SLACK, REST_SECONDS, "files were closed"
                )
            figures = {
                "visits": num_visits,
                "refused": len(refusals),
                "refused_after": len(visit_all(server, process, PAGES)[0]),
                "visits_per_second": round(num_visits / seconds, 1),
                "descriptors_before": before,
                "descriptors_at_most": most,
                "descriptors_at_the_end": held,
                "seconds_until_they_returned": round(time.monotonic() - rested, 1),
                "descriptors_kept": process.num_fds() - before,
            }
    limits = {"refused": 0, "refused_after": 0, "descriptors_kept": SLACK}
    return Outcome(figures, limits, tuple(sorted(set(refusals)))[:5])


def visit(server: WebServer, page: str) -> str:
    """Open a page in a session of its own; return why it was not to be had, or nothing."""
    try:
        with visiting(server) as visitor:
            visitor.open_page(page)
    except Exception as error:  # whatever it is, somebody saw no page
        return f"{type(error).__name__}: {error}"
    return ""


def visit_all(
    server: WebServer, process: psutil.Process, pages: Sequence[str]
) -> tuple[list[str], int]:
    """Return why visits failed, and how many descriptors the server had open at most."""
    most = 0
    refusals = []
    with ThreadPoolExecutor(AT_ONCE) as people:
        for refusal in people.map(partial(visit, server), pages):
            most = max(most, process.num_fds())
            if refusal:
                refusals.append(refusal)
    return refusals, most
