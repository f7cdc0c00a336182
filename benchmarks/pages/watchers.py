"""Many people watch one run that trains."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
import psutil

from benchmarks.harness import temporary_home
from benchmarks.pages.people import browsing, side_by_side
from benchmarks.searching.serving import serving
from lstm_core.events import EpochFinished
from lstm_core.runs.stores.store import Store
from tests.pages import records

NUM_WATCHERS = 50
SETTLE_SECONDS, WATCH_SECONDS = 15.0, 30.0
EPOCH_SECONDS = 0.5
LIMITS = {"p95_seconds": 0.5, "cores": 0.25}


def measure() -> dict[str, Any]:
    """Let a run go on, an epoch every half second, and count what its watchers cost the server."""
    with temporary_home() as settings, Store.open(settings) as store:
        run = records.train_several(store)
        with serving(settings) as server, browsing(server, NUM_WATCHERS) as browsers:
            for browser in browsers:
                browser.open("run", f"id={run.id}")
            over = threading.Event()
            trainer = threading.Thread(target=_train, args=(store, run.id, over))
            trainer.start()
            try:
                _watch(browsers, SETTLE_SECONDS)
                for browser in browsers:
                    browser.seen.seconds.clear()
                    browser.seen.num_bytes = 0
                process = psutil.Process(server.process.pid)
                before, started = process.cpu_times(), time.monotonic()
                _watch(browsers, WATCH_SECONDS)
                after, passed = process.cpu_times(), time.monotonic() - started
            finally:
                over.set()
                trainer.join()
        seconds = [each for browser in browsers for each in browser.seen.seconds]
        used = after.user + after.system - before.user - before.system
    return {
        "watchers": NUM_WATCHERS,
        "answers": len(seconds),
        "p95_seconds": round(float(np.quantile(seconds, 0.95)), 3),
        "cores": round(used / passed, 3),
        "kilobytes_a_second": round(sum(each.seen.num_bytes for each in browsers) / passed / 1e3),
    }


def _watch(browsers: Any, seconds: float) -> None:
    side_by_side([threading.Thread(target=each.follow, args=(seconds,)) for each in browsers])


def _train(store: Store, run_id: str, over: threading.Event) -> None:
    for epoch in range(2, 10_000):
        film = (0.1 / epoch, 0.2, 0.3)
        told = EpochFinished(epoch, 1 / epoch, 2 / epoch, EPOCH_SECONDS, network=2, film=film)
        store.runs.record_events(run_id, [told])
        if over.wait(EPOCH_SECONDS):
            return
