"""How a search stands: what its page, its command line and its own process look at."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    Trial,
    TrialRun,
    TrialStatus,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import unreadable_told
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.scoring import score_baseline
from lstm_core.searches.plan import SearchPlan
from lstm_core.spec import parse_spec
from lstm_core.tasks.registry import find_kind

DEFAULT = 0
"""The number of the trial that the others are measured against."""


@dataclass(frozen=True)
class SearchStanding:
    """A search, its trials and their runs, all of one look.

    Attributes:
        trials: in their order, the default first.
        runs: by the number of their trial, oldest first.
    """

    search: Search
    plan: SearchPlan
    trials: tuple[Trial, ...]
    runs: Mapping[int, Sequence[TrialRun]]

    @property
    def larger_is_better(self) -> bool:
        return self.plan.objective.is_larger_better

    @property
    def measure(self) -> str:
        """What scores are in, for people: ``"MASE"``."""
        return self.plan.objective.name

    @cached_property
    def candidates(self) -> tuple[Trial, ...]:
        """All trials but the default."""
        return tuple(trial for trial in self.trials if trial.number != DEFAULT)

    @property
    def default(self) -> Trial | None:
        return next((trial for trial in self.trials if trial.number == DEFAULT), None)

    @cached_property
    def best(self) -> Trial | None:
        """The candidate with the best score, the earliest of equal ones; None before the first."""
        return find_best(self.candidates, self)

    @cached_property
    def winner(self) -> Trial | None:
        """The best one, the default included."""
        return find_best(self.trials, self)

    def count(self, status: TrialStatus) -> int:
        """How many candidates have this status."""
        return sum(trial.status is status for trial in self.candidates)

    @property
    def awaits_choice(self) -> bool:
        """Whether trials have to wait for what the default's first run chooses for all."""
        default = self.default
        is_under_way = default is None or default.status is TrialStatus.RUNNING
        return is_under_way and self.plan.leaves_open and self.plan.chosen is None

    @property
    def num_ended(self) -> int:
        return len(self.candidates) - self.count(TrialStatus.RUNNING)

    @property
    def running(self) -> list[Trial]:
        return [trial for trial in self.trials if trial.status is TrialStatus.RUNNING]

    @property
    def share_done(self) -> float:
        """Share of the budget's trials that have ended, in [0, 1]."""
        return min(1.0, self.num_ended / self.search.num_trials)

    @cached_property
    def baseline(self) -> tuple[str, float] | None:
        """The best baseline's words and score on the rows that trials are scored on."""
        for run in self._list_scored():
            found = score_baseline(run, self.plan.objective, self.plan.deciding)
            if found is not None:
                name, score = found
                return self.describe_baseline(name), score
        return None

    @property
    def places(self) -> list[str]:
        """Where runs have been put so far."""
        return sorted({run.place for runs in self.runs.values() for run in runs if run.place})

    @property
    def num_slots(self) -> int:
        """How many runs there have been at once, lately; at least 1."""
        active = [run for runs in self.runs.values() for run in runs if not run.status.is_finished]
        return max(1, sum(run.status is RunStatus.RUNNING for run in active), len(self.places))

    def estimate_seconds_left(self) -> float | None:
        """Return about how long it will still take, the finale included; None: nobody knows yet.

        The median of the trials that have ended stands for those to come, side by side on as many
        slots as were seen; a budget of minutes ends them earlier. On top of it comes the finale:
        its confirmations side by side, and then the final run alone, with as many networks as
        the draft asks for.
        """
        seconds = self._measure_run_seconds()
        if seconds is None or not self.search.status.is_active:
            return None
        settings = self.plan.settings
        num_runs = sum(
            1.0 - run.progress
            for runs in self.runs.values()
            for run in runs
            if not run.status.is_finished
        )
        left = num_runs
        if self.search.phase is SearchPhase.TRIALS:
            num_new = max(0, self.search.num_trials - len(self.candidates))
            left += num_new * settings.executions
            if self.search.minutes is not None:
                rest = max(0.0, 60.0 * self.search.minutes - self.search.seconds_spent)
                left = min(left, rest * self.num_slots / seconds)
            left += 2 * settings.num_confirmations
        has_final = any(run.role is Role.FINAL for runs in self.runs.values() for run in runs)
        alone = 0 if has_final else self.plan.draft.training.num_seeds or 1
        return (left / self.num_slots + alone) * seconds

    def list_trial_table(self) -> pd.DataFrame:
        """Return ``trial, status, score, spread, seconds, ended_after`` and each setting's value.

        One row a trial, the default included; None where a setting does not matter.
        """
        rows = [
            {
                "trial": trial.number,
                "status": str(trial.status),
                "score": trial.score,
                "spread": trial.spread,
                "seconds": trial.seconds,
                "ended_after": trial.ended_after,
                **{path: trial.values.get(path) for path in self.plan.space},
            }
            for trial in self.trials
        ]
        fixed = ["trial", "status", "score", "spread", "seconds", "ended_after"]
        table = pd.DataFrame(rows, columns=[*fixed, *self.plan.space], dtype=object)
        numbers = dict.fromkeys(fixed[2:], float)
        return table.astype({"trial": int, "status": str, **numbers})

    def _measure_run_seconds(self) -> float | None:
        """Return the median wall-clock time of a run that completed."""
        done = [run.seconds for run in self._list_scored() if run.seconds is not None]
        return statistics.median(done) if done else None

    def _list_scored(self) -> Iterable[TrialRun]:
        for runs in self.runs.values():
            for run in runs:
                if run.status is RunStatus.COMPLETED and run.role is not Role.FINAL:
                    yield run

    def describe_baseline(self, name: str) -> str:
        """Name a baseline for people; ``"repeating yesterday's value"``."""
        settings = self.search.settings
        if "resolved" in settings:
            spec = parse_spec(settings["resolved"])
        else:  # an older version kept no more of the default, which was a forecast
            spec = self.plan.base.with_valid("data.frequency", settings.get("frequency"))
        return find_kind(spec).name_baseline(name, spec)


def find_best(trials: Iterable[Trial], standing: SearchStanding) -> Trial | None:
    """Return the scored trial with the best score, the earliest of equal ones."""
    best: Trial | None = None
    objective = standing.plan.objective
    for trial in trials:
        if trial.score is None or trial.status is not TrialStatus.COMPLETED:
            continue
        if best is None or best.score is None or objective.is_better(trial.score, best.score):
            best = trial
    return best


def read_standing(store: Store, search_id: str) -> SearchStanding:
    """Read how a search stands.

    Raises:
        NotFoundError: there is no such search.
        UnreadableError: a newer version planned it, or its record was damaged.
    """
    search = store.searches.get(search_id)
    with unreadable_told("search", search.id, search.created_at):
        plan = SearchPlan.from_json(search.settings)
        if plan.leaves_open:
            plan = replace(plan, chosen=store.trials.read_choice(search_id))
    runs: dict[int, list[TrialRun]] = {}
    for run in store.trials.list_runs(search_id):
        runs.setdefault(run.trial, []).append(run)
    trials = tuple(store.trials.list_of(search_id))
    return SearchStanding(search, plan, trials, runs)
