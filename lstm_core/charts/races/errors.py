"""A race: errors with their spread, against what they cost."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, LINES, label_name

COSTS = {
    "seconds": ("training time of one run", " s"),
    "num_parameters": ("trainable weights", ""),
}
"""Column of the table, title of the axis, and its unit."""

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")


def draw_race(
    errors: pd.DataFrame,
    cost: str,
    labels: Sequence[str],
    measure: str,
    baseline: tuple[str, float] | None = None,
) -> go.Figure:
    """Draw each contestant's mean error, and a bar from its best to its worst seed.

    Down and to the left is better.

    Args:
        errors: ``label, error, seconds, num_parameters`` of each run.
        cost: the column for the axis below, one of ``COSTS``; of many sizes, so its axis is
            logarithmic.
        labels: of all contestants, so that each keeps its colour while results come in.
        measure: what errors are in, such as ``"MASE"``.
        baseline: name and error of the best rule of thumb, drawn across.
    """
    title, unit = COSTS[cost]
    figure = go.Figure()
    for place, label in enumerate(labels):
        own = errors[(errors["label"] == label) & errors[cost].notna()]
        if len(own):
            _add_contestant(figure, place, own, cost, unit)
    if baseline is not None:
        name, error = baseline
        figure.add_hline(
            y=error,
            name=label_name(name),
            showlegend=True,
            line={"color": ACTUAL, "width": 1.5, "dash": "dash"},
            layer="below",
        )
    place_names(figure, 400)
    figure.update_layout(
        showlegend=True,
        hovermode="closest",
        hoverlabel_namelength=-1,  # never cut
    )
    figure.update_xaxes(
        title_text=title, type="log", ticksuffix=unit, nticks=5, tickangle=0, showgrid=False
    )
    figure.update_yaxes(title_text=f"error ({measure})")
    return figure


def _add_contestant(figure: go.Figure, place: int, own: pd.DataFrame, cost: str, unit: str) -> None:
    mean = own["error"].mean()
    at = own[cost].iloc[0]
    figure.add_trace(
        go.Scatter(
            x=[at],
            y=[mean],
            name=label_name(str(own["label"].iloc[0])),
            mode="markers",
            marker={
                "color": LINES[place % len(LINES)],
                "size": 13,
                "symbol": _SYMBOLS[place // len(LINES) % len(_SYMBOLS)],
            },
            error_y={
                "type": "data",
                "array": [own["error"].max() - mean],
                "arrayminus": [mean - own["error"].min()],
                "thickness": 2,
                "width": 7,
            },
            hovertemplate=f"%{{y:.4g}} over {len(own)} seeds<br>%{{x:,.4g}}{unit}",
        )
    )
