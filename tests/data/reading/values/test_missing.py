"""Words and numbers that stand for a missing value."""

from __future__ import annotations

import numpy as np
import pytest

from tests.data.reading.values.reading_rows import (
    find_question,
    find_remark,
    kinds_of,
    read,
    read_column,
)

MISSING = "data.reading.missing"


@pytest.mark.parametrize(
    "word",
    [
        "NA", "N/A", "null", "None", "NaN", "-", "--", "—", ".", "..", "...", "?", ":", "*", "x",
        "ND", "n.a.", "k.A.", "s/d", "#N/A", "#VALUE!", "#DIV/0!", "(null)", "\\N", "missing", "T",
        "M", "unavailable", "欠測",
    ],
)  # fmt: skip
def test_word_among_numbers_is_missing_by_name_and_line(word: str) -> None:
    table = read({"v": ["1.5", word, "2.5", "3.5", word]})

    assert table.frame["v"].isna().tolist() == [False, True, False, False, True]
    remark = find_remark(table, "missing_words")
    assert f'"{word}"' in remark.sentence
    assert "2 cells" in remark.sentence
    assert remark.lines == (3, 6)


def test_word_that_nobody_knows_is_missing_by_name() -> None:
    table = read({"v": [*map(str, range(10)), "1O3", "11"]})

    assert int(table.frame["v"].isna().sum()) == 1
    assert '"1O3"' in find_remark(table, "missing_words").sentence
    assert table.plan.missing == ("1O3",)


def test_word_that_only_a_program_takes_for_a_number_is_a_word() -> None:
    cells = ["1_000", "1000", "1001", "1002", "1003"]

    table = read({"v": cells}, missing=["1_000"])

    assert table.frame["v"].isna().tolist() == [True, False, False, False, False]


def test_countries_stay_text() -> None:
    assert read_column(["NA", "DE", "ZA", "NA"]).tolist() == ["NA", "DE", "ZA", "NA"]


def test_names_of_which_some_are_numbers_stay_text() -> None:
    cells = ["1", "2", "3", "4", "X1"] * 6

    table = read({"shop": cells})

    assert table.frame["shop"].tolist() == cells
    assert '"X1"' in find_remark(table, "nearly_numbers").sentence


def test_column_with_too_many_words_stays_text_and_is_told() -> None:
    cells = [str(number) for number in range(20)] + [f"about {letter}" for letter in "abcdefghij"]

    table = read({"v": cells})

    assert table.frame["v"].tolist() == cells
    remark = find_remark(table, "nearly_numbers")
    assert "20 cells are numbers" in remark.sentence
    assert remark.lines[0] == 22


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["3.1", "-9999", "2.7", "3.3", "3.4"], "-9999"),
        (["21.5", "-99.99", "22.5", "20.5", "-99.99"], "-99.99"),
        (["21.5", "999.9", "22.5", "20.5", "999.9"], "999.9"),
        (["10.5", "-32768", "12.5", "15.5", "11.5"], "-32768"),
        (["10.5", "1e20", "12.5", "15.5", "11.5"], "1e20"),
        (["100", "-999", "120", "130", "110"], "-999"),
        (["10,5", "-99,9", "12,5", "15,5", "-99,9"], "-99.9"),
    ],
)
def test_sentinel_is_missing_told_and_asked(cells: list[str], code: str) -> None:
    table = read({"temp": cells})

    question = find_question(table, MISSING)
    assert question is not None
    assert [float(text) for text in question.choices[0].value] == [float(code)]
    assert question.choices[1].value == []
    assert table.frame["temp"].isna().any()
    remark = find_remark(table, "sentinels")
    assert remark.lines[0] == 3
    kept = read({"temp": cells}, missing=[])
    assert not kept.frame["temp"].isna().any()
    assert kept.questions == ()
    said = read({"temp": cells}, missing=[code])
    assert said.frame["temp"].equals(table.frame["temp"])


@pytest.mark.parametrize(
    "cells",
    [
        ["995", "997", "999", "998", "996"],
        ["-9999", "-5000", "0", "5000", "9000"],
        ["9.99", "19.99", "99.99", "49.99", "29.99"],
        ["97.5", "99.9", "95.5", "99.9", "92.5"],
        ["0", "0", "0", "0", "3", "0", "99", "0"],
        ["1", "2", "3", "999"] * 5,
    ],
)
def test_plausible_value_is_kept(cells: list[str]) -> None:
    table = read({"v": cells})

    assert table.frame["v"].tolist() == [float(cell) for cell in cells]


def test_doubtful_number_is_kept_and_asked() -> None:
    table = read({"v": ["10", "250", "999", "420", "380", "999", "500", "5"]})

    question = find_question(table, MISSING)
    assert question is not None
    assert question.choices[0].value == []
    assert question.choices[1].value == ["999"]
    assert not table.frame["v"].isna().any()


def test_sentinel_of_a_typed_column_is_found() -> None:
    import pandas as pd

    from lstm_core.data.reading.table import Rows
    from lstm_core.data.reading.values.reading import read_values
    from lstm_core.spec.reading import ReadingPlan

    rows = Rows(pd.DataFrame({"v": [1, 2, -9999, 3, 4]}), np.arange(5), ReadingPlan())

    assert read_values(rows, "t.parquet", ReadingPlan()).frame["v"].isna().tolist()[2]


def test_column_of_missing_words_alone_is_empty() -> None:
    table = read({"v": ["-", "NA", "-"], "w": ["1", "2", "3"]})

    assert table.frame["v"].isna().all()
    assert "missing_words" in kinds_of(table)
