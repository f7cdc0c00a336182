"""Rows of many series put on one regular grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.frequency import Frequency
from lstm_core.data.series.grid import build_grid
from lstm_core.data.series.spacing import infer_frequency
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER

_MOST_STEPS_FOR_A_ROW = 4
"""A grid with more steps than this for each row is refused before it takes memory."""


@dataclass(frozen=True)
class RegularRows:
    """Rows sorted by series and time.

    Attributes:
        codes: int64, ``(rows,)``; each row's series.
        times: int64, ``(rows,)``; nanoseconds since 1970 or plain numbers.
        values: float64, ``(rows, columns)``; NaN where missing.
        starts: int64, ``(series,)``; the first row of each series.
    """

    codes: np.ndarray
    times: np.ndarray
    values: np.ndarray
    starts: np.ndarray

    @property
    def series_of_row(self) -> np.ndarray:
        """Which entry of ``starts`` each row belongs to, ``(rows,)``."""
        return np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(self.codes)]))


def sort_rows(
    codes: np.ndarray, times: np.ndarray, values: np.ndarray, notes: list[str]
) -> RegularRows:
    """Sort by series and time, drop rows of the series -1, and average rows of one time."""
    kept = codes >= 0
    codes, times, values = codes[kept], times[kept], values[kept]
    by_series = np.argsort(codes, kind="stable")
    codes, times, values = codes[by_series], times[by_series], values[by_series]
    falls = (np.diff(times) < 0) & (np.diff(codes) == 0)
    if falls.any():
        notes.append("Rows were sorted by time.")
        by_time = np.lexsort((times, codes))
        codes, times, values = codes[by_time], times[by_time], values[by_time]
    rows, num_merged = _average_repeats(codes, times, values)
    if num_merged:
        notes.append(f"{count_words(num_merged, 'row')} with the same time were averaged.")
    return rows


def make_regular(
    rows: RegularRows, alias: str | None, is_calendar: bool, notes: list[str]
) -> tuple[RegularRows, Frequency]:
    """Return one row for each step from each series' first row to its last.

    Args:
        rows: sorted and unique.
        alias: the spacing, if it is given; a whole number for numbered rows.
        is_calendar: whether times are nanoseconds.
        notes: sentences are added to it.

    Raises:
        DataError: fewer than two times, or times so irregular that most steps would be empty.
    """
    frequency = _choose_frequency(rows, alias, is_calendar)
    grid = build_grid(frequency, rows.times)
    ordinals = grid.to_ordinals(rows.times)
    moved = grid.to_times(ordinals) != rows.times
    if moved.any():
        notes.append(
            f"{count_words(int(moved.sum()), 'row')} moved to the nearest regular time "
            f"({frequency.label.lower()})."
        )
    merged, num_merged = _average_repeats(rows.codes, ordinals, rows.values)
    if num_merged:
        notes.append(f"{count_words(num_merged, 'row')} that fell on the same time were averaged.")
    ends = np.append(merged.starts[1:], len(merged.codes)) - 1
    first, last = merged.times[merged.starts], merged.times[ends]
    lengths = last - first + 1
    num_rows = int(lengths.sum())
    if num_rows > _MOST_STEPS_FOR_A_ROW * len(merged.codes) + 1_000:
        raise DataError(
            f'The times are too irregular: with one row for each step ("{frequency.label}"), '
            f"{1 - len(merged.codes) / num_rows:.0%} of the rows would be empty.",
            "Choose a wider spacing, or choose that the rows are in order and evenly spaced "
            f'(--time "{ROW_ORDER}").',
        )
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    places = starts[merged.series_of_row] + merged.times - first[merged.series_of_row]
    values = np.full((num_rows, rows.values.shape[1]), np.nan)
    values[places] = merged.values
    all_ordinals = np.arange(num_rows) - np.repeat(starts - first, lengths)
    codes = np.repeat(merged.codes[merged.starts], lengths)
    return RegularRows(codes, grid.to_times(all_ordinals), values, starts), frequency


def _choose_frequency(rows: RegularRows, alias: str | None, is_calendar: bool) -> Frequency:
    if alias is not None and is_calendar:
        return Frequency(alias=alias)
    if alias is not None:
        if not alias.isdigit() or int(alias) < 1:
            raise DataError(
                f'The rows are numbered, so "{alias}" can\'t be their spacing.',
                "Leave the spacing out, or give a whole number such as 1.",
            )
        return Frequency(step=int(alias))
    same_series = np.diff(rows.codes) == 0
    distances = np.diff(rows.times)[same_series]
    if not len(distances):
        raise DataError(
            "No series has two rows with different times.",
            "Choose the time column and the series column again, or a file with more rows.",
        )
    return infer_frequency(rows.times, distances, is_calendar)


def _average_repeats(
    codes: np.ndarray, times: np.ndarray, values: np.ndarray
) -> tuple[RegularRows, int]:
    """Average rows of one series and time, leaving gaps out; also return how many took part."""
    is_new = np.ones(len(codes), dtype=bool)
    is_new[1:] = (np.diff(codes) != 0) | (np.diff(times) != 0)
    firsts = np.flatnonzero(is_new)
    num_merged = 0
    if len(firsts) < len(codes):
        sizes = np.diff(np.append(firsts, len(codes)))
        num_merged = int(sizes[sizes > 1].sum())
        known = ~np.isnan(values)
        sums = np.add.reduceat(np.where(known, values, 0.0), firsts, axis=0)
        counts = np.add.reduceat(known.astype(np.int64), firsts, axis=0)
        means = np.full(sums.shape, np.nan)
        values = np.divide(sums, counts, out=means, where=counts > 0)
        codes, times = codes[firsts], times[firsts]
    starts = np.flatnonzero(np.diff(codes, prepend=-1)) if len(codes) else np.array([], np.int64)
    return RegularRows(codes, times, values, starts), num_merged
