"""Seasons by name: the hour, the day, the week, the month and the year, as many as there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.series.season import detect_season, move_mean, repeats_itself
from lstm_core.data.series.spacing.calendars.days import DAY
from lstm_core.data.series.spacing.calendars.own import OwnCalendar
from lstm_core.data.series.spacing.calendars.sessions import Sessions
from lstm_core.data.series.spacing.frequency import Frequency

_POINTS_IN_A_SEASON = 24
"""Longer seasons are looked for among means of neighbours: single steps are mostly noise."""
_MOST_POINTS = 20_000
_WEEKS_IN_A_YEAR = 365.25 / 7
_FEWEST_SEASONS = 2
_WEAKEST = 0.02
"""Share of the variance below which a season is not worth naming."""


@dataclass(frozen=True)
class Season:
    """One season of a series.

    Attributes:
        steps: its length.
        name: ``hour``, ``day``, ``week``, ``month`` or ``year``; empty where it has none.
        strength: the share of the variance around the trend that its mean shape explains, from 0
            to 1 (after Hyndman and Athanasopoulos, Forecasting: principles and practice, 4.3).
        sentence: for people.
    """

    steps: int
    name: str
    strength: float
    sentence: str


@dataclass(frozen=True)
class _Candidate:
    steps: int
    name: str
    block: int = 1
    """How many neighbours are taken together; a divisor of ``steps``, or nearly."""


def find_seasons(values: np.ndarray, frequency: Frequency) -> tuple[Season, ...]:
    """Return the seasons of a series, the shortest first.

    Each candidate of the calendar is tested by ``season.repeats_itself``, on means of neighbours
    where it is long, and after the shape of the shorter ones found has been taken away: a week is
    more than seven equal days. Numbered rows, and spacings without a usual season, are searched
    for any length.

    Args:
        values: float64, ``(rows,)``, without NaN.
    """
    candidates = list(_list_candidates(frequency))
    if not candidates:
        steps, _ = detect_season([values], frequency)
        if steps == 1:
            return ()
        strength = measure_strength(values, steps)
        return (Season(steps, "", strength, f"Values repeat every {steps:,} steps."),)
    found: list[Season] = []
    rest = values.astype(np.float64)
    for candidate in candidates:
        blocks = _take_together(rest, candidate.block)[-_MOST_POINTS:]
        length = round(candidate.steps / candidate.block)
        if len(blocks) < _FEWEST_SEASONS * length or not repeats_itself([blocks], length):
            continue
        strength = measure_strength(blocks, length)
        if strength < _WEAKEST:
            continue
        sentence = _say(candidate, frequency)
        found.append(Season(candidate.steps, candidate.name, strength, sentence))
        rest = take_season_away(rest, candidate.steps)
    return tuple(found)


def list_season_lengths(frequency: Frequency) -> tuple[int, ...]:
    """Return how many steps the seasons of the calendar have, the shorter first.

    A year is counted in whole weeks where there are any: what depends on the day of the week stays
    where it is.
    """
    return tuple(_name_lengths(frequency))


def name_season(steps: int, frequency: Frequency) -> str:
    """Return the name of a season of ``list_season_lengths``; empty where it is none of them."""
    return _name_lengths(frequency).get(steps, "")


def _name_lengths(frequency: Frequency) -> dict[int, str]:
    if not frequency.is_calendar:
        return {}
    candidates = list(_list_candidates(frequency))
    week = next((each.steps for each in candidates if each.name == "week"), 1)
    return {
        round(each.steps / week) * week if each.name == "year" else each.steps: each.name
        for each in candidates
    }


def take_season_away(values: np.ndarray, steps: int) -> np.ndarray:
    """Return values without the mean shape of a season: each place's mean becomes the whole's."""
    whole = len(values) // steps * steps
    if not whole:
        return values
    shape = values[len(values) - whole :].reshape(-1, steps).mean(axis=0)
    left = len(values) - whole  # the rows before the first whole season
    around = shape - shape.mean()
    return values - np.concatenate([around[steps - left :], np.tile(around, whole // steps)])


def measure_strength(values: np.ndarray, steps: int) -> float:
    """Return ``1 - var(rest) / var(values)`` for values around their moving level."""
    if steps < 2 or len(values) < _FEWEST_SEASONS * steps:
        return 0.0
    around = values - move_mean(values, steps)
    total = float(around.var())
    if total <= 0:
        return 0.0
    return max(0.0, 1 - float(take_season_away(around, steps).var()) / total)


def _list_candidates(frequency: Frequency) -> Iterator[_Candidate]:
    """Yield the seasons that a spacing can show, the shorter first."""
    own = frequency.own
    if isinstance(own, Sessions):
        yield from _list_of_sessions(own)
    elif frequency.is_within_days:
        yield from _list_within_days(int(pd.Timedelta(_with_count(frequency.alias)).value))
    elif frequency.unit in ("day", "business day"):
        week = frequency.usual_season
        yield _Candidate(week, "week")
        yield _year_of(round(week * _WEEKS_IN_A_YEAR))
    elif frequency.usual_season > 1:
        yield _year_of(frequency.usual_season)


def _year_of(steps: int) -> _Candidate:
    """No year is a whole number of days: its blocks need not divide it."""
    return _Candidate(steps, "year", max(1, steps // _POINTS_IN_A_SEASON))


def _list_within_days(step: int) -> Iterator[_Candidate]:
    for length, name in ((DAY // 24, "hour"), (DAY, "day"), (7 * DAY, "week")):
        steps, rest = divmod(length, step)
        if steps > 1 and rest == 0:
            yield _Candidate(steps, name, _choose_block(steps, name, DAY // step))
    if DAY % step == 0:
        yield _year_of(round(365.25 * DAY / step))


def _list_of_sessions(own: OwnCalendar) -> Iterator[_Candidate]:
    assert isinstance(own, Sessions)
    day, week = own.usual_season, len(own.places)
    if 1 < day < week:
        yield _Candidate(day, "day", _choose_block(day, "day", day))
    yield _Candidate(week, "week", _choose_block(week, "week", day))
    yield _year_of(round(week * _WEEKS_IN_A_YEAR))


def _choose_block(steps: int, name: str, day: int) -> int:
    """Return how many steps are taken together: days of a week, else so many that 24 are left."""
    if name == "week" and steps > 7 * _POINTS_IN_A_SEASON:
        return day // max(1, min(day, 4)) if day % max(1, min(day, 4)) == 0 else day
    most = max(1, steps // _POINTS_IN_A_SEASON)
    return next(count for count in range(most, 0, -1) if steps % count == 0)


def _with_count(alias: str | None) -> str:
    assert alias is not None
    return alias if alias[0].isdigit() else f"1{alias}"


def _take_together(values: np.ndarray, count: int) -> np.ndarray:
    """Return means of ``count`` neighbours, counted from the end; what is left over is dropped."""
    if count == 1:
        return values
    kept = len(values) // count * count
    return values[len(values) - kept :].reshape(-1, count).mean(axis=1)


def _say(candidate: _Candidate, frequency: Frequency) -> str:
    own_unit = frequency.unit
    unit = "step" if own_unit == "step" else own_unit
    about = "about " if candidate.name == "year" and candidate.steps > 60 else ""
    return f"Values repeat every {candidate.name} ({about}{candidate.steps:,} {unit}s)."
