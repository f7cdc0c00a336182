"""Many people click through the pages, each at leisure."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

import numpy as np

from benchmarks.harness import temporary_home
from benchmarks.pages.people import Browser, browsing, side_by_side
from benchmarks.searching.serving import serving
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from tests.pages import records

NUM_PEOPLE = 50
PAUSE_SECONDS = 2.0
CLICK_SECONDS = 40.0
LIMITS = {"p95_seconds": 1.0}


def measure() -> dict[str, Any]:
    """Let each go from page to page, a click every two seconds."""
    with temporary_home() as settings, Store.open(settings) as store:
        run = records.complete(store)
        draft = store.drafts.begin(
            ExperimentSpec(data=SeriesDataSpec(source="sample", name="sine"))
        )
        of_draft = f"draft={draft.id}"
        places = [
            *(("", ""), ("runs", ""), ("run", f"id={run.id}"), ("designer", of_draft)),
            *(("data", of_draft), ("model", of_draft), ("race", of_draft), ("tune", of_draft)),
        ]
        with serving(settings) as server:
            with browsing(server) as (first,):
                for place in places:
                    first.open(*place)
            with browsing(server, NUM_PEOPLE) as people:
                side_by_side(
                    [
                        threading.Thread(target=_click, args=(each, places, random.Random(number)))
                        for number, each in enumerate(people)
                    ]
                )
            seconds = [each for browser in people for each in browser.seen.seconds]
    return {
        "people": NUM_PEOPLE,
        "clicks": len(seconds),
        "median_seconds": round(float(np.quantile(seconds, 0.5)), 3),
        "p95_seconds": round(float(np.quantile(seconds, 0.95)), 3),
    }


def _click(browser: Browser, places: list[tuple[str, str]], chance: random.Random) -> None:
    end = time.monotonic() + CLICK_SECONDS
    time.sleep(chance.uniform(0.0, PAUSE_SECONDS))
    while time.monotonic() < end:
        browser.open(*chance.choice(places))
        time.sleep(PAUSE_SECONDS)
