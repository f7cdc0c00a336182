"""Which values there are, how they are spread, and what goes with what, so many steps before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import BASELINE, FORECAST, LINES, MODEL, label_name

HEIGHT = 260
ROW_PIXELS = 26
MOST_ROWS = 20
MOST_LINES = 6

_AXIS_PIXELS = 70


def draw_distribution(edges: np.ndarray, counts: np.ndarray) -> go.Figure:
    """Draw a histogram.

    Args:
        edges: ``(bins + 1,)``. ``counts``: ``(bins,)``.
    """
    middles = (edges[:-1] + edges[1:]) / 2
    told = [f"{low:,.5g} to {high:,.5g}" for low, high in pairwise(edges)]
    figure = go.Figure(
        go.Bar(
            x=middles,
            y=counts,
            width=np.diff(edges) * 0.95,
            marker_color=MODEL,
            marker_line_width=0,
            customdata=told,
            hovertemplate="%{customdata}: %{y:,} rows<extra></extra>",
        )
    )
    place_names(figure, HEIGHT)
    figure.update_layout(showlegend=False, xaxis_title="value", yaxis_title="rows")
    return figure


def draw_missing(names: Sequence[str], times: Sequence[object], shares: np.ndarray) -> go.Figure:
    """Draw where values are missing: a row for each column, darker where more are.

    Args:
        names: of the columns (hostile), the first ``MOST_ROWS`` of which are drawn.
        times: where each stretch begins. ``shares``: ``(columns, stretches)`` from 0 to 1.
    """
    shown = [label_name(shorten(name)) for name in names[:MOST_ROWS]]
    figure = go.Figure(
        go.Heatmap(
            x=list(times),
            y=list(range(len(shown))),
            z=shares[: len(shown)],
            zmin=0,
            zmax=1,
            colorscale=[[0, "rgba(14, 154, 167, 0.18)"], [0.001, "#F6C08D"], [1, "#B5560C"]],
            showscale=False,
            ygap=3,
            hovertemplate="%{x}: %{z:.0%} missing<extra></extra>",
        )
    )
    place_names(figure, _AXIS_PIXELS + ROW_PIXELS * len(shown))
    figure.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=shown, autorange="reversed", showgrid=False
    )
    return figure


def draw_lags(correlations: Mapping[str, np.ndarray]) -> go.Figure:
    """Draw how columns go with the target so many steps later.

    Args:
        correlations: by column (hostile), ``(lags,)`` from lag 0 on.
    """
    figure = go.Figure()
    for number, (name, values) in enumerate(list(correlations.items())[:MOST_LINES]):
        figure.add_trace(
            go.Scatter(
                x=np.arange(len(values)),
                y=values,
                name=label_name(shorten(name)),
                mode="lines+markers" if len(values) < 3 else "lines",
                line={"color": _COLOURS[number], "width": 2},
                hovertemplate="%{x} before: %{y:.2f}",
            )
        )
    place_names(figure, HEIGHT)
    figure.update_layout(
        hovermode="x unified",
        showlegend=True,
        xaxis_title="steps before the target",
        yaxis_title="correlation",
        yaxis_range=[-1.05, 1.05],
    )
    return figure


_COLOURS = (MODEL, FORECAST, LINES[2], BASELINE, *LINES[4:])
