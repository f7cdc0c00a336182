"""The column that a careful person would predict."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.spec import SeriesDataSpec
from tests.data.tables import make_table

NUM_ROWS = 40
RNG = np.random.default_rng(11)
WAVES = {number: RNG.normal(50, 5, NUM_ROWS).round(2) for number in range(8)}


def choose(columns: dict[str, Any]) -> RoleChoice:
    dates = pd.date_range("2024-01-01", periods=NUM_ROWS)
    return choose_roles(
        make_table({"date": dates, **columns}), SeriesDataSpec(source="csv", name="t")
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Close/Last", "Volume"], "Close/Last"),
        (["Zuletzt", "Eröffn.", "Hoch", "Tief", "Vol.", "+/- %"], "Zuletzt"),
        (["Price", "Open", "High", "Low", "Vol.", "Change %"], "Price"),
        (["Close AAPL", "Close MSFT", "Volume AAPL", "Volume MSFT"], "Close AAPL"),
        (["Day-ahead Load Forecast [MW]", "Actual Load [MW]"], "Actual Load [MW]"),
        (["MT_001", "MT_002", "MT_003"], "MT_001"),
        (["Umsatz", "Kunden"], "Umsatz"),
        (["Distance", "Avg HR", "Elev Gain"], "Distance"),
        (["temp", "pressure", "Budget"], "pressure"),
        (["Zone 1", "Zone 2", "Temperature"], "Zone 1"),
        (["speed", "latitude", "longitude"], "speed"),
        (["Paid in", "Balance"], "Balance"),
    ],
)
def test_by_name_and_order(names: list[str], expected: str) -> None:
    choice = choose({name: WAVES[number] for number, name in enumerate(names)})
    assert choice.spec.targets == (expected,)
    assert choice.reason


def test_a_total_is_the_sum_of_the_others() -> None:
    parts = {"coal": WAVES[0], "wind": WAVES[1], "sun": WAVES[2]}
    choice = choose({"Total": sum(parts.values()), **parts})
    assert (choice.spec.targets, choice.reason) == (("Total",), "It is the sum of the others.")
    assert choose({"Total": WAVES[4], **parts}).reason != "It is the sum of the others."


def test_columns_that_are_mostly_empty_are_not_predicted() -> None:
    seldom = np.where(np.arange(NUM_ROWS) % 3 == 0, WAVES[1], np.nan)
    assert choose({"a": WAVES[0], "b": seldom}).spec.targets == ("a",)


def test_places_are_none_of_what_helps() -> None:
    choice = choose({"speed": WAVES[0], "lat": WAVES[1], "lon": WAVES[2]})
    assert any('"lat", "lon" (a place)' in note for note in choice.notes)


def test_rows_are_counted_where_nothing_is_a_time() -> None:
    choice = choose_roles(
        make_table({"value": WAVES[0], "kind": ["a", "b"] * (NUM_ROWS // 2)}),
        SeriesDataSpec(source="csv", name="t"),
    )
    assert choice.spec.time == "#row"
    assert [remark.kind for remark in choice.remarks][:1] == ["row_order"]


def test_a_time_that_never_changes_is_not_the_time() -> None:
    dates = pd.date_range("2024-01-01", periods=NUM_ROWS, freq="MS")
    table = make_table({"run_date": [dates[0]] * NUM_ROWS, "contract": dates, "x": WAVES[0]})
    assert choose_roles(table, SeriesDataSpec(source="csv", name="t")).spec.time == "contract"
