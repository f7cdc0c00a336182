"""Rows put together into longer steps: days into weeks or months, minutes into hours.

A step holds the rows from its beginning up to the next one's, so that nothing of a later step is in
it. It happens before anything else is done to a table: parts, gaps and scales are those of the
longer steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd
from pandas.tseries import offsets

from lstm_core.data.columns.derived import is_level
from lstm_core.data.series.building.regular import RegularRows
from lstm_core.data.series.dataset import Roles
from lstm_core.data.series.spacing.frequency import Frequency, read_offset
from lstm_core.data.series.spacing.grid import build_grid
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError

Aggregate = Literal["sum", "mean", "last", "min", "max"]

_DAY = 86_400 * 10**9
_WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_OTHER_ALIASES = {"W": "W-MON", "M": "MS", "Q": "QS", "Y": "YS", "H": "h", "d": "D"}
_DONE = {
    "sum": "summed up",
    "mean": "averaged",
    "last": "taken from the last row",
    "min": "taken as the smallest",
    "max": "taken as the largest",
}
_ENOUGH = 0.5
"""Share of a step's rows that has to be known, but for a sum, which takes all of them."""


def read_resample_alias(alias: str) -> str:
    """Return the spacing that rows are put together to; weeks begin on Monday unless it says."""
    return _OTHER_ALIASES.get(alias, alias)


