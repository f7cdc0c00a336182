"""What tests of the record share: settings, a small dataset, runs in some state."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset, Roles
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec

DEADLINE_SECONDS = 30.0


def make_settings(home: Path, max_running: int = 1) -> Settings:
    return Settings(home, f"sqlite:///{home / 'record.sqlite'}", max_running)


def make_dataset(name: str = "sales.csv", num_rows: int = 20) -> Dataset:
    times = pd.date_range("2024-01-01", periods=num_rows, freq="D").as_unit("ns")
    index = pd.MultiIndex.from_arrays([["all"] * num_rows, times], names=["series", "time"])
    frame = pd.DataFrame({"value": np.arange(num_rows, dtype=float)}, index=index)
    return Dataset(
        frame=frame,
        observed=np.ones((num_rows, 1), dtype=bool),
        future=frame.iloc[:0][[]],
        roles=Roles("date", ("value",)),
        frequency=Frequency("D"),
        source="csv",
        name=name,
    )


def submit(store: Store, count: int = 1) -> list[Run]:
    dataset_id = store.collections.add(make_dataset())
    return [store.runs.submit(ExperimentSpec(), dataset_id) for _ in range(count)]


def create_running(store: Store) -> Run:
    """A run whose process is the test's own."""
    return store.runs.create_running(ExperimentSpec(), store.collections.add(make_dataset()))


def change_row(store: Store, run_id: str, **values: object) -> None:
    """Put values into a run's row behind the store's back, to stage what time would bring."""
    from sqlalchemy import update

    from lstm_core.runs.database.tables import RunRow

    with store._database.writing() as session:
        session.execute(update(RunRow).where(RunRow.id == run_id).values(**values))


def wait_until(
    condition: Callable[[], object], what: str, seconds: float = DEADLINE_SECONDS
) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        pause.wait(0.02)
