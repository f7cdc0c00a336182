"""Put searches into the record in any state, through the record's own doors, without training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lstm_core.data.series.dataset import Dataset
from lstm_core.events import (
    EpochFinished,
    NetworkStarted,
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.search import Role, Search, SearchStatus, TrialRun, TrialStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.searches.outcome.standing import DEFAULT, read_standing
from lstm_core.searches.outcome.verdict import judge_search
from lstm_core.searches.plan import SearchPlan, plan_search
from lstm_core.searches.submission import submit_planned
from lstm_core.spec.search import parse_search, parse_space
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.pages import records

SPACE: Mapping[str, Any] = {
    "model.architecture": ["vanilla", "gru", "stacked"],
    "model.units": {"kind": "int", "low": 8, "high": 128, "scale": "log"},
    "model.layers": {
        "kind": "int",
        "low": 2,
        "high": 4,
        "when": {"model.architecture": ["stacked"]},
    },
    "training.learning_rate": {"kind": "float", "low": 1e-4, "high": 1e-2, "scale": "log"},
    "task.lookback": [7, 14],
    "training.epochs": 3,
}
PLACE = "CPU 1 of 2, 1 thread"
NUM_EPOCHS = 3
FAILURE = "The loss became NaN in epoch 2. Lower the learning rate."
BASELINE = 1.0

_ENDS = {
    "failed": (TrialStatus.FAILED, RunStatus.FAILED, FAILURE),
    "pruned": (TrialStatus.PRUNED, RunStatus.PRUNED, "Ended early: half of the others did better."),
    "skipped": (TrialStatus.SKIPPED, RunStatus.CANCELLED, "Skipped on request."),
}

Outcome = float | str | None
"""A trial's score, ``"failed"``, ``"pruned"`` or ``"skipped"``; None: it still runs."""


def submit_search(
    store: Store,
    dataset: Dataset | None = None,
    space: Mapping[str, Any] = SPACE,
    **settings: Any,
) -> Search:
    """A search that waits for its turn."""
    dataset = dataset or records.make_dataset()
    asked = parse_search({"num_trials": 8, "num_confirmations": 2, "num_folds": 2, **settings})
    plan, development = plan_search(records.make_spec(dataset), dataset, asked, parse_space(space))
    return submit_planned(store, plan, dataset, development)


def start_search(
    store: Store,
    outcomes: Sequence[Outcome] = (),
    *,
    default: Outcome = 0.9,
    dataset: Dataset | None = None,
    num_epochs: int = NUM_EPOCHS,
    **settings: Any,
) -> Search:
    """A search under way: its process is the test's own, so it is alive.

    Args:
        outcomes: of the trials from 1 on.
        default: of trial 0.
        num_epochs: points in each trial's learning curve.
    """
    search = submit_search(store, dataset, **settings)
    assert store.search_queue.adopt(search.id) is not None
    scribe = Scribe(store, store.searches.get(search.id), num_epochs)
    for number, outcome in enumerate((default, *outcomes)):
        scribe.add_trial(number, outcome)
    return store.searches.get(search.id)


def begin_finale(store: Store, search: Search) -> Search:
    """A search in the middle of its last comparison: one seed of each finalist is done."""
    store.searches.begin_finale(search.id, "")
    standing = read_standing(store, search.id)
    assert standing.best is not None
    scribe = Scribe(store, search)
    for number in (standing.best.number, DEFAULT):
        scribe.add_runs(number, Role.CONFIRMATION, 2)
        scribe.finish_next(number, scribe.read_score(number))
    return store.searches.get(search.id)


def complete_search(
    store: Store,
    outcomes: Sequence[Outcome] = (1.1, 0.7, "failed", 0.8, "pruned", "skipped", 0.75, 0.95),
    *,
    default: float = 0.9,
    **settings: Any,
) -> Search:
    """A search that came to its verdict: confirmed from fresh seeds and judged on the test part."""
    search = start_search(store, outcomes, default=default, **settings)
    store.searches.begin_finale(search.id, "")
    standing = read_standing(store, search.id)
    assert standing.best is not None
    scribe = Scribe(store, search)
    for number in dict.fromkeys((standing.best.number, DEFAULT)):
        scribe.add_runs(number, Role.CONFIRMATION, 2)
        for offset in (0.0, 0.01):
            scribe.finish_next(number, scribe.read_score(number) + offset)
    winner = standing.winner
    assert winner is not None
    scribe.add_runs(winner.number, Role.FINAL, 1)
    scribe.finish_next(winner.number, scribe.read_score(winner.number) + 0.05)
    store.searches.put_importances(
        search.id,
        [
            {"path": "training.learning_rate", "importance": 0.6, "deviation": 0.1},
            {"path": "model.units", "importance": 0.2, "deviation": 0.05},
            {"path": "model.architecture", "importance": 0.0, "deviation": 0.0},
        ],
    )
    verdict = judge_search(store, read_standing(store, search.id), _score)
    return store.searches.finish(search.id, SearchStatus.COMPLETED, "", verdict.to_json())


