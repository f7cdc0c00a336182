"""How long a search will take, from batches that were timed on this machine."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lstm_core.jobs.questions.time_batch import BatchTiming
from lstm_core.jobs.questions.time_batches import TimeBatches
from lstm_core.jobs.run_time import ask_for_timing, estimate_run
from lstm_core.searches.plan import SearchPlan
from lstm_core.searches.space.settings import list_extremes
from lstm_core.spec.points import apply_values
from lstm_core.tasks.registry import find_kind

MOST_TIMED = 4
"""Points of the space that are timed, the default among them."""


@dataclass(frozen=True)
class SearchTime:
    """What a search takes if every training goes on to its last epoch; usually it stops earlier.

    Attributes:
        run_seconds: one run, of the timed points on average.
        shortest_seconds, longest_seconds: of the timed points.
        trials_seconds, finale_seconds: all trials, and what comes after them.
    """

    run_seconds: float
    shortest_seconds: float
    longest_seconds: float
    trials_seconds: float
    finale_seconds: float

    @property
    def total_seconds(self) -> float:
        return self.trials_seconds + self.finale_seconds


def ask_for_timings(plan: SearchPlan, development: Any) -> TimeBatches:
    """Return the question whose answer ``estimate_time`` wants: the default and some extremes."""
    kind = find_kind(plan.base)
    batches = []
    for values in _choose_points(plan):
        spec, _ = kind.resolve(apply_values(plan.base, values), development)
        batches.append(ask_for_timing(spec, development))
    return TimeBatches(tuple(batches))


def estimate_time(
    plan: SearchPlan,
    question: TimeBatches,
    timings: Sequence[BatchTiming],
    num_slots: int,
) -> SearchTime:
    """Return what the search takes at most, on so many slots side by side.

    A budget of minutes ends the trials, not the finale.
    """
    seconds = [
        estimate_run(batch.spec, timing)
        for batch, timing in zip(question.batches, timings, strict=True)
    ]
    settings = plan.settings
    mean = statistics.fmean(seconds)
    trials = (settings.num_trials * mean + seconds[0]) * settings.executions / num_slots
    if settings.minutes is not None:
        trials = min(trials, 60.0 * settings.minutes)
    seeds = plan.draft.training.num_seeds or 1
    finale = settings.num_confirmations * (mean + seconds[0]) / num_slots + mean * seeds
    return SearchTime(mean, min(seconds), max(seconds), trials, finale)


def _choose_points(plan: SearchPlan) -> list[dict[str, object]]:
    """Return the default and extremes, evenly taken from their list."""
    extremes = list_extremes(plan.space, plan.base)
    if len(extremes) > MOST_TIMED - 1:
        step = (len(extremes) - 1) / (MOST_TIMED - 2)
        extremes = [extremes[round(step * place)] for place in range(MOST_TIMED - 1)]
    return [{}, *extremes]