def choose_aggregates(values: np.ndarray, roles: Roles, given: Aggregate | None) -> list[Aggregate]:
    """Return what is made of the rows of a step, for each column.

    What counts something is summed up, anything else averaged, unless it is said of the targets;
    of yes and no, one yes is enough, and of a category, its levels have their shares.

    Args:
        values: ``(rows, columns)``; the first half of them decides.
    """
    chosen: list[Aggregate] = []
    first = values[: max(1, len(values) // 2)]
    for number, name in enumerate(roles.columns):
        known = first[~np.isnan(first[:, number]), number]
        if name in roles.targets:
            is_count = bool(len(known) and known.min() >= 0 and (known % 1 == 0).all())
            chosen.append(given or ("sum" if is_count else "mean"))
        else:
            is_flag = not is_level(name) and np.isin(known, (0.0, 1.0)).all()
            chosen.append("max" if is_flag else "mean")
    return chosen


def resample_rows(
    rows: RegularRows,
    frequency: Frequency,
    alias: str,
    aggregates: Sequence[Aggregate],
    roles: Roles,
    notes: list[str],
) -> tuple[RegularRows, Frequency]:
    """Return a row for each longer step; what an end has no full step of is no value of a target.

    Args:
        rows: regular, a row for each step of ``frequency``.
        aggregates: of each column, see ``choose_aggregates``.
        notes: sentences are added to it.

    Raises:
        DataError: rows are numbered, or the steps are not longer than those that there are.
    """
    alias = read_resample_alias(alias)
    if frequency.alias is None:
        raise DataError(
            "Rows are numbered here, so they can't be put together by the calendar.",
            "Leave the other spacing out, or choose a column of dates as the time.",
        )
    longer = Frequency(alias)
    begin, following = find_steps(rows.times, alias)
    is_new = np.ones(len(begin), bool)
    is_new[1:] = (np.diff(begin) != 0) | (np.diff(rows.codes) != 0)
    firsts = np.flatnonzero(is_new)
    inside = np.diff(rows.codes[firsts]) == 0
    if len(firsts) == len(begin) or (following[firsts][:-1] != begin[firsts][1:])[inside].any():
        raise DataError(
            f"Rows can't be put together as {longer.label.lower()}: they are "
            f"{frequency.label.lower()}.",
            "Choose longer steps than those of the rows, such as D, W-MON, MS, QS or YS.",
        )
    steps = np.cumsum(is_new) - 1
    values = _aggregate(rows.values, steps, aggregates)
    codes = rows.codes[firsts]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    num_targets = len(roles.targets)
    num_causal = num_targets + len(roles.past_covariates)
    is_part = _find_parts(rows, frequency, begin, following, steps, firsts, num_targets)
    values[is_part, :num_causal] = np.nan
    times = begin[firsts] if _begins(alias) else following[firsts] - _DAY
    _tell(aggregates, roles, longer, int(is_part.sum()), notes)
    return RegularRows(codes, times, values, starts), longer


def find_steps(times: np.ndarray, alias: str) -> tuple[np.ndarray, np.ndarray]:
    """Return when each time's step begins, and when the next one does; ``(times,)`` int64 each.

    Args:
        times: int64 nanoseconds, not empty.

    Raises:
        DataError: steps of this spacing are no stretches of time.
    """
    offset = read_offset(alias)
    count = int(offset.n)
    if isinstance(offset, offsets.Tick):
        step = int(pd.Timedelta(offset).value)
        origin = 0 if _DAY % step == 0 else int(times.min()) // _DAY * _DAY
        begin = times - (times - origin) % step
        return begin, begin + step
    days = times // _DAY
    if isinstance(offset, offsets.Day | offsets.Week):
        is_week = isinstance(offset, offsets.Week)
        length = count * (7 if is_week else 1)
        origin = int(days.min())
        if is_week:
            weekday = _WEEKDAYS.index(offset.freqstr.rpartition("-")[2])
            origin -= (origin + 3 - weekday) % 7  # 1970-01-01 is a Thursday
        begin = days - (days - origin) % length
        return begin * _DAY, (begin + length) * _DAY
    lengths = {"M": 1, "Q": 3, "Y": 12}
    name, _, anchor = offset.freqstr.lstrip("0123456789").partition("-")
    if name not in ("MS", "ME", "QS", "QE", "YS", "YE"):
        raise DataError(
            f'Rows can\'t be put together by "{alias}".',
            "Choose an offset such as h, D, W-MON, MS, QS or YS.",
        )
    length = count * lengths[name[0]]
    months = times.astype("datetime64[ns]").astype("datetime64[M]").astype(np.int64)
    first = int(months.min())
    origin = _MONTHS.index(anchor) + int(name.endswith("E")) if anchor else first
    begin = months - (months - origin) % length
    return _to_times(begin), _to_times(begin + length)


def _to_times(months: np.ndarray) -> np.ndarray:
    return months.astype("datetime64[M]").astype("datetime64[ns]").astype(np.int64)


def _begins(alias: str) -> bool:
    """Whether a step is called by its beginning, and not by its last day."""
    return not read_offset(alias).freqstr.lstrip("0123456789").split("-")[0].endswith("E")


def _find_parts(
    rows: RegularRows,
    frequency: Frequency,
    begin: np.ndarray,
    following: np.ndarray,
    steps: np.ndarray,
    firsts: np.ndarray,
    num_targets: int,
) -> np.ndarray:
    """Return the steps at the ends of a series of which rows are missing; ``(steps,)`` bool.

    The last row is the last one with a target: what lies behind it is known ahead.
    """
    grid = build_grid(frequency, rows.times)
    has_target = ~np.isnan(rows.values[:, :num_targets]).all(axis=1)
    is_part = np.zeros(len(firsts), bool)
    stops = np.append(rows.starts[1:], len(rows.codes))
    for start, stop in zip(rows.starts.tolist(), stops.tolist(), strict=True):
        known = np.flatnonzero(has_target[start:stop])
        if not len(known):
            continue
        first, last = start, start + int(known[-1])
        around = grid.to_ordinals(rows.times[[first, last]]) + np.array([-1, 1])
        before, after = grid.to_times(around).tolist()
        is_part[steps[first]] |= before >= begin[first]
        is_part[steps[last]] |= after < following[last]
    return is_part


def _aggregate(
    values: np.ndarray, steps: np.ndarray, aggregates: Sequence[Aggregate]
) -> np.ndarray:
    """Return ``(steps, columns)``; NaN where too little of a step is known."""
    sizes = np.bincount(steps)
    columns = []
    for number, aggregate in enumerate(aggregates):
        column = pd.Series(values[:, number])
        groups = column.groupby(steps)
        counts = groups.count().to_numpy()
        work: dict[str, Callable[[], pd.Series]] = {
            name: getattr(groups, name) for name in get_args(Aggregate)
        }
        found = work[aggregate]().to_numpy(np.float64)
        enough = counts == sizes if aggregate == "sum" else counts >= _ENOUGH * sizes
        columns.append(np.where(enough & (counts > 0), found, np.nan))
    return np.stack(columns, axis=1)


def _tell(
    aggregates: Sequence[Aggregate],
    roles: Roles,
    longer: Frequency,
    num_parts: int,
    notes: list[str],
) -> None:
    done: dict[str, list[str]] = {}
    for name, aggregate in zip(roles.columns, aggregates, strict=True):
        done.setdefault(aggregate, []).append(name)
    said = "; ".join(f"{list_names(names)} {_DONE[how]}" for how, names in done.items())
    notes.append(f"Rows were put together ({longer.label.lower()}): {said}.")
    if num_parts:
        steps = count_words(num_parts, "step")
        notes.append(f"{steps} at the ends left out, for want of some of their rows.")
