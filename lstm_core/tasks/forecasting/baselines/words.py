"""The baselines in words; light, so that pages can say them."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.series.profile.seasons import name_season
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.baselines.naming import PRETRAINED_KIND, read_name

SEASONS_AVERAGED = 4
"""How many seasons the seasonal mean looks back."""


SEASONAL_WORDS = ("seasonal_naive", "seasonal_mean")

_FITTED = {
    PRETRAINED_KIND: "the pre-trained LSTM",
    "ets": "exponential smoothing (ETS)",
    "theta": "the Theta method",
    "regression": "a regression on what is known ahead",
}
_OF_ZEROS = {
    "median": "the median of the last values",
    "zero": "expecting nothing (zero)",
    "tsb": "smoothed demand (Croston's method, TSB)",
}


def describe_baseline(name: str, frequency: Frequency, season: int) -> str:
    """Name a baseline for people: ``"repeating last week's value"``."""
    kind, seasons = read_name(name)
    if kind in SEASONAL_WORDS and seasons:
        return _describe_longer(kind, seasons[0], frequency)
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
    if name == "drift":
        return "drawing the trend on (drift)"
    if name == "historic_mean":
        return "the mean of all values before"
    if kind == "mstl":
        return f"{_say_seasons(seasons, unit)} taken apart (MSTL with ETS)"
    if kind == "regression" and len(seasons) > 1:  # the one with a single season stands beside it
        return f"{_FITTED[kind]} and {_say_seasons(seasons, unit)}"
    return (_FITTED | _OF_ZEROS).get(kind, name)


def _say_seasons(seasons: Sequence[int], unit: str) -> str:
    *others, last = map(str, seasons)
    lengths = f"{', '.join(others)} and {last}" if others else last
    return f"seasons of {lengths} {unit}s"


def _describe_longer(kind: str, steps: int, frequency: Frequency) -> str:
    """Name a rule of a longer season by the calendar: ``"repeating the same time last week"``."""
    called = name_season(steps, frequency)
    if kind == "seasonal_naive":
        if not called:
            return f"repeating the last {steps} {frequency.unit}s"
        when = "the same time" if frequency.is_within_days else "the same day"
        return f"repeating {when} {'yesterday' if called == 'day' else f'last {called}'}"
    if not called:
        return f"the mean of the last {SEASONS_AVERAGED} seasons of {steps} {frequency.unit}s"
    when = "time" if frequency.is_within_days else "day"
    return f"the mean of the same {when} in the last {SEASONS_AVERAGED} {called}s"


def say_left_out(name: str, reason: str, frequency: Frequency, season: int) -> str:
    """Say that a baseline is missing from a comparison, and why."""
    words = describe_baseline(name, frequency, season)
    return f"{words[:1].upper()}{words[1:]} is not among the baselines: {reason}."
