"""Which mark the decimals have: proven, voted or asked."""

from __future__ import annotations

import pytest

from lstm_core.data.reading.values.reading import read_values
from tests.data.reading.values.reading_rows import (
    find_question,
    find_remark,
    kinds_of,
    make_rows,
    read,
)

DECIMAL = "data.reading.decimal"


def test_thousands_or_decimals_is_asked_with_both_results() -> None:
    table = read({"v": ["1.000", "2.001", "3.002"]}, ";")

    question = find_question(table, DECIMAL)
    assert question is not None
    assert [choice.value for choice in question.choices] == [",", "."]
    assert "2.001 is 2001" in question.choices[0].gives
    assert "2.001 is 2.001" in question.choices[1].gives
    assert table.frame["v"].tolist() == [1000, 2001, 3002]


@pytest.mark.parametrize(
    ("cells", "separator", "values"),
    [
        (["100,125", "100,250", "100,500"], ";", [100.125, 100.25, 100.5]),
        (["12,345", "13,456", "14,567"], ",", [12345, 13456, 14567]),
        (["1.234", "1.345", "1.456"], ",", [1.234, 1.345, 1.456]),
        (["40.000", "40.011", "999"], ";", [40000, 40011, 999]),
    ],
)
def test_likelier_reading_comes_first(
    cells: list[str], separator: str, values: list[float]
) -> None:
    table = read({"v": cells}, separator)

    question = find_question(table, DECIMAL)
    assert question is not None
    assert table.frame["v"].tolist() == values
    again = read({"v": cells}, separator, decimal=question.choices[1].value)
    assert find_question(again, DECIMAL) is None
    assert again.frame["v"].tolist() != values


@pytest.mark.parametrize("decimal", [".", ","])
def test_answer_is_obeyed_and_not_asked_again(decimal: str) -> None:
    table = read({"v": ["1.000", "2.001"]}, ";", decimal=decimal)

    assert table.questions == ()
    assert table.frame["v"].tolist() == ([1.0, 2.001] if decimal == "." else [1000, 2001])


def test_no_mark_between_thousands_is_obeyed() -> None:
    assert read({"v": ["1.000", "2.001"]}, ";", thousands="").frame["v"].tolist() == [1.0, 2.001]


def test_another_column_proves_the_mark() -> None:
    table = read({"open": ["1.000", "2.001"], "proof": ["1,5", "2,25"]}, ";")

    assert table.questions == ()
    assert table.frame["open"].tolist() == [1000, 2001]
    assert table.plan.decimal == ","
    assert table.plan.thousands == "."
    assert '"open"' in find_remark(table, "marks").sentence


def test_columns_may_differ_honestly() -> None:
    table = read({"price": ["1.234,50", "1.235,75"], "change": ["0.25%", "-0.10%"]}, ",")

    assert table.frame["price"].tolist() == [1234.5, 1235.75]
    assert table.frame["change"].tolist() == [0.25, -0.10]
    assert table.questions == ()


def test_leading_zero_proves_decimals() -> None:
    table = read({"v": ["0.125", "1.250", "2.375"]}, ";")

    assert table.questions == ()
    assert table.frame["v"].tolist() == [0.125, 1.25, 2.375]


def test_both_marks_in_one_column_are_told() -> None:
    table = read({"v": ["100.0", "103,64", "106.92", "109,52"]}, ";")

    assert table.frame["v"].tolist() == [100.0, 103.64, 106.92, 109.52]
    assert "mixed_marks" in kinds_of(table)


def test_found_plan_reads_the_same_again() -> None:
    columns = {
        "a": ["1.000", "2.001", "-9999"],
        "b": ["1,5", "x", "2,5"],
        "c": ["1.5%", "2.5%", "3.5%"],
    }
    first = read(columns, ";")
    rows = make_rows(columns, ";")
    again = read_values(rows, "table.csv", first.plan)

    assert again.frame.equals(first.frame)
    assert again.questions == ()


def test_a_mark_that_was_said_and_cannot_be_is_told() -> None:
    table = read({"v": ["100,5", "99,25"], "w": ["1.5", "2.5"]}, ";", decimal=".")
    assert table.frame["v"].tolist() == [100.5, 99.25]
    assert find_remark(table, "not_as_said").sentence == (
        'Cells can only be read with a decimal comma, and were, although the point was said: "v".'
    )
