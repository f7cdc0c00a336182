"""The data before training: what is known, what stands out, and which part is kept for what."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.gaps import add_known, name_gaps_once
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import FORECAST, LINES, label_name
from lstm_core.charts.forecasting.forecast import NUMBER_FORMAT
from lstm_core.charts.forecasting.parts import PARTS

_HEIGHT = 280
_TINT = 0.2
_RING_PIXELS = 11


def draw_preview(table: pd.DataFrame, parts: pd.DataFrame | None = None) -> go.Figure:
    """Draw ``series, timestamp, value, filled``, one line a series.

    Args:
        table: with a column ``stands_out`` too, those values are marked.
        parts: ``part, start, end``: stretches that are shaded; none: they are not known.
    """
    figure = go.Figure()
    groups = table.groupby("series", sort=False, observed=True)
    for number, (name, rows) in enumerate(groups):
        colour = LINES[number % len(LINES)]
        add_known(figure, rows, label_name(str(name)), colour=colour, width=2)
    has_gaps = name_gaps_once(figure)
    has_outliers = "stands_out" in table and bool(table["stands_out"].any())
    if has_outliers:
        _mark_outliers(figure, table[table["stands_out"]])
    if parts is not None:
        _shade_parts(figure, parts)
    has_parts = len(figure.layout.shapes) > 0
    place_names(figure, _HEIGHT)
    figure.update_layout(
        showlegend=has_gaps or has_outliers or has_parts or len(groups) > 1, hovermode="closest"
    )
    figure.update_layout(hoverlabel_namelength=-1)  # never cut
    figure.update_yaxes(hoverformat=NUMBER_FORMAT)
    return figure


def _mark_outliers(figure: go.Figure, rows: pd.DataFrame) -> None:
    figure.add_trace(
        go.Scatter(
            x=rows["timestamp"],
            y=rows["value"],
            name="stands out",
            mode="markers",
            marker={
                "symbol": "circle-open",
                "size": _RING_PIXELS,
                "color": FORECAST,
                "line": {"width": 2},
            },
        )
    )


def _shade_parts(figure: go.Figure, parts: pd.DataFrame) -> None:
    for part, start, end in parts[["part", "start", "end"]].itertuples(index=False):
        colour, words = PARTS[part]
        figure.add_vrect(
            x0=start,
            x1=end,
            fillcolor=colour,
            opacity=_TINT,
            line_width=0,
            layer="below",
            name=words,
            showlegend=True,
        )
