"""What the calendar says of a row: known for every time, the coming ones among them.

A cycle becomes a sine and a cosine, so that its end lies beside its beginning. They are computed
from the times alone as examples are laid out: they stand in no dataset, and nothing is fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.forecasting import CYCLES, Cycle
from lstm_core.tasks.forecasting.framing.inputs.days import list_times_ahead

CYCLE_TITLES: dict[Cycle, str] = {
    "hour": "Hour of the day",
    "weekday": "Day of the week",
    "month_day": "Day of the month",
    "year_day": "Day of the year",
}

_LENGTHS_IN_DAYS: dict[Cycle, float] = {
    "hour": 1.0,
    "weekday": 7.0,
    "month_day": 365.25 / 12,
    "year_day": 365.25,
}

_MOST_OF_A_CYCLE = 0.9
"""Rows further apart meet it at the same place; months and years are not all of one length."""

_ROUNDS_TO_TRY = 2
"""How often a cycle has to have gone round for a network to learn anything of it."""

_ROWS_LOOKED_AT = 25
_DAY_IN_NANOSECONDS = 86_400 * 10**9


def list_cycles(dataset: Dataset) -> list[Cycle]:
    """Return the cycles in which the dataset's rows have more than one place."""
    if not dataset.frequency.is_calendar:
        return []
    days_apart = _measure_days_apart(dataset)
    return [cycle for cycle in CYCLES if days_apart < _MOST_OF_A_CYCLE * _LENGTHS_IN_DAYS[cycle]]


def _measure_days_apart(dataset: Dataset) -> float:
    """Return how far apart rows usually are."""
    times = dataset.frame.index.get_level_values("time")[:_ROWS_LOOKED_AT].to_numpy()
    return float(np.median(np.diff(times.astype(np.int64)))) / _DAY_IN_NANOSECONDS


def list_calendars(dataset: Dataset) -> tuple[tuple[Cycle, ...], ...]:
    """Return all that a network may be told of the calendar: nothing first, every cycle last."""
    cycles = list_cycles(dataset)
    return tuple(each for size in range(len(cycles) + 1) for each in combinations(cycles, size))


def check_calendar(dataset: Dataset, spec: ExperimentSpec) -> None:
    """Refuse what the dataset's times can't tell.

    Raises:
        SpecError: rows are numbered, or so far apart that a cycle has one place for all of them.
    """
    asked = spec.task.cycles
    if not asked:
        return
    if not dataset.frequency.is_calendar:
        raise SpecError(
            "Rows are numbered here, so there is no calendar to look into.",
            "Ask for nothing of the calendar, or choose a column of dates as the time.",
        )
    told = list_cycles(dataset)
    missing = [cycle for cycle in asked if cycle not in told]
    if missing:
        offered = ", ".join(CYCLE_TITLES[cycle].lower() for cycle in told)
        raise SpecError(
            f"The {CYCLE_TITLES[missing[0]].lower()} tells nothing here: rows are too far apart "
            f"({dataset.frequency.label_inside}), and it is the same in all of them.",
            f"Leave it out; what these rows can tell is the {offered}."
            if offered
            else "Ask for nothing of the calendar.",
        )


def count_columns(spec: ExperimentSpec) -> int:
    """Return how many columns the calendar adds to what is known ahead of time."""
    return 2 * len(spec.task.cycles)


def find_tried(spec: ExperimentSpec) -> tuple[int, ...]:
    """Return which of the calendar's columns are tried, and not asked for."""
    cycles, asked = spec.task.cycles, spec.task.calendar
    first, count = len(asked), len(cycles)
    return (*range(first, count), *range(count + first, 2 * count))


def choose_tried(
    dataset: Dataset, spec: ExperimentSpec, num_rows: int
) -> tuple[tuple[Cycle, ...], str]:
    """Return what goes round at least twice in the training part, of what nobody asked for.

    Of the months, which are not of one length, nothing is tried.

    Args:
        num_rows: of the training part.

    Returns:
        The cycles, and why; an empty reason where there is none.
    """
    days = num_rows * _measure_days_apart(dataset) if dataset.frequency.is_calendar else 0.0
    tried = tuple(
        cycle
        for cycle in list_cycles(dataset)
        if cycle not in spec.task.calendar
        and cycle != "month_day"
        and days >= _ROUNDS_TO_TRY * _LENGTHS_IN_DAYS[cycle]
    )
    if not tried:
        return (), ""
    named = " and ".join(CYCLE_TITLES[cycle].lower() for cycle in tried)
    return tried, f"The {named} went round at least twice: validation says whether they help."


def derive_calendar(dataset: Dataset, rows: slice, spec: ExperimentSpec) -> np.ndarray:
    """Return the calendar of one series and of the horizon behind it.

    Args:
        rows: the series' rows in the dataset.

    Returns:
        ``(rows + horizon, count_columns(spec))``, as ``encode_times`` gives it.

    Raises:
        SpecError: see ``check_calendar``.
    """
    check_calendar(dataset, spec)
    _, horizon = spec.task.sizes
    times = dataset.frame.index.get_level_values("time")[rows]
    name = str(dataset.frame.index.get_level_values("series")[rows.start])
    ahead = list_times_ahead(dataset, name, rows.stop - 1, horizon, spec.task.exchange)
    return encode_times(pd.DatetimeIndex(times.append(ahead)), spec.task.cycles)


def encode_times(times: pd.DatetimeIndex, cycles: Sequence[str]) -> np.ndarray:
    """Return the sine of each cycle, then the cosine of each: ``(times, 2 * cycles)``, float32."""
    places = {
        "hour": (times - times.normalize()) / pd.Timedelta(days=1),
        "weekday": times.day_of_week / 7,
        "month_day": (times.day - 1) / times.days_in_month,
        "year_day": (times.day_of_year - 1) / np.where(times.is_leap_year, 366, 365),
    }
    angles = 2 * np.pi * np.stack([places[cycle] for cycle in cycles], axis=1)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype("float32")
