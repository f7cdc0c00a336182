"""Rows of numbers as lines, thinned to be drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.palette import LINES, label_name

MOST_POINTS = 400
"""Of a longer signal, the smallest and the largest value of each stretch."""

MOST_CHANNELS = len(LINES)

_MOST_LOOKED_AT = 100_000
"""Steps that tell which channel is the liveliest."""


def make_channel_traces(
    values: np.ndarray, channels: Sequence[str], colours: Sequence[str], width: float
) -> list[go.Scatter]:
    """Return a line for each of the first channels, thinned to be drawn.

    Args:
        values: ``(steps, channels)``, finite. ``channels``: a name for each.
    """
    traces = []
    for place, name in enumerate(channels[:MOST_CHANNELS]):
        steps, shown = thin_out(values[:, place])
        traces.append(
            go.Scatter(
                x=steps,
                y=shown,
                name=label_name(name),
                mode="lines",
                line={"color": colours[place % len(colours)], "width": width},
                hovertemplate="%{y:.4g}",
            )
        )
    return traces


def choose_channel(values: np.ndarray) -> int:
    """Return the channel in which most happens, of ``(steps, channels)``: it stands for all."""
    return int(values[:_MOST_LOOKED_AT].std(axis=0).argmax()) if len(values) else 0


def thin_out(values: np.ndarray, most: int = MOST_POINTS) -> tuple[np.ndarray, np.ndarray]:
    """Return steps and values, at most ``most``, that look like all of them do."""
    steps = np.arange(len(values))
    if len(values) <= most:
        return steps, values
    parts = np.array_split(steps, most // 2)
    kept = [
        place
        for part in parts
        for place in sorted((part[np.argmin(values[part])], part[np.argmax(values[part])]))
    ]
    places = np.array(kept, dtype=np.int64)
    return places, values[places]