def end_search(
    store: Store, status: SearchStatus, outcomes: Sequence[Outcome] = (), message: str = ""
) -> Search:
    """A search that paused, was stopped or failed."""
    search = start_search(store, outcomes)
    return store.searches.finish(search.id, status, message)


def _score(run: TrialRun) -> float | None:
    return (run.metrics or {}).get("mase")


def choose_values(number: int) -> dict[str, Any]:
    """Values of a trial, spread over ``SPACE``."""
    values: dict[str, Any] = {
        "model.architecture": ("vanilla", "gru", "stacked")[number % 3],
        "model.units": 8 + 13 * number % 120,
        "training.learning_rate": 1e-4 * (1 + 7 * number % 90),
        "task.lookback": (7, 14)[number % 2],
        "training.epochs": 3,
    }
    if values["model.architecture"] == "stacked":
        values["model.layers"] = 2 + number % 3
    return values


@dataclass
class Scribe:
    """Writes what a search's process and its trials' processes would write."""

    store: Store
    search: Search
    num_epochs: int = NUM_EPOCHS

    @property
    def plan(self) -> SearchPlan:
        return SearchPlan.from_json(self.search.settings)

    def add_trial(self, number: int, outcome: Outcome) -> None:
        values = {} if number == DEFAULT else choose_values(number)
        said = self.search.settings["default_values"] if number == DEFAULT else values
        orders = [
            TrialOrder(Role.TRIAL, self.plan.make_trial_spec(values, execution), self._development)
            for execution in range(self.plan.settings.executions)
        ]
        raw = None if number == DEFAULT else values
        self.store.trials.begin(self.search.id, number, said, raw, orders)
        if outcome is None:
            self._learn(self._claim(number), number)
            return
        if isinstance(outcome, str):
            status, run_status, message = _ENDS[outcome]
            run = self._claim(number)
            self._learn(run, number)
            self.store.runs.finish(run.id, run_status, message=message)
            self.store.trials.end(self.search.id, number, status, message=message)
            return
        for _ in orders:
            self.finish_next(number, outcome)
        self.store.searches.beat(self.search.id, 30.0)
        spread = None if len(orders) == 1 else 0.05
        self.store.trials.end(
            self.search.id, number, TrialStatus.COMPLETED, score=outcome, spread=spread
        )

    def add_runs(self, number: int, role: Role, count: int) -> None:
        values = {} if number == DEFAULT else choose_values(number)
        if role is Role.FINAL:
            order = TrialOrder(role, self.plan.make_final_spec(values), self.search.dataset_id)
            orders = [order]
        else:
            orders = [
                TrialOrder(role, self.plan.make_confirmation_spec(values, seed), self._development)
                for seed in range(count)
            ]
        self.store.trials.add_runs(self.search.id, number, orders)

    def finish_next(self, number: int, score: float) -> Run:
        """Complete the oldest queued run of a trial."""
        run = self._claim(number)
        self._learn(run, number)
        breakdown = records.break_down()
        breakdown["model"] = score + breakdown["model"] / 100
        self.store.artifacts.put(run.id, "breakdowns.parquet", table_to_parquet(breakdown))
        return self.store.runs.finish(
            run.id,
            RunStatus.COMPLETED,
            metrics=records.SCORES | {"mase": score},
            baselines={
                "last_value": records.SCORES | {"mase": 3.0},
                "seasonal_naive": records.SCORES | {"mase": BASELINE},
            },
            verdict=records.VERDICT,
        )

    def read_score(self, number: int) -> float:
        trials = {trial.number: trial for trial in self.store.trials.list_of(self.search.id)}
        score = trials[number].score
        assert score is not None
        return score

    @property
    def _development(self) -> str:
        development_id: str = self.search.settings["development_id"]
        return development_id

    def _claim(self, number: int) -> TrialRun:
        run = next(
            run
            for run in self.store.trials.list_runs(self.search.id)
            if run.trial == number and run.status is RunStatus.QUEUED
        )
        assert self.store.trials.claim_run(run.id, PLACE)
        assert self.store.run_queue.adopt(run.id) is not None
        return run

    def _learn(self, run: TrialRun, number: int) -> None:
        own = self.store.runs.get(run.id)
        dataset = self.store.collections.get_as(own.dataset_id, Dataset)
        spec, reasons = resolve_spec(own.spec, dataset)
        self.store.runs.record_events(
            run.id,
            [
                SpecResolved(spec.model_dump(mode="json"), reasons),
                PhaseStarted("Training"),
                TrainingStarted(num_epochs=10, num_parameters=1_234, device="CPU, TensorFlow"),
                NetworkStarted(1, "", 10),
                *self._list_epochs(number),
            ],
        )

    def _list_epochs(self, number: int) -> Iterable[EpochFinished]:
        for epoch in range(1, self.num_epochs + 1):
            yield EpochFinished(epoch, 1 / epoch, (1 + number % 7) / epoch, 0.5)
