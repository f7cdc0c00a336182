"""What the calendar does to sums over months, weeks and days: their lengths and weekdays."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import DAYS_A_WEEK, Rhythm, Unit

UNITS: tuple[Unit, ...] = ("day", "working day", "week", "month", "quarter")
"""Of steps that the calendar acts on."""
_START_YEARS = 50
_WORKING_DAYS = 5
_MONDAY = 4
"""The first Monday in days after 1 January 1970, which was a Thursday."""


def lay_out_days(draws: Draws, rhythm: Rhythm, length: int) -> np.ndarray:
    """Where steps begin and end in days since 1970, ``(count, length + 1)``, from any day on."""
    steps = np.arange(length + 1)[None]
    if rhythm.unit in ("month", "quarter"):
        each = 3 if rhythm.unit == "quarter" else 1
        first = draws.rng.integers(0, 12 * _START_YEARS // each, (draws.count, 1))
        months = ((first + steps) * each).astype("datetime64[M]")
        return np.asarray(months.astype("datetime64[D]").astype(int))
    first = draws.rng.integers(0, 365 * _START_YEARS, (draws.count, 1))
    if rhythm.unit == "week":
        return np.asarray(first + DAYS_A_WEEK * steps)
    if rhythm.unit == "working day":
        weeks, rest = np.divmod(first % _WORKING_DAYS + steps, _WORKING_DAYS)
        monday = first // DAYS_A_WEEK * DAYS_A_WEEK + _MONDAY
        return np.asarray(monday + weeks * DAYS_A_WEEK + rest)
    return np.asarray(first + steps)


def find_weekdays(days: np.ndarray) -> np.ndarray:
    """0 for Monday to 6 for Sunday."""
    return np.asarray((days - _MONDAY) % DAYS_A_WEEK)


def draw_trading_days(draws: Draws, bounds: np.ndarray) -> np.ndarray:
    """What the weekdays that a step holds add to it, ``(count, length)``, in shares of a step.

    A month with five Saturdays sells more than one with four, or less. One series in two also
    grows with the days of the month, as sums do and means don't.
    """
    weights = draws.normal(DAYS_A_WEEK)
    weights -= weights.mean(1, keepdims=True)
    rows = np.arange(draws.count)[:, None]
    # Whole weeks hold each weekday once: what is beyond them counts.
    upto = np.cumsum(np.concatenate([np.zeros((draws.count, 1)), weights], 1), 1)
    before = upto[rows, find_weekdays(bounds)]
    days = np.diff(bounds, axis=1)
    extra = np.diff(before, axis=1)
    lengths = np.log(days / days.mean(1, keepdims=True))
    return draws.log_uniform(0.003, 0.025) * extra + draws.some(0.5, 1.0) * lengths
