"""From the click on Train to the first point of the curve that a real browser has drawn.

``python -m benchmarks.speed.first_point``: the sine sample with its defaults; warm, with a worker
that has done its imports, and cold, with none.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.harness import spread, temporary_home, wait_for_spare
from benchmarks.searching.serving import serving
from lstm_core.runs.stores.store import Store
from tests.journeys.chrome import FLAGS, HOW_TO_GET_ONE, find_chrome
from tests.journeys.patience import LIVE_SECONDS, be_patient
from tests.journeys.screen import find, press, visit, wait_for_epochs, wait_for_run

NUM_WARM, NUM_COLD = 10, 3
LIMITS = {"warm": 2.5, "cold": 6.0}
GRAIN_SECONDS = 0.1


def main() -> None:
    """Click again and again; print the seconds, and fail where a median is beyond its limit."""
    chrome = find_chrome()
    if chrome is None:
        sys.exit(f"No Chrome or Chromium was found. {HOW_TO_GET_ONE}")
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chrome, args=list(FLAGS), timeout=LIVE_SECONDS * 1000
        )
        for name, count in (("warm", NUM_WARM), ("cold", NUM_COLD)):
            context = browser.new_context()
            be_patient(context)
            found[name] = measure(context.new_page(), count, is_warm=name == "warm")
            context.close()
        browser.close()
    missed = [name for name, limit in LIMITS.items() if statistics.median(found[name]) > limit]
    report: dict[str, Any] = {"benchmark": "first_point"}
    report |= {f"{name}_seconds": spread(seconds) for name, seconds in found.items()}
    print(json.dumps(report | {"limits": LIMITS, "missed": missed}), flush=True)
    if missed:
        sys.exit(f"Beyond the limit: {', '.join(missed)}.")


def measure(page: Page, count: int, *, is_warm: bool) -> list[float]:
    """Return the seconds of so many clicks, each on a machine that does nothing else."""
    found = []
    with (
        temporary_home() as settings,
        Store.open(settings) as store,
        serving(settings, keep_warm=is_warm) as server,
    ):
        for _ in range(count):
            visit(page, server.address)
            press(page, "home.sample_sine")
            find(page, "data.train").wait_for()
            if is_warm:
                wait_for_spare(settings)
            started = time.monotonic()
            press(page, "data.train")
            wait_for_epochs(page, 1)
            found.append(time.monotonic() - started)
            _stop(store, wait_for_run(page))
    return found


def _stop(store: Store, run_id: str) -> None:
    store.runs.request_cancel(run_id, at_once=True)
    while not store.runs.get(run_id).is_finished:
        time.sleep(GRAIN_SECONDS)


if __name__ == "__main__":
    main()
