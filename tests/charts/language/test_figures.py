from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.charts.core.clusters import LINE_END, SPACE
from lstm_core.charts.core.film import LONGEST_TEXT, MOST_ROWS, choose_epochs, list_film
from lstm_core.charts.core.palette import BASELINE, FORECAST, MODEL
from lstm_core.charts.language.alternatives import MOST_BARS, OTHERS, draw_alternatives
from lstm_core.charts.language.breakdowns import draw_breakdown, list_breakdowns

HOSTILE = "<a href=x>$y$"
SAFE = "\u2068&lt;a href=x&gt;&#36;y&#36;\u2069"


def test_the_likeliest_units_have_bars_and_the_others_one() -> None:
    (bars,) = draw_alternatives([HOSTILE, " ", "\n"], [0.5, 0.25, 0.125], chosen=1).data
    assert list(bars.x) == [0.5, 0.25, 0.125, 0.125]
    assert list(bars.marker.color[:2]) == [MODEL, FORECAST]
    figure = draw_alternatives([HOSTILE, " ", "\n"], [0.5, 0.25, 0.25])
    assert list(figure.layout.yaxis.ticktext) == [
        SAFE, f"\u2068{SPACE}\u2069", f"\u2068{LINE_END}\u2069"
    ]  # fmt: skip
    many = draw_alternatives([f"u{number}" for number in range(50)], [0.02] * 50)
    assert len(many.data[0].x) == MOST_BARS + 1
    assert many.layout.yaxis.ticktext[-1] == OTHERS
    assert sum(many.data[0].x) == pytest.approx(1.0)
    assert len(draw_alternatives([], []).data[0].x) == 0


def test_the_film_is_a_row_an_epoch() -> None:
    table = list_film([("", 1, "x" * 900), ("", 2, HOSTILE)])
    assert list(table.columns) == ["epoch", "text"]
    assert len(table["text"][0]) == LONGEST_TEXT
    assert table["text"][1] == HOSTILE
    several = list_film([("small", 1, "a"), ("large", 1, "b")])
    assert list(several.columns) == ["network", "epoch", "text"]
    assert list_film([]).empty


@pytest.mark.parametrize("count", [0, 1, MOST_ROWS, MOST_ROWS + 1, 1_000])
def test_of_many_epochs_the_first_the_last_and_most_of_the_early_ones_are_shown(count: int) -> None:
    chosen = choose_epochs(count)
    assert len(chosen) <= MOST_ROWS
    assert chosen == sorted(set(chosen))
    assert chosen[:1] == [0][:count]
    assert chosen[-1:] == [count - 1][:count]


def make_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("place", "first 100", 10, 2.0, 3.0),
            ("place", "later", 90, 1.0, np.nan),
            ("kind", HOSTILE, 50, 1.0, 2.0),
            ("kind", "letters", 50, 4.0, 5.0),
            ("sign", "letters", 9, 1.0, 1.0),
        ],
        columns=["by", "value", "num", "nats", "counted"],
    )


def test_surprise_stands_beside_that_of_baselines() -> None:
    rows = make_rows()
    assert list_breakdowns(rows) == ["kind", "place"]
    columns = {"nats": "network", "counted": HOSTILE}
    figure = draw_breakdown(rows, "place", columns)
    own, other = figure.data
    assert (own.marker.color, other.marker.color) == (MODEL, BASELINE)
    assert list(own.x) == [2.0, 1.0]
    assert list(other.x) == [3.0, None]
    assert "<a" not in other.name
    kinds = draw_breakdown(rows, "kind", columns)
    assert sorted(kinds.data[0].x) == [1.0, 4.0]
    assert f"{SAFE} (50)" in kinds.layout.yaxis.ticktext
    assert list_breakdowns(rows.iloc[:0]) == []
    assert len(draw_breakdown(rows.iloc[:0], "place", columns).data[0].x) == 0
