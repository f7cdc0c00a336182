"""A signal, and which of its steps spoke for a label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lstm_core.charts.classification.marks import AGAINST, FOR
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import LINES
from lstm_core.charts.core.signals import make_channel_traces

MOST_BARS = 240
"""Steps of a longer signal share bars."""

_OPACITY = 0.3


def draw_spoken(
    values: np.ndarray,
    channels: Sequence[str],
    scores: Sequence[float],
    spans: Sequence[tuple[int, int, float]],
) -> go.Figure:
    """Draw an item's channels with coloured stretches behind them, and beneath each step's share.

    Args:
        values: ``(steps, channels)``. ``channels``: a name for each.
        scores: one for each step that was read; above 0 it speaks for the label.
        spans: the stretches that matter: first step, the one behind the last, and what it adds.
    """
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.05, row_heights=[0.7, 0.3])
    traces = make_channel_traces(values, channels, _INKS, width=1.6)
    figure.add_traces(traces, rows=[1] * len(traces), cols=[1] * len(traces))
    figure.update_traces(showlegend=len(channels) > 1)
    largest = max((abs(score) for _, _, score in spans), default=1.0) or 1.0
    for start, stop, score in spans:
        figure.add_vrect(
            x0=start - 0.5,
            x1=stop - 0.5,
            fillcolor=FOR if score > 0 else AGAINST,
            opacity=_OPACITY * (0.3 + 0.7 * abs(score) / largest),
            line_width=0,
            layer="below",
            row=1,
            col=1,
        )
    starts, widths, means = _gather(np.asarray(scores, np.float64))
    for sign, name, colour in ((1, "speaks for it", FOR), (-1, "speaks against it", AGAINST)):
        figure.add_bar(
            x=starts + (widths - 1) / 2,
            y=np.where(sign * means > 0, means, 0.0),
            width=widths,
            name=name,
            marker={"color": colour, "line": {"width": 0}},
            marker_pattern_shape="" if sign > 0 else "/",
            hovertemplate="%{y:+.3f}",
            row=2,
            col=1,
        )
    figure.update_yaxes(zeroline=True, showticklabels=False, row=2, col=1)
    figure.update_xaxes(showgrid=False)
    figure.update_xaxes(title_text="step", row=2, col=1)
    place_names(figure, 360)
    figure.update_layout(hovermode="x", barmode="relative", bargap=0)
    return figure


_INKS = tuple(colour for colour in LINES if colour not in (FOR, AGAINST))
"""Lines don't share a colour with what stands behind them."""


def _gather(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return first steps, widths and mean scores of the bars."""
    parts = np.array_split(np.arange(len(scores)), min(len(scores), MOST_BARS))
    starts = np.array([part[0] for part in parts])
    widths = np.array([len(part) for part in parts])
    return starts, widths, np.array([scores[part].mean() for part in parts])
