"""Calendars as people mean them: recognised from a stretch with gaps, put on their grid, continued.

Each calendar is written here by its own rule, day by day, without the code that it tests.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate, cycle, islice

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.series.spacing.calendars.own import read_own
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.spacing.grid import build_grid
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from tests.data.tables import build
from tests.shares import share

Times = pd.DatetimeIndex


def on(rule: str, step: int) -> Callable[[str, int], Times]:
    """Return what lists the days that a rule is true of, one in about ``step``.

    A rule knows ``day``, ``month``, ``weekday`` (Monday is 0) and ``left``, days of the month.
    """

    def list_days(first: str, count: int) -> Times:
        days = pd.date_range(first, periods=(count + 2) * step)
        left = days.days_in_month - days.day
        parts = {"day": days.day, "month": days.month, "weekday": days.day_of_week, "left": left}
        return pd.DatetimeIndex(pd.DataFrame(parts, days).query(rule).index[:count])

    return list_days


def within(
    *spans: str, step: str = "30min", weekdays: str = "01234"
) -> Callable[[str, int], Times]:
    """Return what lists the times of sessions such as ``"09:30 16:00"``."""

    def list_times(first: str, count: int) -> Times:
        found: list[pd.Timestamp] = []
        for day in pd.date_range(pd.Timestamp(first), periods=count * 7 + 7):
            if str(day.day_of_week) in weekdays:
                for span in spans:
                    begin, end = (day + pd.Timedelta(f"{clock}:00") for clock in span.split())
                    found.extend(pd.date_range(begin, end, freq=step))
            if len(found) >= count:
                break
        return pd.DatetimeIndex(found[:count])

    return list_times


def in_turn(*lengths: int) -> Callable[[str, int], Times]:
    def list_times(first: str, count: int) -> Times:
        passed = accumulate(islice(cycle(lengths), count - 1), initial=0)
        return pd.DatetimeIndex([pd.Timestamp(first) + pd.Timedelta(days=days) for days in passed])

    return list_times


LAST_BUSINESS_DAY = "(weekday < 4 and left == 0) or (weekday == 4 and left < 3)"

CALENDARS: dict[str, tuple[Callable[[str, int], Times], str, str, str, int]] = {
    # what lists it, alias, label, unit, season
    "1st and 15th": (on("day in (1, 15)", 16), "SMS-15",
                     "Twice a month, on the 1st and 15th", "half-month", 24),
    "15th and last": (on("day == 15 or left == 0", 16), "SME-15",
                      "Twice a month, on the 15th and last", "half-month", 24),
    "5th and 20th": (on("day in (5, 20)", 16), "DOM-5-20",
                     "On the 5th and 20th of the month", "step", 24),
    "tens": (on("day in (1, 11, 21)", 11), "DOM-1-11-21",
             "On the 1st, 11th and 21st of the month", "step", 36),
    "ends of tens": (on("day in (10, 20) or left == 0", 11), "DOM-10-20-31",
                     "On the 10th, 20th and last of the month", "step", 36),
    "15th": (on("day == 15", 31), "DOM-15", "Monthly, on the 15th", "month", 12),
    "30th": (on("day == 30 or (month == 2 and left == 0)", 31), "DOM-30",
             "Monthly, on the 30th", "month", 12),
    "15th of a quarter": (on("day == 15 and month in (2, 5, 8, 11)", 93), "3DOM-15",
                          "Quarterly, on the 15th", "quarter", 4),
    "5th of April": (on("day == 5 and month == 4", 366), "12DOM-5",
                     "Yearly, on the 5th", "year", 1),
    "last business day": (on(LAST_BUSINESS_DAY, 31), "BME",
                          "Monthly, on the last business day", "month", 12),
    "last business day of a quarter": (
        on(f"month in (3, 6, 9, 12) and ({LAST_BUSINESS_DAY})", 93), "BQE-DEC",
        "Quarterly, on the last business day", "quarter", 4),
    "last Friday": (on("weekday == 4 and left < 7", 31), "LWOM-FRI",
                    "Monthly, on the last Friday", "month", 12),
    "third Friday": (on("weekday == 4 and 14 < day < 22", 31), "WOM-3FRI",
                     "Monthly, on the 3rd Friday", "month", 12),
    "Monday, Wednesday, Friday": (on("weekday in (0, 2, 4)", 3), "C-1010100",
                                  "Monday, Wednesday, Friday", "day", 3),
    "weekends": (on("weekday > 4", 4), "C-0000011", "Saturday, Sunday", "day", 2),
    "four, four, five weeks": (in_turn(28, 28, 35), "T-28-28-35-", "Periods of 4, 4 and 5 weeks",
                               "step", 12),
    "an exchange": (within("09:30 16:00"), "S-30min-1111100-0930-1600",
                    "Every 30 minutes, Monday to Friday, 09:30 to 16:00", "step", 14),
    "a lunch break": (within("10:00 11:30", "13:30 15:00"), "S-30min-1111100-1000-1130-1330-1500",
                      "Every 30 minutes, Monday to Friday, 10:00 to 11:30 and 13:30 to 15:00",
                      "step", 8),
    "opening hours": (within("08:00 19:00", step="h", weekdays="012345"), "S-h-1111110-0800-1900",
                      "Hourly, Monday to Saturday, 08:00 to 19:00", "hour", 12),
    "weekdays around the clock": (within("00:00 23:00", step="h"), "S-h-1111100-0000-2300",
                                  "Hourly, Monday to Friday", "hour", 24),
    "readings": (within("07:00 07:00", "13:00 13:00", "19:30 19:30", weekdays="0123456"),
                 "S-D-1111111-0700-0700-1300-1300-1930-1930", "At 07:00, 13:00 and 19:30", "step",
                 3),
}  # fmt: skip


@pytest.mark.parametrize("name", share(CALENDARS, list(CALENDARS)[::3]))
@settings(max_examples=8, deadline=None)
@given(
    first=st.dates(pd.Timestamp("1960-01-01").date(), pd.Timestamp("2100-01-01").date()),
    seed=st.integers(0, 2**32 - 1),
)
def test_a_stretch_with_gaps_is_recognised_and_continued(
    name: str, first: object, seed: int
) -> None:
    list_times, alias, label, unit, season = CALENDARS[name]
    num_rows = 15 * 14 if alias.startswith("S-") else 60
    times = list_times(str(first), num_rows + 20)
    history, ahead = times[:num_rows], times[num_rows:]
    inside = np.arange(3, num_rows - 3)
    gaps = np.random.default_rng(seed).choice(inside, num_rows // 30, replace=False)
    kept = history.delete(gaps)
    dataset = build({"time": kept, "value": np.arange(len(kept)) % 7.0})
    frequency = dataset.frequency
    assert (frequency.alias or "").startswith(alias)
    assert (frequency.label, frequency.unit, frequency.usual_season) == (label, unit, season)
    found = dataset.frame.index.get_level_values("time")
    assert set(kept) <= set(found) <= set(history)
    assert list(frequency.times_after(found[-1], 20)) == list(ahead)
    assert list(frequency.grid(times[0], times[-1])) == list(times)
    assert collection_from_bytes(collection_to_bytes(dataset)).frequency == frequency
    own = read_own(frequency.alias or "")
    assert own is None or own.alias == frequency.alias


def test_currencies_trade_from_sunday_evening_to_friday_afternoon() -> None:
    hours = pd.date_range("2024-01-01", "2024-03-15", freq="h")
    week = hours.day_of_week * 24 + hours.hour
    times = hours[(week >= 6 * 24 + 17) | (week < 4 * 24 + 17)]
    dataset = build({"time": times, "rate": np.random.default_rng(0).normal(size=len(times))})
    assert dataset.num_rows == len(times)
    assert dataset.frequency.label == "Hourly, in sessions, Sunday to Friday"
    assert dataset.frequency.unit == "hour"
    friday = pd.Timestamp("2024-03-15 16:00")
    assert list(dataset.frequency.times_after(friday, 2)) == [
        pd.Timestamp("2024-03-17 17:00"), pd.Timestamp("2024-03-17 18:00"),
    ]  # fmt: skip


@pytest.mark.parametrize("missing", [(5, 20), (13, 14, 15)])
def test_working_days_without_a_row_are_holidays_not_gaps(missing: tuple[int, ...]) -> None:
    days = pd.bdate_range("2024-01-01", periods=60)
    dataset = build({"day": days.delete(list(missing)), "value": np.arange(60.0 - len(missing))})
    assert dataset.frequency == Frequency("B")
    assert (dataset.num_rows, dataset.num_filled) == (60 - len(missing), 0)
    assert any("holidays" in note for note in dataset.notes)


def test_a_value_that_is_missing_on_a_working_day_is_a_gap() -> None:
    days = pd.bdate_range("2024-01-01", periods=60)
    values = np.where(np.arange(60) == 30, np.nan, np.arange(60.0))
    assert build({"day": days, "value": values}).num_filled == 1


def test_a_day_that_another_series_has_is_no_holiday() -> None:
    days = pd.bdate_range("2024-01-01", periods=60)
    frame = pd.DataFrame({"day": [*days, *days.delete(30)], "shop": ["a"] * 60 + ["b"] * 59})
    frame["value"] = np.arange(119.0)
    dataset = build({name: frame[name] for name in frame}, series="shop")
    assert (dataset.num_rows, dataset.num_filled) == (120, 1)


def test_three_months_without_working_days_are_a_gap() -> None:
    days = pd.bdate_range("2020-01-01", periods=900).delete(list(range(200, 260)))
    assert build({"day": days, "value": np.arange(840.0)}).num_rows == 900


def test_a_short_day_and_a_closed_one_are_not_filled_but_a_step_in_between_is() -> None:
    times = CALENDARS["an exchange"][0]("2024-01-01", 14 * 30)
    closed = [
        place
        for place, time in enumerate(times)
        if time.date() == pd.Timestamp("2024-01-15").date()
    ]
    short = [place for place, time in enumerate(times)
             if time.date() == pd.Timestamp("2024-01-18").date() and time.hour >= 13]  # fmt: skip
    kept = times.delete([*closed, *short, 5])
    dataset = build({"time": kept, "value": np.arange(float(len(kept)))})
    assert (dataset.num_rows, dataset.num_filled) == (len(kept) + 1, 1)
    assert any("shorter session" in note for note in dataset.notes)


def test_the_clock_of_a_day_may_differ() -> None:
    clocks = pd.to_timedelta(np.random.default_rng(0).integers(6 * 60, 22 * 60, 60), "min")
    times = pd.date_range("2024-01-05", periods=60) + clocks
    dataset = build({"time": times, "km": np.arange(60.0)})
    assert dataset.frequency == Frequency("D")
    assert (dataset.num_rows, dataset.num_filled) == (60, 0)
    assert str(dataset.frame.index[0][1]) == "2024-01-05 00:00:00"
    assert any("counts for its day" in note for note in dataset.notes)


def test_most_days_share_a_clock_and_keep_it() -> None:
    clocks = np.where(np.arange(40) % 9 == 4, 13, 16)
    times = pd.bdate_range("2024-01-01", periods=40) + pd.to_timedelta(clocks, "h")
    dataset = build({"time": times, "close": np.arange(40.0)})
    assert dataset.frequency == Frequency("B")
    assert set(dataset.frame.index.get_level_values("time").hour) == {16}


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("freq", ["D", "B", "W-MON"])
def test_local_midnights_told_in_utc_are_days_and_weeks(zone: str, freq: str) -> None:
    local = pd.date_range("2023-02-06", periods=60, freq=freq, tz=zone)
    times = local.tz_convert("UTC").tz_localize(None)
    dataset = build({"time": times, "value": np.arange(60.0)})
    assert (dataset.num_rows, dataset.num_filled) == (60, 0)
    assert dataset.frequency.unit in ("day", "business day", "week")
    assert np.isin(np.diff(dataset.frame.index.get_level_values("time").to_numpy())
                   / np.timedelta64(1, "D"), (1, 2, 3, 7)).all()  # fmt: skip


def test_readings_around_half_past_are_not_torn_to_both_hours() -> None:
    scatter = pd.to_timedelta(np.random.default_rng(1).integers(-60, 60, 200), "s")
    times = pd.date_range("2024-01-01 00:30", periods=200, freq="h") + scatter
    dataset = build({"time": times, "value": np.arange(200.0)})
    assert (dataset.frequency.alias, dataset.num_rows, dataset.num_filled) == ("h", 200, 0)
    assert set(dataset.frame.index.get_level_values("time").minute) == {30}


NO_ALIASES = [
    "S-h-1111100", "DOM-0", "DOM-15-1", "C-0000000", "T-0-0-20240101", "T-28-35-20241399",
    "S-x-1111100-0900-1000", "0DOM-1",
]  # fmt: skip


@pytest.mark.parametrize("alias", NO_ALIASES)
def test_aliases_that_mean_nothing(alias: str) -> None:
    assert read_own(alias) is None


RULES = ["SMS-15", "SME-15", "BME", "BMS", "2BME", "BQE-NOV", "BYE-DEC", "WOM-1MON", "LWOM-TUE",
         "3WOM-3FRI"]  # fmt: skip


@given(st.sampled_from(RULES), st.integers(0, 20_000))
@settings(deadline=None)
def test_rules_of_months_are_those_of_pandas(alias: str, day: int) -> None:
    first = pd.Timestamp("1965-01-01") + pd.Timedelta(days=day)
    times = pd.date_range(first, periods=30, freq=alias).as_unit("ns")
    numbers = times.to_numpy().astype(np.int64)
    grid = build_grid(Frequency(alias), numbers)
    ordinals = grid.to_ordinals(numbers)
    assert np.diff(ordinals).tolist() == [1] * 29
    assert list(grid.to_times(ordinals)) == list(numbers)


PAYDAYS = {
    "SME-15": lambda day: day.day == 15 or day.is_month_end,
    "SMS-15": lambda day: day.day in (1, 15),
    "DOM-15": lambda day: day.day == 15,
}


@pytest.mark.parametrize("alias", PAYDAYS)
@pytest.mark.parametrize("is_late", [False, True])
def test_paydays_that_are_shifted_at_weekends(alias: str, is_late: bool) -> None:
    days = [day for day in pd.date_range("2019-03-01", periods=900) if PAYDAYS[alias](day)]
    shifted = [
        day + pd.offsets.BDay(0) if is_late else pd.offsets.BDay().rollback(day) for day in days
    ]
    dataset = build({"day": pd.DatetimeIndex(shifted), "value": np.arange(float(len(days)))})
    assert dataset.frequency.alias == alias
    assert list(dataset.frame.index.get_level_values("time")) == days


@pytest.mark.parametrize(
    ("freq", "label"),
    [("60MS", "Every 5 years"), ("6MS", "Every 6 months"), ("24ME", "Every 2 years")],
)
def test_months_that_are_years_are_called_so(freq: str, label: str) -> None:
    times = pd.date_range("1900-01-01", periods=20, freq=freq)
    dataset = build({"time": times, "value": np.arange(20.0)})
    assert (dataset.frequency.alias, dataset.frequency.label) == (freq, label)


def test_one_week_of_an_exchange_goes_on_with_monday() -> None:
    times = CALENDARS["an exchange"][0]("2024-01-01", 5 * 14)
    dataset = build({"time": times, "value": np.arange(70.0)})
    (following,) = dataset.frequency.times_after(times[-1], 1)
    assert following == pd.Timestamp("2024-01-08 09:30")


def test_a_year_of_53_weeks_begins_the_turns_anew() -> None:
    lengths = [28, 28, 35] * 7 + [28, 28, 42] + [28, 28, 35] * 6
    times = pd.Timestamp("2019-02-02") + pd.to_timedelta(np.cumsum([0, *lengths]), unit="D")
    dataset = build({"time": times, "value": np.arange(float(len(times)))})
    assert dataset.frequency.label == "Periods of 4, 4 and 5 weeks"
    assert (dataset.num_rows, dataset.num_filled) == (len(times), 0)
    assert any("moved" in note for note in dataset.notes)
    following = [times[-1] + pd.Timedelta(days=days) for days in (28, 56, 91)]
    assert list(dataset.frequency.times_after(times[-1], 3)) == following
