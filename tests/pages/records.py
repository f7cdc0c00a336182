"""Put runs into the record in any state, with results, without training anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.events import (
    EpochFinished,
    FilmPrepared,
    NetworkStarted,
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec, ModelSpec, SeriesDataSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.forecasting.defaults import resolve_spec

NUM_ROWS = 120
HORIZON = 3
VERDICT = {
    "beats_baseline": True,
    "best_baseline": "seasonal_naive",
    "skill": 0.25,
    "folds_won": 2,
    "num_folds": 2,
    "comparisons": {
        "seasonal_naive": {
            "skill": 0.25,
            "p_value": 0.01234,
            "folds_won": 2,
            "num_folds": 2,
            "is_win": True,
        },
        "last_value": {
            "skill": 0.031,
            "p_value": 0.4,
            "folds_won": 1,
            "num_folds": 2,
            "is_win": False,
        },
    },
    "sentence": "Beats repeating last week by 25%.",
}
PRETRAINED = {
    "version": "1",
    "measure": "mase",
    "scores": {"mae": 0.7, "rmse": 1.0, "mase": 0.5, "smape": 3.0, "r2": 0.9},
    "own": {"mae": 1.0, "rmse": 1.5, "mase": 0.75, "smape": 4.0, "r2": 0.8},
    "num_windows": 300,
    "num_all": 2_000,
    "comparison": {"skill": -0.5, "p_value": 0.99, "num_folds": 2},
    "is_better": True,
    "beats_rules": True,
    "untold": ["<b>price</b>"],
}
SCORES: dict[str, float | None] = {
    "mae": 1.0,
    "rmse": 1.5,
    "mase": 0.75,
    "smape": 4.0,
    "r2": None,
}
COVERAGE = {"coverage_50": 0.52, "coverage_80": 0.78, "coverage_95": 0.96}
LEVELS = (50, 80, 95)


def make_dataset(
    series: Sequence[str] = (),
    target: str = "sales",
    name: str = "sales.csv",
    extra_targets: Sequence[str] = (),
) -> Dataset:
    """A daily table of a wave for each series, or of one without a series column."""
    days = pd.date_range("2024-01-01", periods=NUM_ROWS)
    wave = np.sin(np.arange(NUM_ROWS) / 7 * 2 * np.pi)
    parts = []
    for number, label in enumerate(series or [""]):
        columns = {"day": days, "shop": label, target: wave + number}
        columns |= dict.fromkeys(extra_targets, wave * 2)
        parts.append(pd.DataFrame(columns))
    frame = pd.concat(parts, ignore_index=True)
    spec = SeriesDataSpec(
        source="csv",
        name=name,
        time="day",
        targets=(target, *extra_targets),
        series="shop" if series else None,
    )
    return build_dataset(SourceTable(frame, name), spec)


def submit(store: Store, dataset: Dataset | None = None) -> Run:
    """Queue a run on the dataset."""
    dataset = dataset or make_dataset()
    return store.runs.submit(make_spec(dataset), store.collections.add(dataset))


def start(store: Store, dataset: Dataset | None = None, num_epochs_done: int = 2) -> Run:
    """A run in the middle of its training; its process is the test's own, so it is alive."""
    dataset = dataset or make_dataset()
    run = store.runs.create_running(make_spec(dataset), store.collections.add(dataset))
    spec, reasons = resolve_spec(run.spec, dataset)
    store.runs.record_events(
        run.id,
        [
            SpecResolved(spec.model_dump(mode="json"), reasons),
            PhaseStarted("Training"),
            TrainingStarted(num_epochs=10, num_parameters=1_234, device="CPU"),
            *(
                EpochFinished(epoch, 1 / epoch, 2 / epoch, 0.5)
                for epoch in range(1, num_epochs_done + 1)
            ),
        ],
    )
    return store.runs.get(run.id)


def train_several(store: Store, dataset: Dataset | None = None) -> Run:
    """A run in the middle of the second of three networks, with a forecast film."""
    dataset = dataset or make_dataset()
    run = start(store, dataset, num_epochs_done=0)
    target = dataset.roles.targets[0]
    series, part = next(iter(dataset.iterate_series()))
    own = dataset.frame.iloc[part]
    times = [time.isoformat() for time in own.index.get_level_values("time")]
    values = own[target].tolist()
    known, ahead = slice(80, 110), slice(110, 113)
    frame = {
        "series": series,
        "target": target,
        "history": {"timestamps": times[known], "values": values[known]},
        "future": {"timestamps": times[ahead], "values": values[ahead]},
    }
    seeds = [NetworkStarted(seed, f"seed {seed} of 3", 10) for seed in (1, 2)]
    store.runs.record_events(
        run.id,
        [
            TrainingStarted(num_epochs=10, num_parameters=1_234, device="CPU", num_networks=3),
            FilmPrepared(frame),
            seeds[0],
            EpochFinished(1, 1.0, 2.0, 0.5, network=1, film=(0.1, 0.2, 0.3)),
            EpochFinished(2, 0.5, 1.0, 0.5, network=1, film=(0.2, 0.3, 0.4)),
            seeds[1],
            EpochFinished(1, 0.9, 1.9, 0.5, network=2, film=(0.3, 0.4, 0.5)),
        ],
    )
    return store.runs.get(run.id)


