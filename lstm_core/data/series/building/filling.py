"""Filling gaps in columns of many series at once.

Rows lie one series after the other; ``starts`` holds the first row of each. Nothing is ever
carried from one series into another.
"""

from __future__ import annotations

import numpy as np


def fill_forward(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Repeat the value before each gap; what has none before it in its series stays NaN.

    Args:
        values: float64, ``(rows,)``.
        starts: int64, ``(series,)``, ascending, beginning with 0.
    """
    before = _last_known(values, starts)
    return np.where(before >= 0, values[before], np.nan)


def fill_linear(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Fill on a straight line between the values around a gap; ends stay NaN."""
    before = _last_known(values, starts)
    after = _next_known(values, starts)
    inside = (before >= 0) & (after >= 0)
    rows = np.arange(len(values))
    width = np.where(after > before, after - before, 1)
    line = values[before] + (values[after] - values[before]) * ((rows - before) / width)
    return np.where(inside, np.where(np.isnan(values), line, values), np.nan)


def fill_mean(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Fill with the mean of all known values before in the series; none of later ones."""
    known = ~np.isnan(values)
    first = _start_of_each_row(len(values), starts)
    sums = np.append(0.0, np.cumsum(np.where(known, values, 0.0)))
    counts = np.append(0, np.cumsum(known))
    rows = np.arange(len(values))
    count = counts[rows] - counts[first]
    mean = (sums[rows] - sums[first]) / np.maximum(count, 1)
    return np.where(known, values, np.where(count > 0, mean, np.nan))


def fill_season(values: np.ndarray, starts: np.ndarray, season: int) -> np.ndarray:
    """Fill with the season before a gap, shifted and tilted to meet the gap's neighbours.

    Of what lies behind a gap, nothing but its first value is looked at. Where less than a season
    lies before it, it is filled on a straight line.

    Args:
        season: steps after which the pattern returns, at least 1.
    """
    filled = fill_linear(values, starts)
    before, after = _last_known(values, starts), _next_known(values, starts)
    first_of_row = np.repeat(first_known(values, starts), np.diff(np.append(starts, len(values))))
    is_open = np.isnan(values) & (before >= 0) & (after >= 0)
    for left in np.unique(before[is_open & (before - season >= first_of_row)]).tolist():
        right = int(after[left + 1])
        rows = np.arange(left, right + 1)
        seasons, steps = np.divmod(rows - left, season)
        grown = values[left] - filled[left - season]
        pattern = filled[left - season + steps] + grown * (1 + seasons)
        tilt = (values[right] - pattern[-1]) * (rows - left) / (right - left)
        filled[left + 1 : right] = (pattern + tilt)[1:-1]
    return filled


def fill_backward(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Repeat the value after each gap. Only for what is known ahead of time."""
    after = _next_known(values, starts)
    return np.where(after >= 0, values[after], np.nan)


def first_known(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return each series' first row that is not NaN, or the row count where there is none."""
    after = _next_known(values, starts)[starts]
    return np.where(after >= 0, after, len(values))


def last_known(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return each series' last row that is not NaN, or -1 where there is none."""
    ends = np.append(starts[1:], len(values)) - 1
    return _last_known(values, starts)[ends]


def _last_known(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return for each row the last row up to it, in its series, that is known; -1 if none."""
    rows = np.arange(len(values))
    known = np.maximum.accumulate(np.where(np.isnan(values), -1, rows))
    return np.where(known >= _start_of_each_row(len(values), starts), known, -1)


def _next_known(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return for each row the first row from it on, in its series, that is known; -1 if none."""
    num_rows = len(values)
    rows = np.arange(num_rows)
    candidates = np.where(np.isnan(values), num_rows, rows)
    known = np.minimum.accumulate(candidates[::-1])[::-1]
    ends = np.append(starts[1:], num_rows)
    end_of_each_row = np.repeat(ends, np.diff(np.append(starts, num_rows)))
    return np.where(known < end_of_each_row, known, -1)


def _start_of_each_row(num_rows: int, starts: np.ndarray) -> np.ndarray:
    return np.repeat(starts, np.diff(np.append(starts, num_rows)))
