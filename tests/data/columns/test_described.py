"""What each column is for, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.profiling.columns import describe_columns
from lstm_core.spec import SeriesDataSpec
from tests.data.tables import make_table

NUM_DAYS, NUM_AHEAD = 30, 4


def test_every_role_has_its_word() -> None:
    rng = np.random.default_rng(0)
    rows = NUM_DAYS * 2
    columns = {
        "date": [*pd.date_range("2024-01-01", periods=NUM_DAYS)] * 2,
        "shop": ["a"] * NUM_DAYS + ["b"] * NUM_DAYS,
        "size": [120] * NUM_DAYS + [80] * NUM_DAYS,
        "article_id": rng.integers(1_000, 9_000, rows),
        "weather": rng.choice(["rain", "sun", "snow"], rows),
        "holiday": rng.choice(["yes", "no"], rows),
        "comment": [f"text {number}" for number in range(rows)],
        "units": rng.normal(50, 5, rows),
    }
    for name in ("weather", "units"):
        ahead = np.arange(rows) % NUM_DAYS >= NUM_DAYS - NUM_AHEAD
        columns[name] = pd.Series(columns[name]).mask(ahead)
    table = make_table(columns)
    choice = choose_roles(table, SeriesDataSpec(source="csv", name="t"))
    found = describe_columns(table, choice)
    assert {column.name: column.role for column in found} == {
        "date": "time",
        "shop": "id",
        "size": "describes the series",
        "article_id": "id",
        "weather": "known only afterwards",
        "holiday": "known in advance",
        "comment": "ignore",
        "units": "target",
    }
    types = {column.name: column.type for column in found}
    assert (types["date"], types["holiday"], types["units"]) == ("time", "flag", "number")
    assert {column.name: column.missing for column in found}["units"] == 2 * NUM_AHEAD
