"""What columns hold, found and said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.table import Rows
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.values.reading import read_values
from lstm_core.spec.reading import ReadingPlan
from tests.data.reading.values.reading_rows import find_remark, kinds_of, read


def test_columns_get_their_types() -> None:
    table = read(
        {
            "day": ["2024-01-05", "2024-01-06", "2024-01-07"],
            "code": ["20240105", "20240106", "20240107"],
            "load": ["1.5", "2.5", "3.5"],
            "open": ["yes", "no", "yes"],
            "note": ["fine", None, "rain"],
            "empty": [None, None, None],
        }
    )

    assert [str(dtype) for dtype in table.frame.dtypes] == [
        "datetime64[ns]", "int64", "float64", "str", "str", "float64",
    ]  # fmt: skip
    assert table.rows is not None
    assert table.rows.frame.empty


def test_types_that_a_person_says_are_obeyed() -> None:
    columns = {
        "id": ["1", "2", "3"],
        "open": ["yes", "no", "yes"],
        "v": ["1", "a", "b"],
        "t": ["2024-01-05", "2024-01-06", "2024-01-07"],
    }

    table = read(columns, types={"id": "text", "open": "flag", "v": "number", "t": "text"})

    assert table.frame["id"].tolist() == ["1", "2", "3"]
    assert table.frame["open"].tolist() == [True, False, True]
    assert table.frame["v"].isna().tolist() == [False, True, True]
    assert "missing_words" in kinds_of(table)
    assert table.frame["t"].tolist() == columns["t"]


@pytest.mark.parametrize(
    "cells",
    [
        [f"{year}Q{quarter}" for year in (2020, 2021) for quarter in (1, 2, 3, 4)],
        ["19-Jan", "19-Feb", "19-Mar", "19-Apr"],
        ["1994-S1", "1994-S2", "1995-S1", "1995-S2"],
    ],
)
def test_times_that_begin_as_numbers_are_times(cells: list[str]) -> None:
    column = read({"period": cells, "v": ["1.5"] * len(cells)}).frame["period"]

    assert str(column.dtype) == "datetime64[ns]"


def test_words_among_times_are_missing_and_told() -> None:
    days = [f"2024-01-{day:02d}" for day in range(5, 15)]

    table = read({"t": [*days, "NULL", "NULL", "-"], "v": [str(day) for day in range(13)]})

    assert str(table.frame["t"].dtype) == "datetime64[ns]"
    assert table.frame["t"].isna().tolist() == [False] * 10 + [True] * 3
    assert '"NULL"' in find_remark(table, "missing_words").sentence


def test_type_that_cannot_be_is_told() -> None:
    table = read({"v": ["a", "b", "c"]}, types={"v": "time"})

    assert '"v"' in find_remark(table, "not_as_said").sentence


def test_typed_columns_keep_their_type() -> None:
    frame = pd.DataFrame(
        {
            "t": pd.date_range("2024-01-05", periods=3, unit="s"),
            "i": pd.array([1, 2, 3], dtype="int32"),
            "n": pd.array([1, None, 3], dtype="Int64"),
            "f": pd.array([1.5, 2.5, None], dtype="Float32"),
            "b": [True, False, True],
            "o": pd.Series([1.5, "rain", None], dtype="object"),
        }
    )

    table = read_values(Rows(frame, np.arange(3), ReadingPlan()), "t.parquet", ReadingPlan())

    assert [str(dtype) for dtype in table.frame.dtypes] == [
        "datetime64[ns]", "int64", "float64", "float64", "bool", "str",
    ]  # fmt: skip


def test_numbers_and_dates_in_one_column_are_told() -> None:
    cells = [str(number) for number in range(10)] + [f"2024-01-{day:02d}" for day in range(10, 20)]

    table = read({"v": cells})

    assert table.frame["v"].tolist() == cells
    assert "nearly_numbers" in kinds_of(table)


def test_what_the_rows_told_is_kept() -> None:
    rows = Rows(
        pd.DataFrame({"v": pd.Series(["1"], dtype="str")}),
        np.arange(1),
        ReadingPlan(),
        remarks=(Remark("encoding", "The text is in some encoding."),),
    )

    assert rows.remarks[0] in read_values(rows, "t.csv", ReadingPlan()).remarks


def test_values_may_be_changed() -> None:
    table = read(
        {"a": ["1", "2"], "b": ["1,5", "2,5"], "c": ["1 kW", "2 kW"], "d": ["1.000,5", "2"]}
    )

    for name in table.frame.columns:
        table.frame.loc[0, name] = 7

    assert table.frame.iloc[0].tolist() == [7, 7, 7, 7]


def test_table_without_rows_is_read() -> None:
    assert read({"a": [], "b": []}).frame.shape == (0, 2)


def test_what_looks_like_a_number_with_a_unit_may_be_a_time() -> None:
    table = read(
        {
            "quarter": ["2020Q1", "2020Q2", "2020Q3", "2020Q4"],
            "half": ["1994-S1", "1994-S2", "1995-S1", "1995-S2"],
            "month": ["19-Jan", "19-Feb", "19-Mar", "19-Apr"],
            "power": ["3kW", "4kW", "5kW", "6kW"],
        }
    )
    kinds = [np.dtype(dtype).kind for dtype in table.frame.dtypes]
    assert kinds[:3] == ["M", "M", "M"]
    assert table.frame["power"].tolist() == [3, 4, 5, 6]
