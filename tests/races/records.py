"""Put races into the record in any state, without training anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.data.series.dataset import Dataset
from lstm_core.events import EpochFinished, SpecResolved, TrainingStarted
from lstm_core.races.plan import plan_race
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.pages import records

NAMES = ("vanilla", "gru", "simple_rnn")
LABELS = ("LSTM", "GRU", "Simple RNN")
BASELINE = 1.0


def submit_race(store: Store, names: Sequence[str] = NAMES) -> RunGroup:
    """A race with all its runs queued."""
    dataset = records.make_dataset()
    plan = plan_race(records.make_spec(dataset), dataset, names)
    dataset_id = store.collections.add(dataset)
    return store.groups.submit(GroupKind.RACE, dataset_id, plan.settings, list(plan.list_members()))


def run_race(
    store: Store, errors: Mapping[str, Sequence[float | None]], seconds: Mapping[str, float]
) -> RunGroup:
    """A race that is over: an error for each run in the order of the seeds; None: it failed."""
    dataset = records.make_dataset()
    dataset_id = store.collections.add(dataset)
    count = len(next(iter(errors.values())))
    group = store.groups.submit(
        GroupKind.RACE, dataset_id, {"contestants": list(errors), "seeds": list(range(count))}
    )
    for label, own in errors.items():
        for seed, error in enumerate(own):
            spec = records.make_spec(dataset).with_values(
                {"training.seed": seed, "training.num_seeds": 1, "task.shrink": False}
            )
            run = store.runs.create_running(spec, dataset_id, group_id=group.id, label=label)
            _finish(store, run, dataset, error, seconds.get(label, 1.0))
    return group


def _finish(store: Store, run: Run, dataset: Dataset, error: float | None, seconds: float) -> None:
    spec, _ = resolve_spec(run.spec, dataset)
    store.runs.record_events(
        run.id,
        [
            SpecResolved(spec.model_dump(mode="json"), {}),
            TrainingStarted(num_epochs=2, num_parameters=len(run.label) * 1_000, device="CPU"),
            EpochFinished(1, 1.0, 1.0, seconds / 2),
            EpochFinished(2, 1.0, 1.0, seconds / 2),
        ],
    )
    if error is None:
        store.runs.finish(run.id, RunStatus.FAILED, message="The loss became NaN. Lower the rate.")
        return
    breakdown = records.break_down()
    breakdown["model"] = error
    store.artifacts.put(run.id, "breakdowns.parquet", table_to_parquet(breakdown))
    store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics=records.SCORES | {"mase": error, "mae": 2 * error},
        baselines={
            "last_value": records.SCORES | {"mase": 3.0, "mae": 6.0},
            "seasonal_naive": records.SCORES | {"mase": BASELINE, "mae": 2 * BASELINE},
        },
        verdict=records.VERDICT | {"beats_baseline": error < BASELINE},
    )
