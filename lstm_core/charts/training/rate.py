"""What a learning rate range test found: the loss at ever larger rates."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL
from lstm_core.ratios import say_percent

EACH, SMOOTHED, SUGGESTED = "each batch", "smoothed", "suggested"

_ROOM = 1.5
"""How far above the loss at the smallest rates the chart reaches: what explodes hides the rest."""


def draw_rates(table: pd.DataFrame, rate: float) -> go.Figure:
    """Draw the loss over the rate.

    Args:
        table: ``learning_rate, loss, smoothed``, the rates ascending.
        rate: the one to point at.
    """
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=table["learning_rate"],
            y=table["loss"],
            name=EACH,
            mode="markers",
            marker={"color": ACTUAL, "size": 4, "opacity": 0.5},
        )
    )
    figure.add_trace(
        go.Scatter(
            x=table["learning_rate"],
            y=table["smoothed"],
            name=SMOOTHED,
            mode="lines",
            line={"color": MODEL, "width": 3},
        )
    )
    low, high = 0.9 * table["loss"].min(), _ROOM * table["smoothed"].iloc[0]
    figure.add_trace(
        go.Scatter(
            x=[rate, rate],
            y=[low, high],
            name=f"{SUGGESTED}: {rate:g}",
            mode="lines",
            line={"color": FORECAST, "dash": "dash", "width": 2},
        )
    )
    place_names(figure, 300)
    figure.update_layout(
        xaxis={"type": "log", "title": "learning rate", "dtick": 1, "exponentformat": "power"},
        yaxis={"title": "loss", "range": [low, high]},
    )
    return figure


def say_rates(table: pd.DataFrame, rate: float) -> str:
    """Say in a sentence why this rate."""
    smoothed = table["smoothed"].to_numpy()
    best = table["learning_rate"].iloc[int(smoothed.argmin())]
    fall = 1 - smoothed.min() / smoothed[0]
    return (
        f"The loss was least at {best:.1g}, {say_percent(fall)} lower than at the smallest "
        f"rates; a tenth of that, {rate:g}, learns fast and stays clear of where it jumps."
    )
