"""Measures below each other: several series, or a column each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.layouts.arranging import arrange
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

DAYS = pd.date_range("2024-01-01", periods=4)
BELOW = {
    "date": [day for day in DAYS for _ in range(2)],
    "metric": ["price", "units"] * 4,
    "value": [1.5, 400.0, 1.6, 410.0, 1.4, 390.0, 1.5, 405.0],
}


def arranged(columns: dict[str, Any], **plan: Any) -> SourceTable:
    frame = pd.DataFrame(columns)
    rows = Rows(pd.DataFrame(), np.arange(len(frame)) + 2, ReadingPlan())
    return arrange(SourceTable(frame, "t", rows=rows), ReadingPlan(**plan))


def test_measures_of_different_kinds_are_asked_about() -> None:
    table = arranged(BELOW)
    (question,) = table.questions
    assert question.item == "data.reading.layout"
    assert [choice.value for choice in question.choices] == ["long", "measures"]
    assert '"price", "units"' in question.choices[1].gives
    assert arranged(BELOW, layout="long").questions == ()


def test_measures_of_one_kind_are_series() -> None:
    columns = {**BELOW, "value": [1.5, 1.4] * 4}
    assert arranged(columns).questions == ()


def test_each_measure_becomes_a_column() -> None:
    table = arranged(BELOW, layout="measures")
    assert list(table.frame) == ["date", "price", "units"]
    assert table.frame["price"].tolist() == [1.5, 1.6, 1.4, 1.5]
    assert table.frame["date"].tolist() == DAYS.tolist()
    assert table.rows is not None
    assert table.rows.lines.tolist() == [2, 4, 6, 8]
    assert table.questions == ()


def test_order_gaps_and_repeats_stay() -> None:
    columns = {
        "date": [*DAYS[[3, 3, 1, 1, 1, 0]]],
        "metric": ["a", "b", "a", "b", "a", "b"],
        "value": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    }
    frame = arranged(columns, layout="measures").frame
    assert frame["date"].tolist() == [*DAYS[[3, 1, 1, 0]]]
    assert frame["a"].fillna(-1).tolist() == [1, 3, 5, -1]
    assert frame["b"].fillna(-1).tolist() == [2, 4, -1, 6]


def test_a_table_with_a_measure_in_each_row_can_be_turned() -> None:
    columns: dict[str, Any] = {"column 1": ["Revenue", "Margin"]}
    columns |= {f"2024-0{month}": [1000.0 + month, 0.5] for month in range(1, 6)}
    (question,) = arranged(columns).questions
    assert [choice.value for choice in question.choices] == ["wide", "measures"]
    table = arranged(columns, layout="measures")
    assert list(table.frame) == ["time", "Revenue", "Margin"]
    assert table.frame["Revenue"].tolist() == [1001, 1002, 1003, 1004, 1005]


def test_where_there_are_none_it_is_refused() -> None:
    with pytest.raises(DataError, match="names measures"):
        arranged({"date": DAYS, "x": [1.0, 2.0, 3.0, 4.0]}, layout="measures")
