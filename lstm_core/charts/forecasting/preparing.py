"""Values before and after something is done to them: what changes is marked."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL
from lstm_core.charts.core.selection import keep_extremes

MOST_POINTS = 2_000
MOST_MARKS = 500


def draw_before_after(table: pd.DataFrame, before: str = "observed") -> go.Figure:
    """Draw one line as it is read, and mark where it was otherwise, or nothing was known.

    Args:
        table: ``timestamp, before, after`` of one line in order; ``before`` is NaN where nothing
            was observed.
        before: what values were before.
    """
    line = table.rename(columns={"after": "value"}).assign(filled=table["before"].isna())
    kept = line.iloc[keep_extremes(line, MOST_POINTS)]
    changed = table[table["before"] != table["after"]]
    changed = changed.iloc[:: max(1, -(-len(changed) // MOST_MARKS))]
    known = changed.dropna(subset=["before"])
    figure = go.Figure(
        go.Scatter(
            x=kept["timestamp"], y=kept["value"], mode="lines", name="as it is read",
            line={"color": ACTUAL, "width": 1.5},
        )
    )  # fmt: skip
    for rows, column, name, colour, symbol in (
        (known, "before", before, FORECAST, "x"),
        (changed, "after", "put in its place", MODEL, "circle"),
    ):
        if len(rows):
            figure.add_scatter(
                x=rows["timestamp"],
                y=rows[column],
                mode="markers",
                name=name,
                marker={"color": colour, "symbol": symbol, "size": 7},
            )
    place_names(figure, 280)
    return figure
