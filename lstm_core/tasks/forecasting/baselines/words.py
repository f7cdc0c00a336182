"""The baselines in words; light, so that pages can say them."""

from __future__ import annotations

from lstm_core.data.series.spacing.frequency import Frequency

SEASONS_AVERAGED = 4
"""How many seasons the seasonal mean looks back."""


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
    if name == "drift":
        return "drawing the trend on (drift)"
    return {"ets": "exponential smoothing (ETS)", "theta": "the Theta method"}.get(name, name)


def say_left_out(name: str, reason: str, frequency: Frequency, season: int) -> str:
    """Say that a baseline is missing from a comparison, and why."""
    words = describe_baseline(name, frequency, season)
    return f"{words[:1].upper()}{words[1:]} is not among the baselines: {reason}."
