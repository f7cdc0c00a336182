"""How sure it was beside how often it was right."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, MODEL


def draw_reliability(table: pd.DataFrame) -> go.Figure:
    """Draw the share that is right over the certainty; on the diagonal, both agree.

    Args:
        table: ``low, high, num, certainty, right, lowest, highest``, a row for each bin.
    """
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            name="as sure as right",
            mode="lines",
            line={"color": ACTUAL, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=table["certainty"],
            y=table["right"],
            name="this model",
            mode="lines+markers",
            line={"color": MODEL, "width": 2},
            marker={"size": 9},
            error_y={
                "type": "data",
                "array": table["highest"] - table["right"],
                "arrayminus": table["right"] - table["lowest"],
                "thickness": 1.2,
                "width": 4,
            },
            customdata=table[["num", "low", "high"]].to_numpy(),
            hovertemplate="%{customdata[0]:,} items, %{customdata[1]:.0%} to "
            "%{customdata[2]:.0%} sure<br>right: %{y:.0%}<extra></extra>",
        )
    )
    place_names(figure, 380)
    figure.update_layout(hovermode="closest")
    lowest = min(float(table["low"].min()), 0.5)
    figure.update_xaxes(
        title_text="how sure it was", tickformat=".0%", range=[lowest - 0.02, 1.02], showgrid=False
    )
    figure.update_yaxes(title_text="how often it was right", tickformat=".0%", range=[-0.02, 1.04])
    return figure
