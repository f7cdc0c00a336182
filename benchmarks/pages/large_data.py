"""Clicks on the pages of a draft with a million rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import temporary_home
from benchmarks.pages.people import browsing
from benchmarks.searching.serving import serving
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec, SeriesDataSpec

NUM_ROWS = 1_000_000
NUM_CLICKS = 5
PAGES = ("data", "model", "tune", "race", "designer")
LIMITS = {f"{page}_seconds": 0.3 for page in PAGES}


def measure() -> dict[str, Any]:
    """Click on each page several times, once it is there; the middle one counts."""
    with temporary_home() as settings, Store.open(settings) as store:
        sha256 = ArtifactFolder(settings.cache_folder / "uploads").write(_write_rows())
        name = "hourly.csv"
        draft = store.drafts.begin(
            ExperimentSpec(data=SeriesDataSpec(source="csv", name=name)),
            uploads=[Upload(name, sha256)],
        )
        found: dict[str, Any] = {"rows": NUM_ROWS}
        with serving(settings) as server, browsing(server) as (browser,):
            browser.open("")
            for page in PAGES:
                browser.seen.seconds.clear()
                browser.open(page, f"draft={draft.id}")
                for _ in range(NUM_CLICKS):
                    browser.click()
                opened, *clicks = browser.seen.seconds
                found[f"{page}_opened_seconds"] = round(opened, 3)
                found[f"{page}_seconds"] = round(sorted(clicks)[NUM_CLICKS // 2], 3)
    return found


def _write_rows() -> bytes:
    rng = np.random.default_rng(0)
    hours = np.arange(NUM_ROWS)
    frame = pd.DataFrame(
        {
            "time": pd.date_range("1990-01-01", periods=NUM_ROWS, freq="h"),
            "load": (10 + 3 * np.sin(hours * 2 * np.pi / 24) + rng.normal(size=NUM_ROWS)).round(3),
            "warmth": rng.normal(size=NUM_ROWS).round(3),
        }
    )
    return frame.to_csv(index=False).encode()
