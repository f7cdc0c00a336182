"""Dates written as one number: 20240105, 202405 for a week, 2019.25 for a part of a year, 5012024.

All take whole columns, ``(cells,)``, and give int64 nanoseconds since 1970.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.reading.times.forms.composing import (
    DAY_NANOS,
    NANOS,
    NOTHING,
    Parts,
    compose,
    days_of,
    days_of_weeks,
    pick_century,
)


def read_compact(whole: np.ndarray, given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Read ``2024``, ``202401``, ``20240105`` and on to the second, each by its own length."""
    one = np.ones_like(whole)
    sizes = np.searchsorted([10**4, 10**6, 10**8, 10**10, 10**12], whole, side="right") * 2 + 4
    padded = np.where(
        sizes == 4, whole * 10_000 + 101, np.where(sizes == 6, whole * 100 + 1, whole)
    )
    clocks = np.zeros_like(whole)
    exist = given & (whole >= 1_000)
    for size in (10, 12, 14):
        rows = sizes == size
        if rows.any():
            digits = whole[rows] % 10 ** (size - 8) * 10 ** (14 - size)
            padded[rows] = whole[rows] // 10 ** (size - 8)
            hours, minutes, seconds = digits // 10_000, digits // 100 % 100, digits % 100
            clocks[rows] = ((hours * 60 + minutes) * 60 + seconds) * NANOS
            exist[rows] &= (hours <= 24) & (minutes < 60) & (seconds < 61)
            exist[rows] &= (hours < 24) | (minutes + seconds == 0)
    years = np.where(exist, padded // 10_000, one * 1970)
    days, are_days = days_of(years, padded // 100 % 100, padded % 100)
    exist &= are_days & (years >= 1_500) & (years < 2_262)
    return np.where(exist, days, 0) * DAY_NANOS + clocks, exist


def read_parts_of_years(numbers: np.ndarray) -> np.ndarray | None:
    """Return int64 times of 2019.25 or 1990.083; None for numbers that are no such thing.

    Months are written by their begin or their middle, in two or more decimals; whatever else runs
    evenly is read to the day.
    """
    if len(numbers) < 3:
        return None
    years = np.floor(numbers).astype(np.int64)
    parts = (numbers - years) * 12
    begun, middle = abs(parts - np.round(parts)), abs(parts - np.floor(parts) - 0.5)
    if begun.max() <= 0.07 or middle.max() <= 0.12:
        months = (np.round(parts) if begun.max() <= 0.07 else np.floor(parts)).astype(np.int64)
        counted = (years - 1970) * 12 + months
        days = counted.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        return days * DAY_NANOS
    distances = np.diff(np.unique(numbers))
    if not len(distances) or distances.std() > 0.2 * distances.mean() or distances.mean() > 1:
        return None
    first, _ = days_of(years, np.ones_like(years), np.ones_like(years))
    following, _ = days_of(years + 1, np.ones_like(years), np.ones_like(years))
    return (first + np.round((numbers - years) * (following - first)).astype(np.int64)) * DAY_NANOS


def read_quarters(numbers: np.ndarray) -> np.ndarray | None:
    """Return int64 times of ``2010.1`` to ``2010.4``; None for anything else."""
    years = np.floor(numbers).astype(np.int64)
    quarters = np.round((numbers - years) * 10, 6)
    if not (np.isin(quarters, (1, 2, 3, 4)) & (years >= 1_600) & (years < 2_250)).all():
        return None
    days, _ = days_of(years, quarters.astype(np.int64) * 3 - 2, np.ones_like(years))
    return days * DAY_NANOS


def read_weeks(numbers: np.ndarray) -> np.ndarray | None:
    """Return int64 times of ``202405``; None where a week is none of the calendar's."""
    if (numbers % 1 != 0).any() or numbers.max() >= 225_054:
        return None
    whole = numbers.astype(np.int64)
    days, exist = days_of_weeks(whole // 100, whole % 100, np.ones_like(whole))
    return days * DAY_NANOS if exist.all() else None


def take_digits_apart(numbers: np.ndarray) -> Parts | None:
    """Return the parts of ``5012024`` and ``240105``; None where these are no dates."""
    whole = numbers.astype(np.int64)
    is_long = whole.max() >= 1_000_000
    size = 10_000 if is_long else 100
    if whole.max() >= 32_000_000 or (is_long and whole.min() < 1_000_000):
        return None
    parts = Parts.of_nothing(len(whole))
    parts.ones[:], parts.twos[:] = whole // (size * 100), whole // size % 100
    parts.years[:] = whole % size if is_long else pick_century(whole % size)
    parts.has_short_years = not is_long
    parts.is_read[:] = (parts.years >= 1_900) & (parts.years < 2_100)
    orders = ("day", "month", "year") if parts.has_short_years else ("day", "month")
    best = max((compose(parts, order) != NOTHING).mean() for order in orders)
    return parts if best >= 0.95 else None
