"""Runs the app's own path and the bare script on the same table."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.samples import load_sample
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.working.worker import READY
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec

UNITS, BATCH_SIZE, HELD_OUT = 64, 32, 0.15


@dataclass(frozen=True)
class Case:
    """One table and one network, for the app and for the bare script."""

    dataset: Dataset
    csv: Path
    lookback: int
    horizon: int
    epochs: int

    @property
    def spec(self) -> ExperimentSpec:
        """The network of the bare script, on its windows, trained for all its epochs.

        Whatever the app would choose from the data is said, so that both train the same.
        """
        return ExperimentSpec().with_values(
            {
                "task.lookback": self.lookback,
                "task.horizon": self.horizon,
                "task.validation_fraction": HELD_OUT,
                "task.test_fraction": HELD_OUT,
                "task.transform": "none",
                "task.window_normalisation": "none",
                "task.ranges": "residuals",
                "task.shrink": False,
                "task.refit": False,
                "model.architecture": "vanilla",
                "model.units": UNITS,
                "model.mixing": True,
                "training.num_seeds": 1,
                "training.loss": "mae",
                "training.optimizer": "adam",
                "training.learning_rate": 0.001,
                "training.decay": 1.0,
                "training.clip_norm": 1.0,
                "training.batch_size": BATCH_SIZE,
                "training.windows_per_epoch": self.dataset.num_rows,
                "training.epochs": self.epochs,
                "training.patience": None,
            }
        )


@contextmanager
def temporary_home() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="lstm-studio-bench-") as folder:
        home = Path(folder)
        yield Settings(home, f"sqlite:///{home / 'record.sqlite'}", max_running=1)


def make_case(
    home: Path, *, num_rows: int | None, lookback: int, horizon: int, epochs: int
) -> Case:
    """Take the sine sample, or ``num_rows`` of noise; keep it as a CSV for the bare script."""
    if num_rows is None:
        frame = load_sample("sine").frame
        frame = frame.rename(columns={frame.columns[0]: "step", frame.columns[1]: "value"})
    else:
        noise = np.random.default_rng(0).normal(size=num_rows)
        frame = pd.DataFrame({"step": np.arange(num_rows), "value": noise})
    csv = home / "case.csv"
    frame.to_csv(csv, index=False)
    dataset = build_dataset(SourceTable(frame, "case.csv"), ExperimentSpec().data)
    return Case(dataset, csv, lookback, horizon, epochs)


def run_bare(case: Case) -> dict[str, object]:
    """Fit by the bare script, in a process of its own; adds ``wall`` seconds to its report."""
    sizes = [case.lookback, case.horizon, UNITS, BATCH_SIZE, case.epochs]
    command = [
        sys.executable,
        "-m",
        "benchmarks.speed.bare_script",
        str(case.csv),
        *map(str, sizes),
    ]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    report: dict[str, object] = json.loads(finished.stdout)
    return report


def run_app(
    settings: Settings, case: Case, *, poll_seconds: float, warm: bool = False
) -> dict[str, object]:
    """Fit as a click does: record, queue, worker; report from the record.

    Args:
        poll_seconds: how often to look at the record; the page that follows a run does so every
            half second, and each look takes a little from the training's cores.
        warm: with a spare worker that has done its imports before the click.
    """
    with Store.open(settings) as store, LocalBackend(store, keep_warm=warm) as backend:
        dataset_id = store.collections.add(case.dataset)
        if warm:
            wait_for_spare(settings)
        clicked = time.time()
        run = store.runs.submit(case.spec, dataset_id)
        backend.submit(run.id)
        first_epoch = None
        while not (run := store.runs.get(run.id)).is_finished:
            if first_epoch is None and run.num_epochs_done:
                first_epoch = time.time() - clicked
            time.sleep(poll_seconds)
        if run.message:
            raise RuntimeError(run.message)
        epochs = [point.seconds for point in store.runs.get_epochs(run.id)]
    return {"epochs": epochs, "first_epoch": first_epoch}


def wait_for_spare(settings: Settings) -> None:
    """Wait until the next worker that does its imports ahead of time has done them."""
    log = settings.logs_folder / "spare.log"
    while not log.exists() or READY not in log.read_text(errors="replace"):
        time.sleep(0.05)
    log.unlink()


def spread(values: list[float]) -> dict[str, float]:
    """Return minimum, median and maximum."""
    return {
        "min": round(min(values), 4),
        "median": round(statistics.median(values), 4),
        "max": round(max(values), 4),
    }
