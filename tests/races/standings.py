"""Standings as tests want them, without a record behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.judging.measures import Measure
from lstm_core.races.standing import Attempt, RaceStandings, Rival, Standing, rank_standings
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.tasks.forecasting.judging.measures import MEASURES

MASE = MEASURES[0]
RULE = "repeating yesterday's value"


def make_standing(
    label: str,
    errors: Sequence[float | None],
    seconds: float = 10.0,
    *,
    wins: int | None = None,
    folds: Sequence[Mapping[str, float]] = (),
    missing: RunStatus = RunStatus.FAILED,
) -> Standing:
    """A contestant with a run for each error; None is one that came to no result.

    Args:
        wins: how many runs beat the best rule of thumb; none: all.
    """
    attempts = tuple(
        Attempt(
            run_id=f"{label}-{seed}",
            seed=seed,
            status=missing if error is None else RunStatus.COMPLETED,
            score=error,
            seconds=None if error is None else seconds,
            num_parameters=100,
            progress=0.5,
            beats_baseline=error is not None and (wins is None or seed < wins),
            message="It failed." if error is None else "",
        )
        for seed, error in enumerate(errors)
    )
    return Standing(label, attempts, len(errors), tuple(folds))


def make_race(
    *contestants: Standing, rule_error: float | None = 1.0, measure: Measure = MASE
) -> RaceStandings:
    rival = None if rule_error is None else Rival(RULE, rule_error)
    return RaceStandings(measure, rank_standings(contestants, measure), rival)
