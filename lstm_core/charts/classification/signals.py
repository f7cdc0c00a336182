"""One signal, small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.palette import LINES
from lstm_core.charts.core.signals import make_channel_traces

_HEIGHT_PIXELS = 150


def draw_signal(values: np.ndarray, channels: Sequence[str]) -> go.Figure:
    """Draw the first channels of an item over its steps.

    Args:
        values: ``(steps, channels)``, finite. ``channels``: a name for each.
    """
    figure = go.Figure(make_channel_traces(values, channels, LINES, width=1.2))
    figure.update_layout(
        height=_HEIGHT_PIXELS,
        margin={"l": 0, "r": 0, "t": 4, "b": 0},
        showlegend=False,
        hovermode="x",
    )
    figure.update_xaxes(showgrid=False, nticks=4)
    figure.update_yaxes(nticks=4)
    return figure
