"""Months, weeks and days are laid out as on the calendar, and feasts fall where they did."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.made_up import RHYTHMS
from lstm_core.tasks.forecasting.pretrained.made_up.calendars import (
    UNITS,
    draw_trading_days,
    find_weekdays,
    lay_out_days,
)
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.feasts import (
    EASTERS,
    FASTS,
    MOON_YEARS,
    draw_feasts,
    find_overlap,
)

BY_UNIT = {rhythm.unit: rhythm for rhythm in RHYTHMS}


def draw(count: int = 40, seed: int = 0) -> Draws:
    return Draws(np.random.default_rng(seed), count)


def as_days(*dates: str) -> np.ndarray:
    return np.array(dates, "datetime64[D]").astype(int)


def test_feasts_fall_where_they_did() -> None:
    easters = as_days("1981-04-19", "1984-04-22", "2024-03-31", "2038-04-25", "2049-04-18")
    assert np.isin(easters, EASTERS).all()
    for found, known in (
        (MOON_YEARS, as_days("2000-02-05", "2024-02-10", "2025-01-29")),
        (FASTS, as_days("2000-11-27", "2023-03-22", "2024-03-10")),
    ):
        # Tables of the moon differ by the hour and by the place.
        assert np.abs(found[None] - known[:, None]).min(1).max() <= 2


@pytest.mark.parametrize("unit", UNITS)
def test_steps_follow_each_other_without_a_hole(unit: str) -> None:
    bounds = lay_out_days(draw(), BY_UNIT[unit], 60)

    assert bounds.shape == (40, 61)
    lengths = {
        "day": {1},
        "working day": {1, 3},
        "week": {7},
        "month": {28, 29, 30, 31},
        "quarter": {90, 91, 92},
    }
    assert set(np.diff(bounds, axis=1).ravel()) == lengths[unit]
    if unit == "working day":
        assert find_weekdays(bounds).max() == 4
    if unit in ("month", "quarter"):
        days = bounds.astype("datetime64[D]")
        assert (days == days.astype("datetime64[M]").astype("datetime64[D]")).all()


def test_weekdays_are_counted_from_monday() -> None:
    assert find_weekdays(as_days("2026-11-23", "2026-11-29", "1970-01-01")).tolist() == [0, 6, 3]


def test_whole_weeks_hold_no_trading_days_of_their_own() -> None:
    weeks = lay_out_days(draw(), BY_UNIT["week"], 30)
    months = lay_out_days(draw(), BY_UNIT["month"], 30)

    np.testing.assert_allclose(draw_trading_days(draw(), weeks), 0, atol=1e-12)
    assert draw_trading_days(draw(), months).std(1).min() > 1e-4


def test_a_window_is_shared_between_the_steps_that_it_lies_in() -> None:
    bounds = np.array([[0, 31, 59, 90]])
    feast = np.array([[61.0]])

    # Ten days before day 61: eight in the second step, two in the third.
    shares = find_overlap(bounds, feast, np.array([[-10.0]]), np.array([[10.0]]))
    np.testing.assert_allclose(shares * np.sqrt(10), [[0, 0.8, 0.2]])


def test_feasts_come_once_a_year() -> None:
    bounds = lay_out_days(draw(300), BY_UNIT["day"], 1461)
    moved = np.abs(draw_feasts(draw(300), bounds)) > 0

    assert 0.3 < moved.any(1).mean() < 0.95
    years = moved[:, :1460].reshape(300, 4, 365).any(2)
    assert years[moved.any(1)].mean() > 0.9
    assert moved[moved.any(1)].mean() < 0.3
