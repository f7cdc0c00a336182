"""What a profile says of a series, a sentence each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.series.profile.dataset_profile import DatasetProfile
from lstm_core.data.wording import count_words

_MOST_NAMED = 3
_MOST_RELATED = 3
_MANY_ZEROS = 0.2


def say_profile(profile: DatasetProfile, unit: str) -> list[str]:
    """Return sentences on seasons, level, values, gaps, outliers and related columns.

    Args:
        unit: what a step is called.
    """
    seasons = [season.sentence for season in profile.seasons] or [profile.seasonality]
    told = [*seasons, profile.wander.sentence, *_say_values(profile), *_say_gaps(profile, unit)]
    told += [*_say_outliers(profile), *(each.sentence for each in profile.related[:_MOST_RELATED])]
    return told


def _say_values(profile: DatasetProfile) -> list[str]:
    spread = profile.distributions.get(profile.target)
    if spread is None:
        return []
    low, high = spread.quantiles[0], spread.quantiles[-1]
    kinds = ["whole numbers"] if spread.is_whole else []
    if spread.is_non_negative:
        kinds.append("never negative")
    if spread.share_zero >= _MANY_ZEROS:
        kinds.append(f"{spread.share_zero:.0%} of them zero")
    more = f", {', '.join(kinds)}" if kinds else ""
    return [f"Values lie between {low:,.6g} and {high:,.6g}{more}."]


def _say_gaps(profile: DatasetProfile, unit: str) -> list[str]:
    gaps = sorted(profile.gaps, key=lambda gap: -gap.num_steps)
    if not gaps:
        return ["No value is missing."]
    longest = gaps[0]
    when = f"{_say_time(longest.first)} to {_say_time(longest.last)}"
    when = when if longest.num_steps > 1 else _say_time(longest.first)
    total = count_words(sum(gap.num_steps for gap in gaps), "gap")  # as the card counts them
    if len(gaps) == 1:
        return [f"{total}: {when}."]
    steps = count_words(longest.num_steps, unit)
    return [f"{total} in {len(gaps):,} places, the longest of {steps}: {when}."]


def _say_outliers(profile: DatasetProfile) -> list[str]:
    told = []
    for rows, apart in ((profile.far, "all others"), (profile.spikes, "those around them")):
        if len(rows):
            verb = "stands" if len(rows) == 1 else "stand"
            named = _name_times(profile.times, rows)
            told.append(f"{count_words(len(rows), 'value')} {verb} far from {apart}: {named}.")
    return told


def _name_times(times: pd.Index, rows: np.ndarray) -> str:
    shown = [_say_time(times[row]) for row in rows[:_MOST_NAMED]]
    more = len(rows) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _say_time(time: object) -> str:
    return str(time).removesuffix(" 00:00:00")
