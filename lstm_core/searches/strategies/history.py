"""What the strategy was asked and told, read from the record."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.judging.measures import Measure
from lstm_core.runs.snapshots.search import Trial, TrialStatus
from lstm_core.searches.strategies.advisor import Asked, Told


def list_events(trials: Sequence[Trial], objective: Measure) -> list[Asked | Told]:
    """Return the events in the order in which they happened."""
    events: dict[int, Asked | Told] = {}
    for trial in trials:
        if trial.asked is not None and trial.raw is not None:
            events[trial.asked] = Asked(trial.number, trial.raw)
        if trial.told is not None:
            events[trial.told] = Told(trial.number, find_told_score(trial, trials, objective))
    return [events[number] for number in sorted(events)]


def find_told_score(trial: Trial, trials: Sequence[Trial], objective: Measure) -> float | None:
    """Return what the strategy is told of a trial that has ended.

    A pruned one counts as the worst so far: it would have been below the median, and without any
    score the strategy would look there again. One that failed or was skipped has none.
    """
    if trial.status is not TrialStatus.PRUNED:
        return trial.score
    assert trial.told is not None
    before = [
        other.score
        for other in trials
        if other.score is not None and other.told is not None and other.told < trial.told
    ]
    worst = min if objective.is_larger_better else max
    return worst(before, default=None)
