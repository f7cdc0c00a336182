"""What a worker holds at most while it learns from a large table and judges itself on it.

A million hourly rows of eight columns, looking back a week. The worker is the app's own, started
through the queue; the process that makes the table is not counted. All eight columns are targets:
each is then normalised, predicted and scored, which is the most that eight columns can ask for.
``--targets 1`` makes seven of them covariates.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import temporary_home
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec

NUM_ROWS = 1_000_000
NUM_COLUMNS = 8
LOOKBACK = 168
SEASON = 24
MOST_COPIES = 3
MOST_BESIDE_BYTES = 1_200_000_000
POLL_SECONDS = 0.5


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=NUM_ROWS)
    parser.add_argument("--targets", type=int, default=NUM_COLUMNS, choices=range(1, 9))
    parser.add_argument("--preset", default=ExperimentSpec().training.preset)
    options = parser.parse_args(arguments)
    with temporary_home() as settings:
        found = measure(settings, options.rows, options.targets, options.preset)
    limit = MOST_COPIES * options.rows * NUM_COLUMNS * 4 + MOST_BESIDE_BYTES
    report = {
        "benchmark": "memory",
        "preset": options.preset,
        "rows": options.rows,
        "targets": options.targets,
        "peak_megabytes": round(found["peak_bytes"] / 1e6),
        "megabytes_by_phase": [[name, round(peak / 1e6)] for name, peak in found["phases"]],
        "seconds": round(found["seconds"], 1),
        "limits": {"peak_megabytes": round(limit / 1e6)},
        "holds": found["peak_bytes"] <= limit,
    }
    print(json.dumps(report), flush=True)


def measure(settings: Settings, num_rows: int, num_targets: int, preset: str) -> dict[str, Any]:
    """Run one epoch and every test window through the queue; return what the worker noted."""
    frame = make_table(num_rows)
    time_column, *columns = frame.columns
    spec = ExperimentSpec().with_values(
        {
            "data.time": time_column,
            "data.targets": columns[:num_targets],
            "data.past_covariates": columns[num_targets:],
            "task.lookback": LOOKBACK,
            "training.epochs": 1,
            "training.preset": preset,
        }
    )
    settings.home.mkdir(parents=True, exist_ok=True)
    noted = settings.home / "memory.json"
    command = (sys.executable, "-m", "benchmarks.speed.metered_worker", str(noted))
    with Store.open(settings) as store:
        dataset_id = store.collections.add(build_dataset(SourceTable(frame, "large"), spec.data))
        with LocalBackend(store, command=command) as backend:
            run = store.runs.submit(spec, dataset_id)
            backend.submit(run.id)
            # The worker writes its note after the run is finished, and then ends.
            while not noted.exists() or not (run := store.runs.get(run.id)).is_finished:
                if run.is_finished and run.message:
                    raise RuntimeError(run.message)
                time.sleep(POLL_SECONDS)
        if run.message:
            raise RuntimeError(run.message)
    report: dict[str, Any] = json.loads(noted.read_text())
    return report | {"seconds": run.seconds}


def make_table(num_rows: int) -> pd.DataFrame:
    """Return hourly rows: ``NUM_COLUMNS`` daily seasons, each with its own phase and noise."""
    hours = np.arange(num_rows)
    noise = np.random.default_rng(0).normal(scale=0.3, size=(num_rows, NUM_COLUMNS))
    columns = {
        f"column {number}": np.sin(2 * np.pi * (hours + 3 * number) / SEASON) + noise[:, number]
        for number in range(NUM_COLUMNS)
    }
    return pd.DataFrame(
        {"time": pd.date_range("1900-01-01", periods=num_rows, freq="h"), **columns}
    )


if __name__ == "__main__":
    main()
