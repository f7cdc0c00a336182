"""``python -m benchmarks.searching.memory``: memory of a search's process and of the web server.

Tiny trials, one after another; a browser looks at the search's page all the while.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from benchmarks.harness import temporary_home
from benchmarks.searching.serving import TINY, serving, submit
from lstm_core.runs.stores.store import Store

MEGABYTE = 1e6
SETTLED_TRIALS = 20
"""By then, whatever is loaded once has been loaded."""


def main() -> None:
    """Follow a search; print how memory goes from its twentieth trial to its last."""
    parser = argparse.ArgumentParser(description="Memory over many trials.")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--strategy", default="random")
    options = parser.parse_args()
    with temporary_home() as settings, Store.open(settings) as store:
        values = {**TINY, "training.epochs": 1, "training.windows_per_epoch": 64}
        search = submit(
            store, "sine", values, strategy=options.strategy, num_trials=options.trials, slots=2
        )
        with serving(settings) as server, _watching(f"{server.address}/tune?id={search.id}"):
            samples = list(_sample(store, search.id, psutil.Process(server.process.pid)))
    print(
        json.dumps(
            {
                "benchmark": "search_memory",
                "trials": options.trials,
                "strategy": options.strategy,
                "megabytes": {
                    name: _summarise([(row[0], row[place]) for row in samples])
                    for place, name in ((1, "search"), (2, "web"))
                },
            }
        ),
        flush=True,
    )


def _sample(
    store: Store, search_id: str, web: psutil.Process
) -> Iterator[tuple[int, float, float]]:
    """Yield trials ended, and megabytes of both processes, twice a second."""
    while (search := store.searches.get(search_id)).status.is_active:
        try:
            if search.process is not None:
                own = psutil.Process(search.process.pid).memory_info().rss
                yield search.num_events // 2, own / MEGABYTE, web.memory_info().rss / MEGABYTE
        except psutil.NoSuchProcess:  # it has just ended
            return
        time.sleep(0.5)


def _summarise(samples: list[tuple[int, float]]) -> dict[str, float]:
    settled = [size for trials, size in samples if trials >= SETTLED_TRIALS]
    tenth = max(1, len(settled) // 10)
    return {
        "first": round(statistics.median(settled[:tenth]), 1),
        "last": round(statistics.median(settled[-tenth:]), 1),
        "smallest": round(min(settled), 1),
        "largest": round(max(settled), 1),
    }


@contextmanager
def _watching(address: str) -> Iterator[None]:
    """Keep a browser open at the address, if there is one."""
    from playwright.sync_api import sync_playwright

    from tests.journeys.chrome import FLAGS, find_chrome

    chrome = find_chrome()
    if chrome is None:
        yield
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=list(FLAGS))
        page = browser.new_page()
        page.goto(address)
        yield
        browser.close()


if __name__ == "__main__":
    main()
