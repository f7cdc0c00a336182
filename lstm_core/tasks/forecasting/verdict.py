"""One sentence on whether the model was worth training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.frequency import Frequency
from lstm_core.tasks.forecasting.baselines import SEASONS_AVERAGED

MODEL = "model"
"""The prediction table's column for the run's own network."""

NUM_STRETCHES = 5


@dataclass(frozen=True)
class Verdict:
    """What to tell people.

    Attributes:
        beats_baseline: better than the best baseline on the whole test part, and in more than
            half of its stretches.
        best_baseline: the baseline with the smallest error.
        skill: 1 - error / error of the best baseline; None where that error is zero.
        stretches_won, num_stretches: the test part is cut into chronological stretches, so that
            one lucky week does not decide.
        sentence: all of this in words.
    """

    beats_baseline: bool
    best_baseline: str
    skill: float | None
    stretches_won: int
    num_stretches: int
    sentence: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(
    table: pd.DataFrame,
    metrics: Mapping[str, float | None],
    baselines: Mapping[str, Mapping[str, float | None]],
    scales: Mapping[tuple[str, str], float],
    frequency: Frequency,
    season: int,
) -> Verdict:
    """Compare the model with the best baseline, by MASE (by MAE where MASE is undefined)."""
    measure = "mase" if metrics["mase"] is not None else "mae"
    errors = {name: scores[measure] for name, scores in baselines.items()}
    known = {name: error for name, error in errors.items() if error is not None}
    best = min(known, key=lambda name: known[name])
    error = metrics[measure]
    assert error is not None
    skill = 1.0 - error / known[best] if known[best] > 0 else None
    won, count = _count_stretches(table, best, scales)
    beats = error < known[best] and won * 2 > count
    rival = describe_baseline(best, frequency, season)
    return Verdict(beats, best, skill, won, count, _say(beats, skill, won, count, rival))


def describe_baseline(name: str, frequency: Frequency, season: int) -> str:
    """Name a baseline for people: ``"repeating last week's value"``."""
    unit = frequency.unit
    last = {
        "step": "the last value",
        "day": "yesterday's value",
    }.get(unit, f"the last {unit}'s value")
    if name == "last_value" or (name == "seasonal_naive" and season == 1):
        return f"repeating {last}"
    if name == "seasonal_naive":
        return f"repeating the last {season} {unit}s"
    if name == "seasonal_mean":
        if season == 1:
            return f"the mean of the last {SEASONS_AVERAGED} {unit}s"
        return f"the mean of the last {SEASONS_AVERAGED} seasons of {season} {unit}s"
    return "drawing the trend on (drift)"


def _count_stretches(
    table: pd.DataFrame, baseline: str, scales: Mapping[tuple[str, str], float]
) -> tuple[int, int]:
    """Return how many chronological stretches of the test part the model wins, and of how many."""
    order = table.groupby(["series", "target"], sort=False, observed=True)["cutoff"]
    position = order.rank(method="dense") - 1
    num_cutoffs = order.transform("nunique")
    count = int(min(NUM_STRETCHES, num_cutoffs.max()))
    stretch = (position * count // num_cutoffs).astype(int).clip(upper=count - 1)
    keys = zip(table["series"], table["target"], strict=True)
    scale = np.array([scales[key] for key in keys])
    scale = np.where(scale > 0, scale, 1.0)
    gain = (table["actual"] - table[baseline]).abs() - (table["actual"] - table[MODEL]).abs()
    gains = (gain / scale).groupby(stretch).mean().dropna()
    return int((gains > 0).sum()), len(gains)


def _say(beats: bool, skill: float | None, won: int, count: int, rival: str) -> str:
    where = f"in {won} of {count} stretches of the test part"
    if beats and skill is not None:
        return f"Beats {rival} by {_percent(skill)}, {where}."
    if skill is None:
        return f"Does not beat {rival}, which is exact on the test part."
    if skill > 0:
        return (
            f"No clear winner: {_percent(skill)} better than {rival} on the whole, but better "
            f"only {where}."
        )
    if skill == 0:
        return f"Does not beat {rival}: its error is the same."
    return f"Does not beat {rival}: its error is {_percent(-skill)} larger."


def _percent(share: float) -> str:
    percent = 100 * share
    return f"{percent:.0f}%" if percent >= 9.5 else f"{percent:.1f}%"
