"""Texts as inputs: which of many are told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns.derived import (
    may_be_category,
    name_columns,
    read_column,
    read_levels,
)
from tests.data.tables import build


def make_cities(num_rows: int = 400) -> pd.Series:
    """Forty cities, the first ones more often; in the second half one more, which is the most."""
    ranks = np.random.default_rng(0).geometric(0.15, num_rows).clip(max=40)
    names = [f"city {rank:02d}" for rank in ranks]
    half = num_rows // 2
    return pd.Series([*names[:half], *(["late"] * half)], name="city", dtype="str")


def test_of_many_texts_the_most_frequent_of_the_first_half_are_columns() -> None:
    column = make_cities()
    assert read_levels(column) is None
    counts = column.iloc[:200].value_counts()
    names = name_columns(column, 5)
    assert names == tuple(sorted(f"city = {city}" for city in counts.index[:5]))
    assert "city = late" not in name_columns(column, 100)
    found = read_column(column.to_frame(), names[0])
    assert found.sum() == (column == names[0].removeprefix("city = ")).sum()


def test_fewer_levels_can_be_told_apart_than_there_are() -> None:
    column = pd.Series(["a", "b", "c", "a", "b", "a"] * 10, name="x", dtype="str")
    assert name_columns(column) == ("x = a", "x = b", "x = c")
    assert name_columns(column, 2) == ("x = a", "x = b")


def test_texts_that_never_come_again_are_no_levels() -> None:
    column = pd.Series([f"note {number}" for number in range(200)], name="x", dtype="str")
    assert name_columns(column) == ("x",)


def test_a_column_of_many_texts_is_an_input_where_a_person_says_so() -> None:
    column = make_cities()
    columns = {
        "day": pd.date_range("2024-01-01", periods=400),
        "sales": np.arange(400.0),
        "city": column,
    }
    assert build(columns, targets=("sales",)).roles.past_covariates == ()
    dataset = build(columns, targets=("sales",), past_covariates=("city",), levels=3)
    assert len(dataset.roles.past_covariates) == 3
    assert (dataset.frame.iloc[200:, 1:] == 0).all(axis=None)  # all others are one
    told = next(note for note in dataset.notes if "different texts" in note)
    assert "the 3 most frequent are inputs, and all others are one." in told
    # newer data, read with what is filled in, give the same columns
    newer = build(
        {name: list(values)[250:] for name, values in columns.items()},
        targets=("sales",),
        past_covariates=dataset.roles.past_covariates,
    )
    assert newer.roles == dataset.roles


@pytest.mark.parametrize(
    ("num_levels", "is_offered"), [(12, False), (13, True), (50, True), (51, False)]
)
def test_a_column_of_rather_many_texts_is_taken_by_itself_where_so_many_are_told_apart(
    num_levels: int, is_offered: bool
) -> None:
    """As it is written by default, it is left out, and a word says what could be done."""
    kinds = [f"kind {row * 7 % num_levels:02d}" for row in range(400)]
    days = pd.date_range("2024-01-01", periods=400)
    columns = {"day": days, "sales": np.arange(400.0) ** 0.5, "kind": kinds}
    assert may_be_category(pd.Series(kinds)) == is_offered
    dataset = build(columns, targets=("sales",))
    assert len(dataset.roles.past_covariates) == (12 if num_levels == 12 else 0)
    told = any("can be told apart where that is asked for" in note for note in dataset.notes)
    assert told == is_offered
    dataset = build(columns, targets=("sales",), levels=50)
    if num_levels > 50:
        assert dataset.roles.past_covariates == ()
        return
    assert len(dataset.roles.past_covariates) == num_levels
    if num_levels > 12:
        said = f'Looked at as well, up to now: "kind" ({num_levels} kinds).'
        assert said in dataset.notes
    filled = {"past_covariates": dataset.roles.past_covariates, "levels": 50}
    again = build(columns, targets=("sales",), **filled)
    assert again.fingerprint == dataset.fingerprint