def end(store: Store, status: RunStatus, message: str = "", dataset: Dataset | None = None) -> Run:
    """A run that ended without a result."""
    return store.runs.finish(start(store, dataset).id, status, message=message)


def complete(
    store: Store,
    dataset: Dataset | None = None,
    verdict: dict[str, Any] | None = None,
    coverage: dict[str, float] | None = None,
    diagnoses: Sequence[Diagnosis] | None = None,
) -> Run:
    """A run with a forecast, predictions, ranges, breakdowns and a verdict."""
    dataset = dataset or make_dataset()
    return give_result(
        store,
        start(store, dataset),
        dataset,
        verdict=verdict,
        coverage=coverage,
        diagnoses=diagnoses,
    )


def give_result(
    store: Store,
    run: Run,
    dataset: Dataset,
    *,
    verdict: dict[str, Any] | None = None,
    coverage: dict[str, float] | None = None,
    diagnoses: Sequence[Diagnosis] | None = None,
) -> Run:
    """Let a run that is under way come to its end."""
    tables = {
        "predictions": _add_ranges(_predict(dataset), "model"),
        "forecast": _add_ranges(_forecast(dataset), "value"),
        "breakdowns": break_down(),
    }
    for name, table in tables.items():
        store.artifacts.put(run.id, f"{name}.parquet", table_to_parquet(table))
    return store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics=SCORES | (COVERAGE if coverage is None else coverage),
        baselines={"last_value": SCORES, "seasonal_naive": SCORES | {"mase": 1.0}},
        verdict=verdict or VERDICT,
        diagnoses=None if diagnoses is None else [found.to_json() for found in diagnoses],
    )


def complete_old(store: Store, dataset: Dataset | None = None) -> Run:
    """A run of a time before ranges, breakdowns and comparisons."""
    dataset = dataset or make_dataset()
    run = start(store, dataset)
    store.artifacts.put(run.id, "predictions.parquet", table_to_parquet(_predict(dataset)))
    store.artifacts.put(run.id, "forecast.parquet", table_to_parquet(_forecast(dataset)))
    since = {"comparisons", "folds_won", "num_folds"}
    return store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics=SCORES,
        baselines={"last_value": SCORES, "seasonal_naive": SCORES},
        verdict={key: value for key, value in VERDICT.items() if key not in since},
    )


def seed_every_status(store: Store) -> dict[RunStatus, Run]:
    """One run in each state there is."""
    return {
        RunStatus.COMPLETED: complete(store),
        RunStatus.FAILED: end(store, RunStatus.FAILED, "The loss became NaN. Lower the rate."),
        RunStatus.CANCELLED: end(store, RunStatus.CANCELLED, "Stopped on request."),
        RunStatus.INTERRUPTED: end(store, RunStatus.INTERRUPTED, "Its process was killed."),
        RunStatus.RUNNING: start(store),
        RunStatus.QUEUED: submit(store),
    }


def make_spec(dataset: Dataset) -> ExperimentSpec:
    roles = dataset.roles
    data = SeriesDataSpec(
        source="csv",
        name=dataset.name,
        time=roles.time,
        targets=roles.targets,
        past_covariates=roles.past_covariates,
        series=roles.series,
    )
    # Few rows, of which the network of these records was trained all the same.
    return ExperimentSpec(data=data, model=ModelSpec(architecture="vanilla"))


def _predict(dataset: Dataset) -> pd.DataFrame:
    """A prediction table of two cutoffs for each series and target."""
    rows = []
    for series, part in dataset.iterate_series():
        own = dataset.frame.iloc[part]
        times = own.index.get_level_values("time")
        for target in dataset.roles.targets:
            values = own[target].to_numpy()
            for cutoff in (len(own) - 2 * HORIZON - 1, len(own) - HORIZON - 1):
                for step in range(1, HORIZON + 1):
                    actual = values[cutoff + step]
                    rows.append(
                        {
                            "series": series,
                            "target": target,
                            "fold": 1,
                            "cutoff": times[cutoff],
                            "step": step,
                            "timestamp": times[cutoff + step],
                            "actual": actual,
                            "model": actual + 0.1,
                            "last_value": values[cutoff],
                            "seasonal_naive": values[cutoff + step - 7],
                        }
                    )
    return pd.DataFrame(rows)


def _forecast(dataset: Dataset) -> pd.DataFrame:
    rows = []
    for series, part in dataset.iterate_series():
        last = dataset.frame.index.get_level_values("time")[part][-1]
        for target in dataset.roles.targets:
            for step in range(1, HORIZON + 1):
                rows.append(
                    {
                        "series": series,
                        "target": target,
                        "step": step,
                        "timestamp": last + pd.Timedelta(days=step),
                        "value": float(step),
                    }
                )
    return pd.DataFrame(rows)


def _add_ranges(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Put a tenth of its percent to both sides as the range of each level."""
    ends = {
        f"{side}_{level}": table[column] + sign * level / 10
        for level in LEVELS
        for side, sign in (("low", -1), ("high", 1))
    }
    return table.assign(**ends)


def break_down() -> pd.DataFrame:
    rows = [
        {"by": by, "value": str(value), "num": 3, "model": 0.5 + value / 10, "seasonal_naive": 1.0}
        for by, count in (("fold", 2), ("step", HORIZON), ("weekday", 7), ("month", 1))
        for value in range(count)
    ]
    return pd.DataFrame(rows)
