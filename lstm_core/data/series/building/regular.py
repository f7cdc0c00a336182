"""Rows of many series put on one regular grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lstm_core.data.columns.repeats import (
    ask_repeats,
    is_event,
    rank_ways,
    say_repeats,
    say_time,
)
from lstm_core.data.reading.telling import Question
from lstm_core.data.series.building.uniting import list_ways, unite_rows
from lstm_core.data.series.dataset import Roles
from lstm_core.data.series.spacing.asking import Spacing, find_spacing
from lstm_core.data.series.spacing.calendars.days import DAY
from lstm_core.data.series.spacing.calendars.own import Grid
from lstm_core.data.series.spacing.calendars.sessions import SessionGrid
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.spacing.grid import build_grid
from lstm_core.data.series.spacing.holidays import find_holidays
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER
from lstm_core.spec.reading import Repeats

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
        sizes: int64, ``(rows,)``; how many rows of the table each was made of.
    """

    codes: np.ndarray
    times: np.ndarray
    values: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray = field(default_factory=lambda: np.array([], dtype=np.int64))

    @property
    def series_of_row(self) -> np.ndarray:
        """Which entry of ``starts`` each row belongs to, ``(rows,)``."""
        return np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(self.codes)]))


def sort_rows(
    codes: np.ndarray,
    times: np.ndarray,
    values: np.ndarray,
    ways: Sequence[Repeats],
    notes: list[str],
) -> RegularRows:
    """Sort by series and time, drop rows of the series -1, and make one of rows of one time.

    Args:
        ways: how, for each column, those of targets first.
        notes: sentences are added to it.
    """
    kept = codes >= 0
    if not kept.all():
        codes, times, values = codes[kept], times[kept], values[kept]
    if ways[0] in ("first", "last") and _fall(codes, times):
        codes, times, values = codes[::-1], times[::-1], values[::-1]
    if (np.diff(codes) < 0).any():
        by_series = np.argsort(codes, kind="stable")
        codes, times, values = codes[by_series], times[by_series], values[by_series]
    falls = (np.diff(times) < 0) & (np.diff(codes) == 0)
    if falls.any():
        notes.append("Rows were sorted by time.")
        by_time = np.lexsort((times, codes))
        codes, times, values = codes[by_time], times[by_time], values[by_time]
    rows, num_united = _unite_repeats(
        codes, times, values, ways, np.ones(len(codes), dtype=np.int64)
    )
    if num_united:
        notes.append(say_repeats(num_united, ways[0]))
    return rows


def _fall(codes: np.ndarray, times: np.ndarray) -> bool:
    """Whether a table begins with the latest row: the last of a day stands first there."""
    same = np.diff(codes) == 0
    steps = np.sign(np.diff(times))[same]
    return int(steps.sum()) < 0


def make_regular(
    rows: RegularRows,
    alias: str | None,
    is_calendar: bool,
    ways: Sequence[Repeats],
    notes: list[str],
    questions: list[Question],
    unsaid: Roles | None = None,
) -> tuple[RegularRows, Frequency]:
    """Return one row for each step from each series' first row to its last, but for holidays.

    Args:
        rows: sorted and unique.
        alias: the spacing, if it is given; a whole number for numbered rows.
        is_calendar: whether times are nanoseconds.
        ways: how one is made of rows that fall on the same step, for each column.
        notes: sentences are added to it.
        questions: and what the times leave open, to this.
        unsaid: of the columns, where nobody has said what becomes of rows that fall on the
            same step: the likelier way is taken then, and asked about.

    Raises:
        DataError: fewer than two times, or times so irregular that most steps would be empty.
    """
    is_summed = ways[0] in ("sum", "count")
    spacing = _find_spacing(rows, alias, is_calendar, is_summed and is_event(rows.sizes))
    frequency = spacing.frequency
    if spacing.question is not None:
        questions.append(spacing.question)
    grid = build_grid(frequency, rows.times)
    ordinals = grid.to_ordinals(rows.times)
    on_grid = grid.to_times(ordinals)
    moved = on_grid != rows.times
    if moved.any():
        notes.append(_say_moved(rows.times[moved], on_grid[moved], frequency))
    if unsaid is not None:
        ways = _ask_ways(rows, ordinals, ways, unsaid, is_calendar, questions)
    merged, num_united = _unite_repeats(
        rows.codes, ordinals, rows.values, ["sum" if way == "count" else way for way in ways],
        rows.sizes,
    )  # fmt: skip
    if num_united:
        notes.append(say_repeats(num_united, ways[0], "that fell on the same time"))
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
    counts_nothing = ways[0] in ("sum", "count") and is_event(merged.sizes)
    if counts_nothing:
        _fill_nothing(values, places, sum(way == ways[0] for way in ways), notes)
    all_ordinals = np.arange(num_rows) - np.repeat(starts - first, lengths)
    codes = np.repeat(merged.codes[merged.starts], lengths)
    holidays = find_holidays(grid, merged.times)
    if len(holidays) and not counts_nothing:
        notes.append(_say_holidays(holidays, grid))
        is_kept = ~np.isin(all_ordinals, holidays)
        codes, all_ordinals, values = codes[is_kept], all_ordinals[is_kept], values[is_kept]
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
    return RegularRows(codes, grid.to_times(all_ordinals), values, starts), frequency


