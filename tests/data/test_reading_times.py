"""Times and names of series as everyday programs write them: small files, whole ways."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.read import read_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from lstm_core.spec import SeriesDataSpec


def read(header: str, rows: Iterable[str]) -> Dataset:
    content = "\n".join([header, *rows, ""]).encode()
    return build_dataset(
        read_table(content, "table.csv"), SeriesDataSpec(source="csv", name="table.csv")
    )


def number(times: Iterable[str]) -> list[str]:
    return [f"{time},{row * 37 % 23}.5" for row, time in enumerate(times)]


def first_and_last(dataset: Dataset) -> tuple[str, str]:
    times = dataset.frame.index.get_level_values("time")
    return str(times[0]), str(times[-1])


def list_next(dataset: Dataset, count: int = 1) -> list[str]:
    times = dataset.frame.index.get_level_values("time")
    return [str(time) for time in dataset.frequency.times_after(times[-1], count)]


@pytest.mark.parametrize("num_rows", [40, 57, 120])
@pytest.mark.parametrize("separator", ["/", "-"])
def test_the_first_of_each_month_is_no_twelve_days_a_year(num_rows: int, separator: str) -> None:
    months = pd.date_range("2012-01-01", periods=num_rows, freq="MS")
    dataset = read("day,v", number(months.strftime(f"%d{separator}%m{separator}%Y")))
    assert dataset.frequency.alias == "MS"
    assert dataset.num_rows == num_rows
    assert dataset.num_filled == 0


def test_twelve_days_that_could_be_months_stay_days() -> None:
    days = pd.date_range("2012-03-01", periods=12)
    assert read("day,v", number(days.strftime("%m/%d/%Y"))).frequency.alias == "D"


@pytest.mark.parametrize("form", ["%b-%y", "%d/%m/%y"])
def test_years_of_two_digits_are_not_far_ahead(form: str) -> None:
    months = pd.date_range("1950-01-01", periods=150, freq="MS")
    dataset = read("day,v", number(months.strftime(form)))
    assert first_and_last(dataset)[1].startswith("1962-06")
    near = pd.date_range("2019-01-01", periods=40, freq="MS")
    assert first_and_last(read("day,v", number(near.strftime(form))))[1].startswith("2022-04")


@pytest.mark.parametrize("form", ["%Y-%m-%d {}:00", "%d/%m/%Y {}:00", "%Y-%m-%dT{}:00:00"])
def test_24_o_clock_is_midnight_of_the_next_day(form: str) -> None:
    hours = [
        f"{day:{form.format(f'{hour:02}')}}"
        for day in pd.date_range("2023-05-14", periods=20)
        for hour in range(1, 25)
    ]
    dataset = read("time,v", number(hours))
    assert (dataset.num_rows, dataset.num_filled) == (480, 0)
    assert first_and_last(dataset) == ("2023-05-14 01:00:00", "2023-06-03 00:00:00")


@pytest.mark.parametrize("names", ["Date,Time", "Datum,Uhrzeit"])
def test_a_date_and_a_clock_are_one_time(names: str) -> None:
    rows = [
        f"{day:%d/%m/%Y},{hour:02}:30"
        for day in pd.date_range("2023-05-01", periods=20)
        for hour in range(24)
    ]
    dataset = read(f"{names},v", number(rows))
    assert (dataset.frequency.alias, dataset.num_rows) == ("h", 480)
    assert dataset.roles.time == names.replace(",", " ")
    assert len(dataset.series_names) == 1
    assert any("read as one time" in note for note in dataset.notes)


def test_a_clock_beside_whole_days_stays_a_column() -> None:
    days = pd.date_range("2023-05-01", periods=30).strftime("%Y-%m-%d")
    table = read_table(
        "\n".join(["date,opens,v", *number(f"{day},09:30" for day in days)]).encode(), "t"
    )
    assert list(table.frame.columns) == ["date", "opens", "v"]


def test_one_clock_across_summer_time_stays_that_clock() -> None:
    days = pd.bdate_range("2021-03-01", periods=60)
    rows = [f"{day:%Y-%m-%d} 16:00:00-0{5 if day < pd.Timestamp('2021-03-14') else 4}:00"
            for day in days]  # fmt: skip
    dataset = read("time,close", number(rows))
    assert (dataset.frequency.alias, dataset.num_rows, dataset.num_filled) == ("B", 60, 0)
    assert list_next(dataset) == ["2021-05-24 16:00:00"]


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York"])
@pytest.mark.parametrize("per_second", [1, 1_000])
def test_local_midnights_in_seconds_are_days(zone: str, per_second: int) -> None:
    days = pd.date_range("2023-01-10", periods=200, tz=zone)
    seconds = [int(day.timestamp()) * per_second for day in days]
    dataset = read("time,v", number(map(str, seconds)))
    assert (dataset.frequency.alias, dataset.num_rows, dataset.num_filled) == ("D", 200, 0)
    assert first_and_last(dataset)[0] == "2023-01-10 00:00:00"


@pytest.mark.parametrize("missing", [(), (7,), (5, 20, 21)])
def test_periods_of_four_weeks_are_no_months(missing: tuple[int, ...]) -> None:
    periods = pd.date_range("2018-01-05", periods=60, freq="28D").delete(list(missing))
    dataset = read("day,v", number(periods.strftime("%Y-%m-%d")))
    assert (dataset.num_rows, dataset.num_filled) == (60, len(missing))
    assert list_next(dataset) == ["2022-08-12 00:00:00"]


@pytest.mark.parametrize(
    ("days", "label", "season"),
    [
        ((0, 1, 2, 3, 4, 5), "Monday to Saturday", 6),
        ((6, 0, 1, 2, 3), "Sunday to Thursday", 5),
        ((1, 2, 3, 4, 5, 6), "Tuesday to Sunday", 6),
        ((0, 1, 3, 4), "Monday, Tuesday, Thursday, Friday", 4),
    ],
)
def test_days_that_are_free_each_week_are_neither_filled_nor_forecast(
    days: tuple[int, ...], label: str, season: int
) -> None:
    worked = [day for day in pd.date_range("2022-01-03", periods=120) if day.day_of_week in days]
    kept = [day for row, day in enumerate(worked) if row != 30]  # and one that is missing
    dataset = read("day,v", number(f"{day:%Y-%m-%d}" for day in kept))
    frequency = dataset.frequency
    assert (frequency.label, frequency.unit, frequency.usual_season) == (label, "day", season)
    assert (dataset.num_rows, dataset.num_filled) == (len(kept), 0)  # taken for a holiday
    times = dataset.frame.index.get_level_values("time")
    assert set(times.day_of_week) == set(days)
    ahead = frequency.times_after(times[-1], 30)
    assert set(ahead.day_of_week) == set(days)
    assert ahead[0] > times[-1]
    again = read("day,v", number(f"{day:%Y-%m-%d}" for day in worked))
    assert Frequency(again.frequency.alias) == frequency
    assert collection_from_bytes(collection_to_bytes(dataset)).frequency == frequency


def test_a_day_that_is_missing_now_and_then_is_a_gap() -> None:
    days = [day for day in pd.date_range("2022-01-03", periods=60) if day.day % 11]
    dataset = read("day,v", number(f"{day:%Y-%m-%d}" for day in days))
    assert dataset.frequency.alias == "D"
    assert dataset.num_filled == 60 - len(days)


def test_zeros_before_the_name_of_a_series_are_kept() -> None:
    days = pd.date_range("2023-01-01", periods=30).strftime("%Y-%m-%d")
    rows = [f"{day},{store}" for store in ("0007", "0012", "1101") for day in days]
    dataset = read("date,store,units", number(rows))
    assert dataset.roles.targets == ("units",)
    assert dataset.series_names == ["0007", "0012", "1101"]
    late = [f"{day},{store}" for store in ("1101", "0007") for day in days]
    assert read("date,store,units", ["", *number(late), ",,"]).series_names == ["0007", "1101"]


@pytest.mark.parametrize("tickers", [["ZZZ"], ["ABC", "XYZ"]])
def test_the_three_header_lines_of_yfinance(tickers: list[str]) -> None:
    fields = [(field, ticker) for field in ("Close", "High", "Low", "Open") for ticker in tickers]
    days = pd.bdate_range("2021-03-01", periods=40).strftime("%Y-%m-%d")
    generator = np.random.default_rng(0)
    cells = [",".join(map(str, generator.normal(50, 1, len(fields)).round(3))) for _ in days]
    lines = [
        "Ticker," + ",".join(ticker for _, ticker in fields),
        "Date" + "," * len(fields),
        *(f"{day},{row}" for day, row in zip(days, cells, strict=True)),
    ]
    dataset = read("Price," + ",".join(field for field, _ in fields), lines)
    assert (dataset.frequency.alias, dataset.num_rows) == ("B", 40)
    assert dataset.roles.time == "Date"
    assert dataset.roles.targets[0].startswith("Close")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["$72.50", "$1,072.50", "($3.25)"], [72.5, 1072.5, -3.25]),
        (["5.5%", "-6%", "7%"], [5.5, -6, 7]),
        (["€ 5", "€ 6", "n/a"], [5, 6, np.nan]),
    ],
)
def test_a_currency_is_no_part_of_a_number(cells: list[str], values: list[float]) -> None:
    lines = ["day,v", *(f'2024-01-0{row + 1},"{cell}"' for row, cell in enumerate(cells))]
    table = read_table("\n".join(lines).encode(), "t")
    np.testing.assert_array_equal(table.frame["v"], values)


def test_two_currencies_are_text() -> None:
    table = read_table(b"day,v\n2024-01-01,$5\n2024-01-02,EUR 6\n", "t")
    assert table.frame["v"].tolist() == ["$5", "EUR 6"]
