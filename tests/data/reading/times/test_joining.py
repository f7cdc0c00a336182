"""Times in several columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Question
from lstm_core.data.reading.times import join_times, parse_times
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

HOURS = pd.date_range("2024-01-05", periods=96, freq="h")
QUARTERS = pd.date_range("2024-01-05", periods=192, freq="15min")
HALVES = pd.date_range("2024-01-05", periods=96, freq="30min")
MONTHS = pd.date_range("2019-01-01", periods=40, freq="MS")
DAYS = pd.date_range("2023-12-20", periods=60)
WEEKS = pd.date_range("2019-12-30", periods=60, freq="7D")
ISO = WEEKS.isocalendar()


def join(columns: Mapping[str, object], **said: object) -> SourceTable:
    frame = pd.DataFrame(dict(columns))
    return join_times(SourceTable(frame, "table.csv"), ReadingPlan.model_validate(said))


def check(columns: Mapping[str, object], times: pd.DatetimeIndex, **said: object) -> SourceTable:
    table = join({**columns, "value": np.arange(len(times)) * 1.5}, **said)
    names = list(columns)
    assert list(table.frame.columns) == [" ".join(names), "value"], table.frame.columns
    assert table.frame[" ".join(names)].tolist() == times.tolist()
    assert table.plan.times == tuple(names)
    assert table.remarks[0].kind == "joined_times"
    return table


def text(values: object) -> pd.Series:
    return pd.Series(list(values), dtype="str")  # type: ignore[call-overload]


CLOCKS: dict[str, tuple[str, pd.DatetimeIndex, object]] = {
    "text": ("Time", HOURS, text(HOURS.strftime("%H:%M"))),
    "text with seconds": ("Uhrzeit", HOURS, text(HOURS.strftime("%H:%M:%S"))),
    "twelve hours": ("Time", HOURS, text(HOURS.strftime("%I:%M %p"))),
    "dots": ("Uhrzeit", HOURS, text(HOURS.strftime("%H.%M"))),
    "a name that says nothing": ("x", HOURS, text(HOURS.strftime("%H:%M"))),
    "hours from 0": ("hour", HOURS, HOURS.hour),
    "hours from 1": ("Hour", HOURS, HOURS.hour + 1),
    "German hours": ("Stunde", HOURS, HOURS.hour),
    "hours with a letter": ("HE", HOURS, text(f"H{hour + 1:02}" for hour in HOURS.hour)),
    "stretches of hours": ("Hours", HOURS, text(f"{h:02} - {h + 1:02}" for h in HOURS.hour)),
    "stretches of clocks": ("Hours", HOURS, text(f"{h:02}:00-{h + 1:02}:00" for h in HOURS.hour)),
    "compact": ("time", QUARTERS, QUARTERS.hour * 100 + QUARTERS.minute),
    "compact with zeros": ("time", QUARTERS, text(QUARTERS.strftime("%H%M"))),
    "compact to the second": ("time", QUARTERS, QUARTERS.hour * 10_000 + QUARTERS.minute * 100),
    "half hours": ("Settlement Period", HALVES, HALVES.hour * 2 + HALVES.minute // 30 + 1),
    "quarter hours": ("PTU", QUARTERS, QUARTERS.hour * 4 + QUARTERS.minute // 15 + 1),
    "part of a day": ("Time", HOURS, HOURS.hour / 24),
}


@pytest.mark.parametrize("form", CLOCKS)
@pytest.mark.parametrize("is_typed", [True, False])
def test_a_date_and_a_clock(form: str, is_typed: bool) -> None:
    name, times, clocks = CLOCKS[form]
    dates: object = times.normalize() if is_typed else text(times.strftime("%Y-%m-%d"))
    check({"date": dates, name: clocks}, times)


def test_a_compact_date_and_a_compact_clock() -> None:
    dates = QUARTERS.year * 10_000 + QUARTERS.month * 100 + QUARTERS.day
    check({"date": dates, "time": QUARTERS.hour * 100 + QUARTERS.minute}, QUARTERS)


def test_24_o_clock_is_the_end_of_its_day() -> None:
    ends = HOURS + pd.Timedelta(hours=1)
    clocks = text("24:00" if at.hour == 0 else f"{at:%H:%M}" for at in ends)
    check({"date": HOURS.normalize(), "time": clocks}, ends)


def test_a_date_an_hour_and_a_minute() -> None:
    columns = {"date": QUARTERS.normalize(), "hour": QUARTERS.hour, "minute": QUARTERS.minute}
    check(columns, QUARTERS)


PARTS: dict[str, tuple[pd.DatetimeIndex, dict[str, object]]] = {
    "months": (MONTHS, {"Year": MONTHS.year, "Month": MONTHS.month}),
    "month names": (MONTHS, {"Year": MONTHS.year, "Month": text(MONTHS.strftime("%B"))}),
    "short month names": (MONTHS, {"year": MONTHS.year, "m": text(MONTHS.strftime("%b"))}),
    "German": (MONTHS, {"Jahr": MONTHS.year, "Monat": MONTHS.month}),
    "Spanish": (MONTHS, {"Año": MONTHS.year, "Mes": MONTHS.month}),
    "French": (MONTHS, {"Année": MONTHS.year, "Mois": MONTHS.month}),
    "quarters": (MONTHS[::3], {"year": MONTHS[::3].year, "quarter": MONTHS[::3].quarter}),
    "named quarters": (
        MONTHS[::3],
        {"Year": MONTHS[::3].year, "Qtr": text(f"Q{at.quarter}" for at in MONTHS[::3])},
    ),
    "weeks": (WEEKS, {"year": ISO.year.to_numpy("int64"), "week": ISO.week.to_numpy("int64")}),
    "days": (DAYS, {"year": DAYS.year, "month": DAYS.month, "day": DAYS.day}),
    "days of the year": (DAYS, {"year": DAYS.year, "doy": DAYS.day_of_year}),
    "hours": (
        HOURS,
        {"YEAR": HOURS.year, "MONTH": HOURS.month, "DAY": HOURS.day, "HOUR": HOURS.hour},
    ),
    "minutes": (
        QUARTERS,
        {
            "year": QUARTERS.year,
            "month": QUARTERS.month,
            "day": QUARTERS.day,
            "hour": QUARTERS.hour,
            "minute": QUARTERS.minute,
        },
    ),
    "clocks": (
        QUARTERS,
        {
            "year": QUARTERS.year,
            "month": QUARTERS.month,
            "day": QUARTERS.day,
            "time": text(QUARTERS.strftime("%H:%M")),
        },
    ),
}


@pytest.mark.parametrize("form", PARTS)
def test_parts_of_a_date(form: str) -> None:
    times, columns = PARTS[form]
    check(columns, times)


def test_several_series_repeat_what_is_joined() -> None:
    frame = {
        "date": HOURS.normalize().repeat(3),
        "hour": HOURS.hour.repeat(3),
        "shop": ["a", "b", "c"] * len(HOURS),
        "sales": np.arange(len(HOURS) * 3),
    }
    table = join(frame)
    assert list(table.frame.columns) == ["date hour", "shop", "sales"]
    assert table.frame["date hour"].nunique() == len(HOURS)


def test_where_stretches_end_is_no_series() -> None:
    ends = text((HOURS + pd.Timedelta(minutes=59)).strftime("%H:%M"))
    starts = text(HOURS.strftime("%H:%M"))
    table = join({"DATE": HOURS.normalize(), "START TIME": starts, "END TIME": ends, "use": 1.0})
    assert list(table.frame.columns) == ["DATE START TIME", "use"]
    assert "END TIME" in table.remarks[1].sentence
    again = join_times(
        SourceTable(pd.DataFrame({"DATE": HOURS.normalize(), "START TIME": starts,
                                  "END TIME": ends, "use": 1.0}), "t"), table.plan,
    )  # fmt: skip
    assert list(again.frame.columns) == list(table.frame.columns)


@pytest.mark.parametrize(
    "extra",
    [{"month": DAYS.month}, {"hour": DAYS.hour}, {"Year": DAYS.year, "Month": DAYS.month},
     {"start": text(["08:30", "17:15"] * 30)}, {"Run Time": text(["30:00", "31:10"] * 30)},
     {"period": np.arange(60) % 48 + 1}],
)  # fmt: skip
def test_a_column_of_whole_dates_stays_alone(extra: dict[str, object]) -> None:
    table = join({"date": DAYS, **extra, "value": np.arange(60) * 1.5})
    assert list(table.frame.columns) == ["date", *extra, "value"]
    assert not table.remarks
    assert table.plan.times is None


def test_dates_that_repeat_by_shop_are_not_joined_with_a_value() -> None:
    frame = {"date": DAYS.repeat(3), "shop": [1, 2, 3] * 60, "hours open": [8, 9, 10] * 60,
             "sales": np.arange(180)}  # fmt: skip
    assert list(join(frame).frame.columns) == list(frame)


@pytest.mark.parametrize("name", ["hours", "wait time", "hour"])
def test_hours_worked_are_no_clock(name: str) -> None:
    hours = np.random.default_rng(1).integers(1, 10, 180)
    frame = {"date": DAYS.repeat(3), "who": ["a", "b", "c"] * 60, name: hours}
    assert list(join(frame).frame.columns) == list(frame)


@pytest.mark.parametrize("value", ["sales", "Months in stock", "weekday"])
def test_years_with_a_value_stay_years(value: str) -> None:
    frame = {"Year": np.arange(1960, 2020), value: np.arange(60) % 7 + 1.5}
    assert list(join(frame).frame.columns) == ["Year", value]


@pytest.mark.parametrize("first", ["day", "month"])
@pytest.mark.parametrize("taken", ["day", "month"])
def test_clocks_decide_which_of_day_and_month_comes_first(first: str, taken: str) -> None:
    dates = text(HOURS.strftime("%d/%m/%Y" if first == "day" else "%m/%d/%Y")).rename("Date")
    asked, parsed = parse_times(dates), parse_times(dates, ReadingPlan(date_order=taken))
    assert asked is not None
    assert parsed is not None
    question = asked.questions[0]
    choices = sorted(question.choices, key=lambda choice: choice.value != taken)
    question = Question(question.item, question.sentence, tuple(choices))
    frame = pd.DataFrame({"Date": parsed.values, "Time": text(HOURS.strftime("%H:%M")), "v": 1.0})
    table = join_times(SourceTable(frame, "t", questions=(question,)), ReadingPlan())
    assert table.frame["Date Time"].tolist() == HOURS.tolist()
    assert not table.questions
    assert table.plan.date_order == first


def test_a_plan_names_the_columns() -> None:
    frame = {"date": DAYS, "at": text(["08:30"] * 60), "v": np.arange(60)}
    assert list(join(frame).frame.columns) == list(frame)
    told = join(frame, times=["date", "at"])
    assert told.frame["date at"].tolist() == (DAYS + pd.Timedelta("8h30min")).tolist()
    with pytest.raises(DataError, match="make no time together"):
        join(frame, times=["date", "v"])
    hours = {"date": HOURS.normalize(), "hour": HOURS.hour, "v": 1.0}
    assert list(join(hours, times=["date"]).frame.columns) == list(hours)


def test_what_was_found_is_found_again_from_the_plan() -> None:
    frame = {"date": HOURS.normalize(), "hour": HOURS.hour, "v": 1.0}
    found = join(frame)
    again = join_times(SourceTable(pd.DataFrame(frame), "t"), found.plan)
    pd.testing.assert_frame_equal(found.frame, again.frame)


def test_summer_time_in_a_date_and_a_clock() -> None:
    local = pd.date_range("2024-10-26", periods=72, freq="h", tz="UTC").tz_convert("Europe/Berlin")
    naive = local.tz_localize(None)
    table = join({"date": naive.normalize(), "time": text(naive.strftime("%H:%M")), "v": 1.0})
    assert table.frame["date time"].diff().dropna().nunique() == 1
    assert table.remarks[-1].kind == "dst"


@pytest.mark.parametrize("minutes", [60, 10, 7])
def test_clocks_without_a_date_are_counted(minutes: int) -> None:
    times = pd.date_range("2024-01-05 06:00", periods=300, freq=f"{minutes}min")
    frame = {"time": text(times.strftime("%H:%M")), "value": np.arange(300) * 0.5}
    table = join(frame)
    assert table.frame["time"].tolist() == list(range(300))
    (question,) = table.questions
    assert question.item == "data.reading.time_form"
    _check_choices(frame, question, minutes)


def _check_choices(frame: Mapping[str, object], question: Question, minutes: int) -> None:
    counted, dated = (join(frame, time_form=choice.value) for choice in question.choices)
    assert not counted.questions
    assert not dated.questions
    assert counted.frame["time"].dtype == "int64"
    steps = dated.frame["time"].diff().dropna().unique()
    assert steps.tolist() == [pd.Timedelta(minutes=minutes)]


def test_clocks_of_no_order_are_left_alone() -> None:
    clocks = text(np.random.default_rng(1).permutation(HOURS.strftime("%H:%M").to_numpy()))
    table = join({"time": clocks, "value": np.arange(96)})
    assert table.frame["time"].tolist() == clocks.tolist()


cells = st.one_of(
    st.lists(st.text(max_size=12), min_size=4, max_size=4).map(text),
    st.lists(st.integers(-5, 30_000), min_size=4, max_size=4),
    st.lists(st.floats(), min_size=4, max_size=4),
    st.lists(st.sampled_from(["2024-01-05", "2024-01-06", "", "00:00", "24:00"]), min_size=4,
             max_size=4).map(text),
    st.lists(st.datetimes(pd.Timestamp("1800-01-01"), pd.Timestamp("2200-01-01")), min_size=4,
             max_size=4).map(pd.DatetimeIndex),
)  # fmt: skip
names = st.sampled_from(["date", "time", "hour", "Year", "Month", "day", "week", "value", "<b>"])


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(names, cells, min_size=1, max_size=5))
def test_any_table_is_joined_or_left_alone_quietly(columns: dict[str, object]) -> None:
    table = join(columns)
    assert len(table.frame) == 4
