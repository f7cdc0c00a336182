from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tables import disarm, table_from_parquet, table_to_csv, table_to_parquet

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SEPARATORS = (",", ";", "\t")  # a spreadsheet takes the one of its country, or what it guesses


def read_cells(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def with_plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from([*STARTS, *"';,\""])),
        min_size=1,
        max_size=5,
    )
)
def test_no_text_cell_or_header_begins_a_formula(texts: list[str]) -> None:
    table = pd.DataFrame({f"={texts[0]}": texts, "value": range(len(texts))})
    written = table_to_csv(table)
    header, *rows = read_cells(written)
    assert header[0].startswith("'=")
    for (cell, _), text in zip(rows, texts, strict=True):
        assert cell.replace("'", "") == with_plain_lines(text).replace("'", "")
    for separator in SEPARATORS:
        for row in read_cells(written, separator):
            assert not [cell for cell in row if cell.startswith(STARTS)]


@given(st.text())
def test_an_apostrophe_once_is_enough(text: str) -> None:
    assert disarm(disarm(text)) == disarm(text)


@pytest.mark.parametrize("start", STARTS)
def test_a_formula_becomes_text(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    _, (cell,) = read_cells(table_to_csv(pd.DataFrame({"series": [text]})))
    assert cell == f"'{with_plain_lines(text)}"


def test_a_line_within_a_cell_does_not_begin_a_row() -> None:
    table = pd.DataFrame({"series": ["a\r=1+1", "b\n=1+1", "c\r\n=1+1"]})
    assert read_cells(table_to_csv(table)) == [["series"], *([f"{x}\n'=1+1"] for x in "abc")]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_nor_does_a_semicolon_begin_a_cell_in_a_country_that_writes_it(sign: str) -> None:
    table = pd.DataFrame({"step": [1], "series": [f"a;{sign}cmd|' /C calc'!A0"]})
    _, row = read_cells(table_to_csv(table), ";")
    assert row == ["1,a", f"'{sign}cmd|' /C calc'!A0"]


def test_what_begins_no_formula_stays() -> None:
    for text in ("a-b", "a;b", "a, -b", "a,-b", "1;5", "x = y", "süd 😀", "'tis"):
        assert disarm(text) == text


def test_numbers_and_times_stay_as_they_are() -> None:
    table = pd.DataFrame(
        {"value": [-1.5, 2.0], "step": [-1, 1], "time": pd.to_datetime(["2024-02-29"] * 2)}
    )
    assert table_to_csv(table) == "value,step,time\n-1.5,-1,2024-02-29\n2.0,1,2024-02-29\n"


def test_the_given_table_is_not_changed() -> None:
    table = pd.DataFrame({"=a": ["=1"]})
    table_to_csv(table)
    assert table.to_dict("list") == {"=a": ["=1"]}


def test_parquet_gives_the_same_table_back() -> None:
    table = pd.DataFrame(
        {
            "series": ["=north", "süd 😀"],
            "timestamp": pd.to_datetime(["2024-02-29", "2024-03-01"]).as_unit("ns"),
            "actual": [1.25, float("nan")],
            "step": [1, 2],
        }
    )
    pd.testing.assert_frame_equal(table_from_parquet(table_to_parquet(table)), table)
