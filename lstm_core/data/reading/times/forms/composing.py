"""From the parts of a date to a point in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

NOTHING = np.iinfo(np.int64).min
"""As an int64 time: none; what NumPy's NaT is."""

NANOS = 1_000_000_000
DAY_NANOS = 86_400 * NANOS

_YEARS_AHEAD = 20


@dataclass
class Parts:
    """What the cells of a column say, one array each, ``(rows,)``.

    Attributes:
        is_read: whether the cell is of the form, and its words are known.
        years: int64; four digits.
        days: int64; days since 1970 but for numeric dates; ``NOTHING`` where there is no such day.
        ones, twos: int64; the first and second number of numeric dates, else -1.
        clocks: int64; nanoseconds since midnight, up to 24 hours.
        zones: int64; places in ``zone_words``, 0 for none.
        ends: whether the end of a stretch follows.
        has_short_years: whether years are written with two digits.
    """

    is_read: np.ndarray
    years: np.ndarray
    days: np.ndarray
    ones: np.ndarray
    twos: np.ndarray
    clocks: np.ndarray
    zones: np.ndarray
    ends: np.ndarray
    zone_words: list[str]
    has_short_years: bool = False

    @classmethod
    def of_nothing(cls, length: int) -> Parts:
        return cls(
            is_read=np.zeros(length, dtype=bool),
            years=np.full(length, 1970, dtype=np.int64),
            days=np.full(length, NOTHING, dtype=np.int64),
            ones=np.full(length, -1, dtype=np.int64),
            twos=np.full(length, -1, dtype=np.int64),
            clocks=np.zeros(length, dtype=np.int64),
            zones=np.zeros(length, dtype=np.int64),
            ends=np.zeros(length, dtype=bool),
            zone_words=[""],
        )

    @property
    def is_numeric(self) -> bool:
        return bool((self.ones >= 0).any())


def compose(parts: Parts, order: str | None = None) -> np.ndarray:
    """Return int64 nanoseconds since 1970, ``(rows,)``; ``NOTHING`` where there is no such time.

    Args:
        order: of numeric dates: ``day``, ``month`` or ``year`` first.
    """
    days, exist = parts.days, parts.is_read & (parts.days != NOTHING)
    if parts.is_numeric:
        is_numeric = parts.ones >= 0
        if order == "year":
            found, found_exist = days_of(pick_century(parts.ones), parts.twos, parts.years % 100)
        elif order == "month":
            found, found_exist = days_of(parts.years, parts.ones, parts.twos)
        else:
            found, found_exist = days_of(parts.years, parts.twos, parts.ones)
        days = np.where(is_numeric, found, days)
        exist = np.where(is_numeric, found_exist & parts.is_read, exist)
    return np.where(exist, np.where(exist, days, 0) * DAY_NANOS + parts.clocks, NOTHING)


def days_of(
    years: np.ndarray, months: np.ndarray, days: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return days since 1970 and whether there is such a date; int64 and bool, ``(rows,)``."""
    exist = (months >= 1) & (months <= 12) & (days >= 1) & (days <= 31)
    counted = (years - 1970) * 12 + np.where(exist, months, 1) - 1
    first = counted.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    if (days[exist] > 28).any():
        after = (counted + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        exist = exist & (first + days <= after)
    return first + days - 1, exist


def pick_century(years: np.ndarray) -> np.ndarray:
    """Give years of two digits their century: ``50`` is 1950, for 2050 lies too far ahead."""
    latest = pd.Timestamp.now().year + _YEARS_AHEAD
    return np.where(years < 100, np.where(years + 2000 > latest, years + 1900, years + 2000), years)


def days_of_weeks(
    years: np.ndarray, weeks: np.ndarray, weekdays: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return days since 1970 of ISO weeks, and whether there is such a week."""
    fourth, _ = days_of(years, np.ones_like(years), np.full_like(years, 4))
    monday = fourth - (fourth + 3) % 7  # 1970-01-01 was a Thursday
    next_fourth, _ = days_of(years + 1, np.ones_like(years), np.full_like(years, 4))
    next_monday = next_fourth - (next_fourth + 3) % 7
    found = monday + (weeks - 1) * 7
    return found + weekdays - 1, (weeks >= 1) & (found < next_monday)
