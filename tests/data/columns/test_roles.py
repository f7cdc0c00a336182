"""What is predicted, looked at, known ahead and left out, when nobody said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns.roles import RoleChoice, _settle, choose_roles
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.reading import ReadingPlan
from tests.data.tables import build, make_table

NUM_ROWS, NUM_AHEAD = 80, 7
NAN = float("nan")

Columns = Mapping[str, Sequence[Any]]


def days(count: int = NUM_ROWS) -> list[str]:
    return pd.date_range("2024-01-01", periods=count).strftime("%Y-%m-%d").tolist()


def counts(seed: int = 0, count: int = NUM_ROWS) -> list[float]:
    return np.random.default_rng(seed).poisson(50, count).astype(float).tolist()


def waves(seed: int = 0, count: int = NUM_ROWS) -> list[float]:
    return np.random.default_rng(seed).normal(10, 2, count).round(3).tolist()


def prices(count: int = NUM_ROWS) -> list[float]:
    return [[9.99, 11.49, 10.49][row // 13 % 3] for row in range(count)]


def flags(count: int = NUM_ROWS) -> list[int]:
    return np.random.default_rng(3).integers(0, 2, count).tolist()


def repeat(values: Sequence[Any]) -> list[Any]:
    return [*values] * 3


def ahead(values: Sequence[Any]) -> list[Any]:
    return [*values[:-NUM_AHEAD], *[NAN] * NUM_AHEAD]


def choose(columns: Columns, **spec: Any) -> RoleChoice:
    return choose_roles(make_table(columns), SeriesDataSpec(source="csv", name="t", **spec))


SHOPS = {"date": repeat(days()), "shop": ["a"] * NUM_ROWS + ["b"] * NUM_ROWS + ["c"] * NUM_ROWS}

CASES: dict[str, tuple[Columns, str, tuple[str, ...], tuple[str, ...]]] = {
    # name: columns, the target, past covariates, known-future covariates
    "units, promotion, price": (
        {"date": days(), "Units sold": counts(), "Promotion": flags(), "Price": prices()},
        "Units sold", ("Promotion", "Price"), (),
    ),
    "price that moves each day": (
        {"date": days(), "qty": counts(), "unit_price": waves()}, "qty", ("unit_price",), (),
    ),
    "German": (
        {"Datum": days(), "Absatz": counts(), "Verkaufspreis": waves(1)},
        "Absatz", ("Verkaufspreis",), (),
    ),
    "French": ({"date": days(), "Prix": waves(), "Quantité": counts()}, "Quantité", ("Prix",), ()),
    "Spanish": (
        {"fecha": days(), "precio": waves(), "ventas": counts()}, "ventas", ("precio",), (),
    ),
    "no telling name, but one stands still": (
        {"date": days(), "a": waves(), "b": prices()}, "a", (), (),
    ),
    "shops with units and price": (
        {**SHOPS, "units": [*counts(1), *counts(2), *counts(3)], "price": repeat(prices())},
        "units", ("price",), (),
    ),
    "future rows lack only the units": (
        {"date": days(), "price": waves(), "temperature": waves(1), "amount": ahead(waves(2))},
        "amount", (), ("price", "temperature"),
    ),
    "future rows lack only the price": (
        {"date": days(), "price": ahead(waves()), "demand": counts()}, "price", (), ("demand",),
    ),
    "future rows of shops": (
        {**SHOPS, "x": repeat(ahead(waves())), "promo": repeat(flags()), "y2": repeat(waves(4))},
        "x", (), ("promo", "y2"),
    ),
    "true and false": (
        {"date": days(), "units": waves(), "open": [bool(each) for each in flags()]},
        "units", ("open",), (),
    ),
    "yes and no": (
        {"date": days(), "units": waves(), "promo": [["no", "yes"][each] for each in flags()]},
        "units", ("promo",), (),
    ),
    "weather": (
        {"date": days(), "v": waves(), "weather": (["sun", "rain", "snow"] * NUM_ROWS)[:NUM_ROWS]},
        "v", ("weather",), (),
    ),
    "two numbers": (
        {"date": days(), "v": waves(), "state": [[2, 9][each] for each in flags()]},
        "v", ("state",), (),
    ),
    "what counts, names or repeats the date": (
        {"id": range(NUM_ROWS), "date": days(), "v": waves(), "customer_id": counts(5),
         "month": [int(day[5:7]) for day in days()], "const": [3] * NUM_ROWS,
         "row no": range(5, 5 + 2 * NUM_ROWS, 2)},
        "v", (), (),
    ),
    "prices of shares": (
        {"Date": days(), "Close/Last": waves(1), "Volume": counts(), "Open": waves(2),
         "High": waves(3), "Low": waves(4)},
        "Close/Last", (), (),
    ),
    "prices of shares, by another name": (
        {"Date": days(), "Price": waves(1), "Open": waves(2), "High": waves(3), "Vol.": counts()},
        "Price", (), (),
    ),
    "rarely sold": (
        {"date": days(), "sales": [0.0, 0.0, 0.0, 3.0, 0.0, 5.0, 0.0, 0.0] * 10, "temp": waves()},
        "sales", (), (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_what_is_predicted_and_what_helps(kind: str) -> None:
    columns, target, past, known = CASES[kind]
    choice = choose(columns)
    assert choice.spec.targets == (target,)
    assert choice.is_clear, choice
    assert (choice.spec.past_covariates, choice.spec.known_future_covariates) == (past, known)


@pytest.mark.parametrize("kind", CASES)
def test_every_column_has_a_part_or_a_word(kind: str) -> None:
    columns, *_ = CASES[kind]
    choice = choose(columns)
    data, said = choice.spec, " ".join(choice.notes)
    placed = {*data.targets, *data.covariates, data.time, data.series}
    assert [name for name in columns if name not in placed and f'"{name}"' not in said] == []


@pytest.mark.parametrize("kind", CASES)
def test_the_order_of_columns_and_rows_changes_nothing(kind: str) -> None:
    columns, target, past, known = CASES[kind]
    table = make_table(dict(reversed(columns.items())))
    shuffled = table.frame.iloc[np.random.default_rng(0).permutation(len(table.frame))]
    if "row no" in columns:  # what counts is found in one order or the other
        shuffled = table.frame
    found = choose({name: shuffled[name].tolist() for name in shuffled.columns}).spec
    assert found.targets == (target,)
    assert set(found.past_covariates or ()) == set(past)
    assert set(found.known_future_covariates or ()) == set(known)


@pytest.mark.parametrize(
    ("columns", "guess"),
    [
        ({"date": days(), "a": waves(), "b": waves(1)}, "b"),
        ({"date": days(), "sales": counts(), "revenue": waves()}, "sales"),
        ({"date": days(), "temp": waves(), "humidity": waves(1), "wind": waves(2)}, "wind"),
    ],
)
def test_where_several_qualify_a_person_is_asked(columns: Columns, guess: str) -> None:
    choice = choose(columns)
    assert not choice.is_clear
    assert choice.spec.targets == (guess,)
    assert {guess, *choice.others} == set(columns) - {"date"}
    said = choose(columns, targets=("sales",) if "sales" in columns else (guess,))
    assert said.is_clear
    assert set(said.others) == set(columns) - {"date", *said.spec.targets}


def test_other_columns_to_predict_come_with_the_likeliest_first() -> None:
    choice = choose({"date": days(), "price": waves(1), "units": counts(), "visitors": counts(2)})
    assert choice.spec.targets == ("units",)
    assert choice.others == ("visitors", "price")


@pytest.mark.parametrize("cells", [["yes", "no"], [True, False], [0, 1]])
def test_yes_and_no_alone_are_nothing_to_predict_unasked(cells: list[Any]) -> None:
    columns = {"date": days(), "open": cells * (NUM_ROWS // 2)}
    with pytest.raises(DataError, match="two values, yes and no"):
        choose(columns)
    assert choose(columns, targets=("open",)).spec.targets == ("open",)


def test_a_column_that_ended_long_ago_is_not_awaited() -> None:
    ended = [*waves()[:30], *[NAN] * (NUM_ROWS - 30)]
    assert not choose({"date": days(), "a": ended, "b": waves(1), "c": waves(2)}).is_clear


def test_one_row_ahead_is_not_known_ahead() -> None:
    choice = choose({"date": days(), "v": [*waves()[:-1], NAN], "promo": flags()})
    assert choice.spec.targets == ("v",)
    assert choice.spec.past_covariates == ("promo",)


def test_an_empty_list_means_no_column() -> None:
    columns = {"date": days(), "v": ahead(waves()), "promo": flags()}
    none = choose(columns, past_covariates=(), known_future_covariates=())
    assert none.spec.covariates == ()
    assert none.notes == ('Not used: "promo".',)
    assert choose(columns, known_future_covariates=()).spec.past_covariates == ("promo",)


def build_weather(levels: Sequence[Any], **spec: Any) -> Dataset:
    cells = ([*levels] * NUM_ROWS)[:NUM_ROWS]
    return build({"date": days(), "v": waves(), "weather": cells}, targets=("v",), **spec)


def test_a_category_is_a_column_for_each_of_its_levels() -> None:
    dataset = build_weather(["sun", "rain", "snow"])
    names = ["weather = rain", "weather = snow", "weather = sun"]
    assert list(dataset.roles.past_covariates) == names
    assert dataset.frame[names].to_numpy()[:3].tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_newer_data_gives_the_columns_that_were_trained_with() -> None:
    names = build_weather(["sun", "rain", "snow"]).roles.past_covariates
    newer = build_weather(["sun", "hail"], past_covariates=names, known_future_covariates=())
    assert newer.roles.past_covariates == names
    assert newer.frame[list(names)].to_numpy()[:2].tolist() == [[0, 0, 1], [0, 0, 0]]


def test_an_empty_cell_of_a_category_is_a_gap() -> None:
    dataset = build_weather(["sun", "rain", None])
    assert dataset.roles.past_covariates == ("weather = rain",)
    assert dataset.frame["weather = rain"].tolist()[:3] == [0, 1, 1]
    assert any(note.startswith('26 gaps in "weather = rain" filled') for note in dataset.notes)


def test_text_of_many_kinds_is_left_out_by_name() -> None:
    notes = [f"note {row}" for row in range(NUM_ROWS)]
    choice = choose({"date": days(), "v": waves(), "note": notes})
    assert choice.notes == ('Not used: "note" (text of too many kinds).',)
    with pytest.raises(DataError, match=r'"note" can.t be a covariate'):
        choose({"date": days(), "v": waves(), "note": notes}, past_covariates=("note",))


def test_what_is_the_same_in_a_series_is_left_out_by_name() -> None:
    region = ["n"] * NUM_ROWS + ["s"] * 2 * NUM_ROWS
    size = [100.0] * NUM_ROWS + [250.0] * NUM_ROWS + [90.0] * NUM_ROWS
    choice = choose({**SHOPS, "v": repeat(waves()), "region": region, "size": size})
    assert choice.spec.targets == ("v",)
    assert choice.notes == ('Not used: "region", "size" (the same in all rows of a series).',)


def test_columns_that_tell_series_apart_together() -> None:
    columns = {
        "date": days() * 4,
        "store": ["A"] * 2 * NUM_ROWS + ["B"] * 2 * NUM_ROWS,
        "item": ([1] * NUM_ROWS + [2] * NUM_ROWS) * 2,
        "units": [*waves(1), *waves(2), *waves(3), *waves(4)],
    }
    dataset = build(columns)
    assert dataset.roles.series == "store / item"
    assert dataset.series_names == ["A / 1", "A / 2", "B / 1", "B / 2"]
    assert not any("averaged" in note for note in dataset.notes)
    assert dataset.frame.loc["B / 1", "units"].tolist() == waves(3)
    assert build(columns, series="store / item").series_names == dataset.series_names


def test_gaps_of_a_flag_known_ahead_are_filled_with_a_flag() -> None:
    promo = [1.0 if row % 9 == 0 else NAN if row % 9 in (4, 5) else 0.0 for row in range(NUM_ROWS)]
    dataset = build(
        {"date": days(), "v": ahead(waves()), "promo": promo}, known_future_covariates=("promo",)
    )
    assert set(dataset.frame["promo"]) <= {0.0, 1.0}


def test_rows_without_a_time_are_told_by_line() -> None:
    dates = pd.Series(pd.to_datetime([*days(), None, None]))
    frame = pd.DataFrame({"date": dates, "note": [*["ok"] * NUM_ROWS, "Total", "Mean"]})
    frame["sales"] = [*waves(), 900.0, 10.0]
    rows = Rows(pd.DataFrame(), np.arange(len(frame)) + 2, ReadingPlan())
    table = SourceTable(frame, "t", rows=rows)
    choice = choose_roles(table, SeriesDataSpec(source="csv", name="t"))
    (told,) = [remark for remark in choice.remarks if remark.kind == "without_time"]
    assert told.lines == (NUM_ROWS + 2, NUM_ROWS + 3)
    assert told.sentence == (
        f'2 rows without a readable time left out: line {NUM_ROWS + 2}, "Total" and others.'
    )


def test_what_was_found_beside_what_was_said_is_refused_in_words() -> None:
    """A table that is read otherwise may find its times in a column that had another role."""
    said = {"source": "csv", "name": "t", "time": "day", "series": "day", "targets": ("sales",)}
    with pytest.raises(DataError, match=r'"day" has more than one role.*Give each column one role'):
        _settle(said)
