"""``03/04/2024``: proven, weighed, or asked."""

from __future__ import annotations

import pandas as pd
import pytest

from lstm_core.data.reading.times import ParsedTimes, parse_times
from lstm_core.spec.reading import ReadingPlan

ITEM = "data.reading.date_order"


def read(cells: list[str], plan: ReadingPlan | None = None) -> ParsedTimes:
    parsed = parse_times(pd.Series(cells, name="day", dtype="str"), plan)
    assert parsed is not None
    return parsed


def write(times: pd.DatetimeIndex, form: str) -> list[str]:
    return list(times.strftime(form))


@pytest.mark.parametrize("mark", ["/", "-", " "])
@pytest.mark.parametrize("first", ["day", "month"])
def test_firsts_of_months_are_monthly_in_either_order(mark: str, first: str) -> None:
    months = pd.date_range("2019-01-01", periods=40, freq="MS")
    form = f"%d{mark}%m{mark}%Y" if first == "day" else f"%m{mark}%d{mark}%Y"
    parsed = read(write(months, form))
    assert parsed.values.tolist() == months.tolist()
    assert parsed.date_order == first
    assert not parsed.questions


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%m/%d/%Y"])
def test_a_few_firsts_of_months_are_asked_about_and_taken_as_such(form: str) -> None:
    months = pd.date_range("2021-01-01", periods=5, freq="MS")
    parsed = read(write(months, form))
    assert parsed.values.tolist() == months.tolist()
    assert [question.item for question in parsed.questions] == [ITEM]
    assert len({choice.gives for choice in parsed.questions[0].choices}) == 2
    assert parsed.questions[0].choices[0].value == parsed.date_order


def test_each_choice_gives_what_it_says() -> None:
    cells = ["04/05/2024", "05/05/2024", "08/05/2024"]
    (question,) = read(cells).questions
    for choice in question.choices:
        parsed = read(cells, ReadingPlan(date_order=choice.value))
        assert not parsed.questions
        at = parsed.values.iloc[0]
        assert choice.gives.startswith(f"{at.day} {at:%B %Y}")


def test_days_that_leave_out_weekends_are_days_and_not_months() -> None:
    parsed = read(["01/05/2024", "01/08/2024", "01/09/2024"])
    assert parsed.values.dt.month.tolist() == [1, 1, 1]


def test_dots_have_the_day_first() -> None:
    parsed = read(["05.01.2024", "06.01.2024", "07.01.2024"])
    assert parsed.values.dt.day.tolist() == [5, 6, 7]
    assert not parsed.questions


def test_one_proof_far_down_decides() -> None:
    cells = ["01/02/2024"] * 2_000 + ["13/02/2024"]
    parsed = read(cells)
    assert parsed.date_order == "day"
    assert not parsed.questions


def test_a_spreadsheet_that_turned_the_first_twelve_days_round() -> None:
    days = pd.date_range("2024-01-05", periods=90)
    cells = [
        f"{day:%d/%m/%Y}" if day.day > 12 else f"{day.month}/{day.day}/{day.year}" for day in days
    ]
    parsed = read(cells)
    assert parsed.values.tolist() == days.tolist()
    assert "mixed_date_order" in [remark.kind for remark in parsed.remarks]


def test_irregular_days_are_not_turned_round() -> None:
    days = pd.DatetimeIndex(["2024-01-03", "2024-01-19", "2024-02-02", "2024-02-05", "2024-02-28",
                             "2024-03-07", "2024-03-11", "2024-04-30"])  # fmt: skip
    assert read(write(days, "%d/%m/%Y")).values.tolist() == days.tolist()


def test_an_impossible_day_is_named() -> None:
    cells = [*write(pd.date_range("2024-01-05", periods=40), "%d/%m/%Y"), "32/13/2026"]
    parsed = read(cells)
    (remark,) = [remark for remark in parsed.remarks if remark.kind == "unreadable_times"]
    assert "32/13/2026" in remark.sentence
    assert remark.lines == (41,)


def test_a_year_of_two_digits_may_come_first() -> None:
    days = pd.date_range("2024-01-25", periods=30)
    assert read(write(days, "%y-%m-%d")).values.tolist() == days.tolist()


def test_a_plan_is_obeyed_where_it_can_be() -> None:
    days = pd.date_range("2024-03-01", periods=12)
    cells = write(days, "%m/%d/%Y")
    swapped = read(cells, ReadingPlan(date_order="day"))
    assert swapped.values.dt.day.tolist() == [3] * 12
    proven = read(write(pd.date_range("2024-03-01", periods=40), "%m/%d/%Y"),
                  ReadingPlan(date_order="day"))  # fmt: skip
    assert proven.values.iloc[-1] == pd.Timestamp("2024-04-09")


def test_two_orders_in_one_column_are_told_apart_by_their_neighbours() -> None:
    days = pd.date_range("2024-01-05", periods=90)
    cells = [*write(days[:45], "%d/%m/%Y"), *write(days[45:], "%m/%d/%Y")]
    parsed = read(cells)
    assert parsed.values.tolist() == days.tolist()
    assert [remark.kind for remark in parsed.remarks] == ["mixed_date_order"]


@pytest.mark.parametrize("form", ["%y%m%d", "%d%m%Y", "%m%d%Y", "%d%m%y"])
@pytest.mark.parametrize("is_text", [True, False])
def test_dates_without_marks(form: str, is_text: bool) -> None:
    days = pd.date_range("2024-01-05", periods=90)
    cells = write(days, form)
    column = pd.Series(cells if is_text else [int(cell) for cell in cells], name="date")
    parsed = parse_times(column)
    assert parsed is not None
    assert parsed.values.tolist() == days.tolist()
    assert parse_times(column.rename("sales")) is None or not is_text