def _say_moved(times: np.ndarray, on_grid: np.ndarray, frequency: Frequency) -> str:
    rows = count_words(len(times), "row")
    is_of_days = frequency.is_calendar and not frequency.is_within_days
    if is_of_days and (times // DAY == on_grid // DAY).all():
        return f"The time of day differs, so a row counts for its day ({rows})."
    return f"{rows} moved to the nearest regular time ({frequency.label_inside})."


def _say_holidays(holidays: np.ndarray, grid: Grid) -> str:
    if isinstance(grid, SessionGrid):
        days = len(np.unique(grid.day_of(holidays)))
        return (
            f"{count_words(days, 'day')} without rows, or with a shorter session, taken as they "
            "are: nothing is filled in there."
        )
    return (
        f"{count_words(len(holidays), 'working day')} without a row taken for holidays: nothing "
        "is filled in there."
    )


def _find_spacing(
    rows: RegularRows, alias: str | None, is_calendar: bool, is_event: bool
) -> Spacing:
    if alias is not None and is_calendar:
        return Spacing(Frequency(alias=alias))
    if alias is not None:
        if not alias.isdigit() or int(alias) < 1:
            raise DataError(
                f'The rows are numbered, so "{alias}" can\'t be their spacing.',
                "Leave the spacing out, or give a whole number such as 1.",
            )
        return Spacing(Frequency(step=int(alias)))
    same_series = np.diff(rows.codes) == 0
    distances = np.diff(rows.times)[same_series]
    if not len(distances):
        raise DataError(
            "No series has two rows with different times.",
            "Choose the time column and the series column again, or a file with more rows.",
        )
    return find_spacing(rows.codes, rows.times, is_calendar, is_event=is_event)


def _ask_ways(
    rows: RegularRows,
    ordinals: np.ndarray,
    ways: Sequence[Repeats],
    roles: Roles,
    is_calendar: bool,
    questions: list[Question],
) -> Sequence[Repeats]:
    """Return the likelier ways where rows fall on the same step, and ask for another."""
    is_new = np.ones(len(ordinals), dtype=bool)
    is_new[1:] = (np.diff(rows.codes) != 0) | (np.diff(ordinals) != 0)
    if is_new.all():
        return ways
    firsts = np.flatnonzero(is_new)
    sizes = np.diff(np.append(firsts, len(ordinals)))
    name = roles.targets[0]
    found = rank_ways(name, rows.values[:, 0], sizes)
    first = int(firsts[(sizes > 1).argmax()])
    example = rows.values[first : first + int(sizes[sizes > 1][0]), 0]
    when = say_time(pd.Timestamp(int(rows.times[first])) if is_calendar else None)
    questions.append(
        ask_repeats(found, example, f"From {when}", int(sizes[sizes > 1].sum()), name, "step")
    )
    return list_ways(roles, found[0])


def _fill_nothing(
    values: np.ndarray, places: np.ndarray, num_targets: int, notes: list[str]
) -> None:
    """Put 0 where nothing happened, in place: a day without a sale is one of no sales.

    Args:
        values: float64, ``(steps, columns)``.
        places: int64, the steps that have a row.
    """
    is_empty = np.ones(len(values), dtype=bool)
    is_empty[places] = False
    if is_empty.any():
        values[is_empty, :num_targets] = 0.0
        notes.append(f"{count_words(int(is_empty.sum()), 'step')} without a row counted as 0.")


def _unite_repeats(
    codes: np.ndarray,
    times: np.ndarray,
    values: np.ndarray,
    ways: Sequence[Repeats],
    sizes: np.ndarray,
) -> tuple[RegularRows, int]:
    """Make one of the rows of one series and time; also return how many took part."""
    is_new = np.ones(len(codes), dtype=bool)
    is_new[1:] = (np.diff(codes) != 0) | (np.diff(times) != 0)
    firsts = np.flatnonzero(is_new)
    num_united = 0
    if len(firsts) < len(codes) or "count" in ways:
        found = np.diff(np.append(firsts, len(codes)))
        num_united = int(found[found > 1].sum())
        sizes = np.add.reduceat(sizes, firsts)
        values = unite_rows(values, firsts, ways)
        codes, times = codes[firsts], times[firsts]
    starts = np.flatnonzero(np.diff(codes, prepend=-1)) if len(codes) else np.array([], np.int64)
    return RegularRows(codes, times, values, starts, sizes), num_united
