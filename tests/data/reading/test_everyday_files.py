"""Files in the style of everyday programs, from bytes to times and values."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable

import pandas as pd
import pytest

from lstm_core.data.reading.read import read_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.reading import ReadingPlan

DAYS = pd.date_range("2024-01-05", periods=30)
HOURS = pd.date_range("2024-01-05", periods=72, freq="h")
MONTHS = pd.date_range("2019-01-01", periods=36, freq="MS")


def read(lines: Iterable[str], encoding: str = "utf-8", target: str | None = None) -> Dataset:
    content = "\n".join([*lines, ""]).encode(encoding)
    spec = SeriesDataSpec(source="csv", name="table.csv", targets=(target,) if target else ())
    return build_dataset(read_table(content, "table.csv"), spec)


def tell(dataset: Dataset) -> tuple[str, str, int]:
    times = dataset.frame.index.get_level_values("time")
    return dataset.frequency.alias, str(times[0]), len(times)


def value(row: int) -> float:
    return row * 37 % 23 + 0.5


@pytest.mark.parametrize("unit", [1, 1000])
def test_seconds_since_1970_in_a_file_without_names(unit: int) -> None:
    seconds = [int(time.timestamp()) * unit for time in HOURS]
    dataset = read(f"{time},{value(row)},{value(row) + 1}" for row, time in enumerate(seconds))
    assert tell(dataset) == ("h", "2024-01-05 00:00:00", 72)


def test_days_in_eight_digits_need_no_name() -> None:
    dataset = read(f"X1,{day:%Y%m%d},TMAX,{value(row)}" for row, day in enumerate(DAYS))
    assert tell(dataset) == ("D", "2024-01-05 00:00:00", 30)
    lines = [f"7;{hour:%Y%m%d%H};{value(row)}" for row, hour in enumerate(HOURS)]
    assert tell(read(["NUM;AAAAMMJJHH;T", *lines]))[0] == "h"


def test_years_months_days_and_hours_without_names() -> None:
    dataset = read(f"{hour:%Y %m %d %H} {row * 7 % 50:5d} -9999" for row, hour in enumerate(HOURS))
    assert tell(dataset) == ("h", "2024-01-05 00:00:00", 72)
    assert list(dataset.frame.columns) == ["column 5"]


def test_years_beside_names_of_months_need_no_name() -> None:
    names = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    words = names.split()
    lines = [f"{m.year};{words[m.month - 1]};{row % 9},5" for row, m in enumerate(MONTHS)]
    assert tell(read(lines)) == ("MS", "2019-01-01 00:00:00", 36)


def test_months_between_two_letters() -> None:
    lines = [f"{row},{m.year}MM{m.month:02d},{value(row)}" for row, m in enumerate(MONTHS)]
    assert tell(read(["ID,Perioden,CPI", *lines])) == ("MS", "2019-01-01 00:00:00", 36)


@pytest.mark.parametrize("form", ["{year}/{month:02d}/{day:02d}", "{year}年{month}月{day}日"])
def test_years_of_the_calendar_of_taiwan(form: str) -> None:
    days = [form.format(year=d.year - 1911, month=d.month, day=d.day) for d in DAYS]
    lines = [f'"{day}","{1000 + row * 7:,}"' for row, day in enumerate(days)]
    dataset = read(['"日期","收盤價"', *lines], encoding="big5")
    assert tell(dataset) == ("D", "2024-01-05 00:00:00", 30)


def test_words_that_recur_say_no_more_of_the_code_page_than_once() -> None:
    lines = [f"{day:%Y.%m.%d},ｶｰﾄﾞ,{value(row)}" for row, day in enumerate(DAYS)]
    dataset = read(["日付,お取引内容,残高", *lines], encoding="cp932")
    assert list(dataset.frame.columns) == ["残高"]


def test_currencies_with_their_amount_name_columns() -> None:
    lines = [f"{d:%d.%m.%Y}|{row},5|{row},25" for row, d in enumerate(DAYS)]
    dataset = read(["Datum|1 EUR|100 JPY", *lines], target="1 EUR")
    assert tell(dataset)[2] == 30


@pytest.mark.parametrize("minutes", [15, 30])
def test_stretches_of_a_day_as_columns(minutes: int) -> None:
    clocks = [f"{m // 60:02d}:{m % 60:02d}" for m in range(0, 24 * 60 + 1, minutes)]
    spans = [f"{begin}-{end}" for begin, end in itertools.pairwise(clocks)]
    lines = [
        ";".join([f"{d:%d/%m/%Y}", *(f"{value(row + at)}" for at in range(len(spans)))])
        for row, d in enumerate(DAYS)
    ]
    for names in (spans, clocks[:-1], [f"HH{at + 1}" for at in range(len(spans))]):
        dataset = read([";".join(["Giorno", *names]), *lines])
        assert tell(dataset) == (f"{minutes}min", "2024-01-05 00:00:00", 30 * len(spans))


def test_a_header_behind_the_mark_of_remarks_below_other_lines() -> None:
    lines = [f"{d:%Y-%m-%d};shop {row};{value(row)};" for row, d in enumerate(DAYS)]
    top = ["A bank;", "", "#Client;", "JANE DOE;", "", "#Day;#What;#Balance;"]
    dataset = read([*top, *lines])
    assert [str(name).lstrip("#") for name in dataset.frame.columns] == ["Balance"]


def test_names_and_units_behind_the_mark_of_remarks() -> None:
    lines = [f"{h:%Y %m %d %H %M}  270  {value(row)}" for row, h in enumerate(HOURS)]
    dataset = read(["#YY  MM DD hh mm WDIR WVHT", "#yr  mo dy hr mn degT m", *lines])
    assert tell(dataset)[0] == "h"
    assert list(dataset.frame.columns) == ["WVHT"]


def test_an_empty_remark_between_names_and_rows() -> None:
    lines = [f"  260,{d:%Y%m%d},{row * 7 % 50:5d}" for row, d in enumerate(DAYS)]
    dataset = read(["# STN,YYYYMMDD,   TG", "# ", *lines])
    assert list(dataset.frame.columns) == ["TG"]


def test_names_stand_above_lines_that_describe_the_columns() -> None:
    lines = [f"{m:%Y-%m};1,{row:02d};" for row, m in enumerate(MONTHS)]
    top = [
        '"";RATE.A;RATE.A_FLAGS',
        ";Reference rate;",
        "Unit;USD;",
        "As of;04.03.2024 10:00:00 h;",
    ]
    dataset = read([*top, *lines])
    assert list(dataset.frame.columns) == ["RATE.A"]
    assert tell(dataset) == ("MS", "2019-01-01 00:00:00", 36)


def test_tables_in_frames_of_drawn_lines() -> None:
    lines = [f"│ {d:%Y-%m-%d} │ {value(row):>6} │" for row, d in enumerate(DAYS)]
    top = ["┌────────────┬────────┐", "│    day     │ amount │", "│    date    │ double │"]
    dataset = read([*top, "├────────────┼────────┤", *lines, "└────────────┴────────┘"])
    assert tell(dataset) == ("D", "2024-01-05 00:00:00", 30)
    assert list(dataset.frame.columns) == ["amount"]


def test_periods_of_a_year_are_months_and_four_are_quarters() -> None:
    lines = [f"{m.year};{m.month:03d};{row},5" for row, m in enumerate(MONTHS)]
    assert tell(read(["Geschäftsjahr;Periode;Kosten", *lines]))[0] == "MS"
    quarters = pd.date_range("2010-01-01", periods=40, freq="QS")
    lines = [f"{q.year};{q.quarter};{row},5" for row, q in enumerate(quarters)]
    table = read_table("\n".join(["Year;Period;Costs", *lines]).encode(), "table.csv")
    assert "Year Period" not in table.frame.columns


def test_seconds_with_a_colon_behind_them() -> None:
    lines = [f"{int(h.timestamp())}: {value(row):.10e}" for row, h in enumerate(HOURS)]
    assert tell(read(["            load", "", *lines])) == ("h", "2024-01-05 00:00:00", 72)


def test_points_within_each_series_of_an_answer_in_json() -> None:
    points = [[int(h.timestamp()), str(value(row))] for row, h in enumerate(HOURS)]
    result = [{"metric": {"host": host}, "values": points} for host in "ab"]
    dataset = read([json.dumps({"data": {"resultType": "matrix", "result": result}})])
    assert tell(dataset) == ("h", "2024-01-05 00:00:00", 144)


def test_objects_in_lines_of_json() -> None:
    lines = [
        json.dumps({"Time": str(h), "ENERGY": {"Power": value(row)}}) for row, h in enumerate(HOURS)
    ]
    assert list(read(lines).frame.columns) == ["ENERGY.Power"]


@pytest.mark.parametrize(
    "months",
    [
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "Jän Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
        "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
        "ian feb mar apr mai iun iul aug sep oct nov dec",
        "Ιαν Φεβ Μαρ Απρ Μάι Ιουν Ιουλ Αύγ Σεπ Οκτ Νοε Δεκ",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
    ],
)
def test_no_row_is_lost_for_the_name_of_its_month(months: str) -> None:
    words = months.split()
    lines = [f"{d.day} {words[d.month - 1]} {d.year};{row},5" for row, d in enumerate(DAYS)]
    assert tell(read(["Day;Value", *lines])) == ("D", "2024-01-05 00:00:00", 30)
    lines = [f"{words[m.month - 1]} {m.year};{row},5" for row, m in enumerate(MONTHS)]
    assert tell(read(["Day;Value", *lines])) == ("MS", "2019-01-01 00:00:00", 36)
    lines = [";".join([str(2000 + row), *(f"{row * 12 + at},5" for at in range(12))])
             for row in range(20)]  # fmt: skip
    assert tell(read([";".join(["Year", *words]), *lines])) == ("MS", "2000-01-01 00:00:00", 240)


def test_a_point_behind_the_year() -> None:
    lines = [f"{d:%d.%m.%Y}.;{row},5" for row, d in enumerate(DAYS)]
    assert tell(read(["Datum;Prodaja", *lines])) == ("D", "2024-01-05 00:00:00", 30)


def test_years_and_months_without_names() -> None:
    lines = [f"{m.year};{m.month:02d};{row},5;1" for row, m in enumerate(MONTHS)]
    assert tell(read(lines)) == ("MS", "2019-01-01 00:00:00", 36)


def test_clocks_with_points_beside_dates_and_six_digits_beside_hours() -> None:
    lines = [f"{h:%d/%m/%Y};{h:%H.%M.%S};{row}" for row, h in enumerate(HOURS)]
    assert tell(read(["Date;Time;Level", *lines])) == ("h", "2024-01-05 00:00:00", 72)
    lines = [f"{h:%y%m%d};{h.hour + 1:02d};{row * 7 % 50}" for row, h in enumerate(HOURS)]
    assert tell(read(["Datum;Stunde;Pkw", *lines])) == ("h", "2024-01-05 00:00:00", 72)


def test_the_four_lines_above_a_loggers_rows() -> None:
    lines = [f'"{h}",{row},12.6,{row * 7 % 50}.5' for row, h in enumerate(HOURS)]
    top = [
        '"TOA5","Station","CR1000","1234","CR1000.Std.32","CPU:a.CR1","5432","Table1"',
        '"TIMESTAMP","RECORD","BattV_Min","AirTC_Avg"',
        '"TS","RN","Volts","Deg C"',
        '"","","Min","Avg"',
    ]
    assert "AirTC_Avg" in read([*top, *lines], target="AirTC_Avg").frame.columns


def test_series_are_told_apart_by_a_word_that_some_have_not() -> None:
    dates = [f"{d.month}/{d.day}/{d:%y}" for d in DAYS]
    places = [",Austria", "Beijing,China", "Hubei,China"]
    lines = [f"{place}," + ",".join(f"{row + 40 * at}" for row in range(len(DAYS)))
             for at, place in enumerate(places)]  # fmt: skip
    dataset = read([f"Province/State,Country/Region,{','.join(dates)}", *lines])
    assert tell(dataset) == ("D", "2024-01-05 00:00:00", 90)


TURN = pd.date_range("2023-12-01", periods=60)


@pytest.mark.parametrize(
    ("name", "form", "days"),
    [
        ("day", "{0:%b} {0.day}", TURN),
        ("day", "{0:%b} {0.day}", TURN[::-1]),
        ("Tag", "{0.day}. {0:%B}", TURN),
        ("Datum", "{0:%d.%m.}", TURN),
        ("date", "{0.month}/{0.day}", TURN),
        ("week", "{0:%d-%b}", pd.date_range("2021-07-04", periods=60, freq="7D")),
    ],
)
def test_dates_without_a_year(name: str, form: str, days: pd.DatetimeIndex) -> None:
    lines = [f"{form.format(day)},{value(row)}" for row, day in enumerate(days)]
    dataset = read([f"{name},v", *lines])
    times = dataset.frame.index.get_level_values("time")
    assert [(time.month, time.day) for time in times] == [(d.month, d.day) for d in sorted(days)]
    assert times[0].year == 2001
    assert any("no year" in note for note in dataset.notes)


def test_months_of_counted_years() -> None:
    dataset = read(["Month,v", *(f"{1 + n // 12}-{n % 12 + 1:02},{value(n)}" for n in range(36))])
    assert tell(dataset) == ("MS", "2001-01-01 00:00:00", 36)
    assert any("year 1" in note for note in dataset.notes)


def test_a_label_of_the_parts_and_when_the_table_was_made_are_no_times_of_their_own() -> None:
    periods = [f"{m.year},M{m.month:02},{m:%Y %b},2024-03-0{m.day}" for m in MONTHS]
    lines = [f"{period},{value(row)}" for row, period in enumerate(periods)]
    dataset = read(["Year,Period,Label,Data as of,v", *lines])
    assert tell(dataset) == ("MS", "2019-01-01 00:00:00", 36)


def test_the_label_beside_a_column_of_years_says_the_month() -> None:
    lines = [f"{m.year},{m:%Y %b},{value(row)}" for row, m in enumerate(MONTHS)]
    assert tell(read(["Year,Label,v", *lines])) == ("MS", "2019-01-01 00:00:00", 36)


def test_a_line_that_ends_the_header_is_above_the_table() -> None:
    above = ["Logger\t2", "Date\t2024/01/05", "***End_of_Header***", "", "Samples\t72\t72"]
    above += ["X0\t0.0\t0.0", "***End_of_Header***\t\t", "X_Value\tVoltage\tCurrent"]
    dataset = read(
        [*above, *(f"\t{value(row)}\t{row % 7}.25" for row in range(72))], "utf-8", "Voltage"
    )
    assert dataset.frame["Voltage"].tolist() == [value(row) for row in range(72)]


def test_the_name_of_an_index_stands_below_the_other_names() -> None:
    lines = [f"{day:%Y-%m-%d}  {value(row):6.2f}  1{row % 7}" for row, day in enumerate(DAYS)]
    table = read_table("\n".join(["             open  close", "date", *lines]).encode(), "t.txt")
    assert list(table.frame.columns) == ["date", "open", "close"]


def test_twelve_columns_without_names_beside_years_are_asked_about() -> None:
    lines = [f"{1950 + y} {' '.join(str(value(12 * y + m)) for m in range(12))}" for y in range(6)]
    content = "\n".join(lines).encode()
    table = read_table(content, "t.txt")
    assert table.frame["value"].tolist() == [value(row) for row in range(72)]
    (question,) = table.questions
    for choice, width in zip(question.choices, (2, 13), strict=True):
        told = read_table(content, "t.txt", ReadingPlan(layout=choice.value))
        assert (len(told.frame.columns), told.questions) == (width, ())


def test_years_with_fractions_beside_the_times_are_not_predicted() -> None:
    dataset = read(
        f"{m.year};{m.month};{m.year + (m.month - 0.5) / 12:.3f};{value(row)};1"
        for row, m in enumerate(MONTHS)
    )
    assert list(dataset.frame.columns) == ["column 4"]


def test_a_year_or_date_that_is_written_once_holds_for_the_rows_below() -> None:
    lines = [f"{m.year if m.month == 1 else ''},{m:%B},{value(n)}" for n, m in enumerate(MONTHS)]
    assert tell(read(["Year,Month,v", *lines])) == ("MS", "2019-01-01 00:00:00", 36)
    lines = [
        f"{h:%d/%m/%Y},{h:%H:%M},{value(n)}" if h.hour == 0 else f",{h:%H:%M},{value(n)}"
        for n, h in enumerate(HOURS)
    ]
    dataset = read(["Date,Hour,v", *lines])
    assert tell(dataset) == ("h", "2024-01-05 00:00:00", 72)
    assert any("what stands above" in note for note in dataset.notes)


def test_lines_that_hold_a_year_alone_belong_to_the_months_below() -> None:
    lines = [
        f"{m.year},\n{m:%B},{n}" if m.month == 1 else f"{m:%B},{n}" for n, m in enumerate(MONTHS)
    ]
    dataset = read(["Month,v", *lines])
    assert tell(dataset) == ("MS", "2019-01-01 00:00:00", 36)
    assert dataset.frame["v"].tolist() == list(range(36))


def test_months_that_are_not_final_keep_their_rows() -> None:
    lines = [f"{m:%Y %B}{'*' if n > 33 else ''};{value(n)}" for n, m in enumerate(MONTHS)]
    assert tell(read(["Perioden;v", *lines])) == ("MS", "2019-01-01 00:00:00", 36)


def test_sentences_among_numbers_are_told_and_stay_out_of_the_plan() -> None:
    lines = [f"{day:%Y-%m-%d},{value(row)}" for row, day in enumerate(DAYS)]
    lines[4] = f"{DAYS[4]:%Y-%m-%d},the meter was being mended that day"
    table = read_table("\n".join(["date,v", *lines]).encode(), "t.csv")
    assert table.frame["v"].isna().sum() == 1
    assert any("the meter was" in note for note in table.notes)
    assert all(len(word) <= 20 for word in table.plan.missing or ())
