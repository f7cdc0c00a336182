"""What comes back after how many steps: autocorrelation and periodogram."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL

HEIGHT = 260
MOST_BARS = 400
"""More lags are drawn as a line."""

_BAND = 0.12


def draw_autocorrelation(values: np.ndarray, bound: float, seasons: Sequence[int]) -> go.Figure:
    """Draw how alike values are that lie so many steps apart.

    Args:
        values: ``(lags,)`` from lag 1 on, each from -1 to 1.
        bound: what chance alone stays within, in 95 of 100 cases.
        seasons: lags that are marked.
    """
    lags = np.arange(1, len(values) + 1)
    figure = go.Figure()
    figure.add_hrect(
        y0=-bound, y1=bound, fillcolor=ACTUAL, opacity=_BAND, line_width=0, layer="below"
    )
    hover = "%{x} apart: %{y:.2f}<extra></extra>"
    if len(values) > MOST_BARS:
        line = {"color": MODEL, "width": 1.5}
        figure.add_trace(go.Scatter(x=lags, y=values, mode="lines", line=line))
    else:
        figure.add_trace(go.Bar(x=lags, y=values, marker_color=MODEL, marker_line_width=0))
    figure.update_traces(hovertemplate=hover)
    _mark(figure, [season for season in seasons if season <= len(values)])
    _lay_out(figure, "steps apart", "correlation")
    figure.update_yaxes(range=[min(-0.1, float(np.min(values, initial=0.0)) * 1.1), 1.05])
    return figure


def draw_periodogram(periods: np.ndarray, power: np.ndarray, seasons: Sequence[int]) -> go.Figure:
    """Draw how much of the ups and downs goes by each period.

    Args:
        periods: ``(frequencies,)`` in steps. ``power``: of each, a share of the whole.
        seasons: periods that are marked.
    """
    line = {"color": MODEL, "width": 1.5}
    figure = go.Figure(
        go.Scatter(
            x=periods,
            y=power,
            mode="lines",
            line=line,
            hovertemplate="every %{x:.4~g} steps: %{y:.1%}<extra></extra>",
        )
    )
    _mark(figure, seasons, is_log=True)
    _lay_out(figure, "steps until it comes back", "share of the ups and downs")
    figure.update_xaxes(type="log", dtick=1 if _spans_decades(periods) else None)
    figure.update_yaxes(rangemode="tozero", tickformat="~%")
    return figure


def _spans_decades(periods: np.ndarray) -> bool:
    return len(periods) > 0 and float(np.max(periods)) / float(np.min(periods)) >= 100


def _mark(figure: go.Figure, seasons: Sequence[int], *, is_log: bool = False) -> None:
    for season in seasons:
        figure.add_vline(x=season, line={"color": FORECAST, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=np.log10(season) if is_log else season,  # lines are placed by values, words are not
            y=1,
            yref="y domain",
            yanchor="bottom",
            text=f"{season}",
            showarrow=False,
            font={"size": 12, "color": FORECAST},
        )


def _lay_out(figure: go.Figure, across: str, up: str) -> None:
    place_names(figure, HEIGHT)
    figure.update_layout(showlegend=False, bargap=0.2, xaxis_title=across, yaxis_title=up)
