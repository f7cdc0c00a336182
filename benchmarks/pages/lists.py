"""The list of runs, with many of them."""

from __future__ import annotations

import secrets
import string
from typing import Any

from sqlalchemy import insert, select

from benchmarks.harness import temporary_home
from benchmarks.pages.people import browsing
from benchmarks.searching.serving import serving
from lstm_core.runs.database.tables import RunRow
from lstm_core.runs.stores.store import Store
from tests.pages import records

NUM_RUNS = 2_000
NUM_VIEWS = 5
LIMITS = {"first_view_seconds": 0.5, "kilobytes": 200}
_ID_LETTERS = string.ascii_lowercase + "234567"


def measure() -> dict[str, Any]:
    """Open the list in new sessions; the first of them finds the server warm."""
    with temporary_home() as settings, Store.open(settings) as store:
        records.complete(store)
        copy_run(store, NUM_RUNS - 1)
        with serving(settings) as server:
            with browsing(server) as (browser,):
                browser.open("")
                browser.open("runs")
            seconds, kilobytes = [], []
            for _ in range(NUM_VIEWS):
                with browsing(server) as (browser,):
                    browser.open("runs")
                    seconds.append(browser.seen.seconds[0])
                    kilobytes.append(browser.seen.num_bytes / 1e3)
    return {
        "runs": NUM_RUNS,
        "first_view_seconds": round(sorted(seconds)[NUM_VIEWS // 2], 3),
        "kilobytes": round(max(kilobytes), 1),
    }


def copy_run(store: Store, count: int) -> None:
    """Put the only run there once more, so many times."""
    with store._database.writing() as session:
        row = session.execute(select(*RunRow.__table__.columns)).mappings().one()
        kept = {name: value for name, value in row.items() if name != "number"}
        ids = ("".join(secrets.choice(_ID_LETTERS) for _ in range(16)) for _ in range(count))
        session.execute(
            insert(RunRow), [{**kept, "id": each, "submission_key": None} for each in ids]
        )
