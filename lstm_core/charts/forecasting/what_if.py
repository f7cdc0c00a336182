"""A forecast with other values of what is known ahead, beside the one that was made before."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.bands import add_band, list_levels, outline_band
from lstm_core.charts.core.gaps import add_known
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST

BEFORE, AFTER = "as it was", "with your values"

HISTORY_HORIZONS = 2
"""How much of the past is drawn, in horizons: the eye is to rest on what changes."""

FEWEST_HISTORY_ROWS = 20

SHADED_LEVEL = 80
"""The range that is shaded, of the new forecast alone: two of them would hide each other."""


def draw_what_if(history: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> go.Figure:
    """Draw one series and target, the old forecast as a ghost.

    Args:
        history: ``timestamp, value, filled``: what is known.
        before, after: rows of two forecasts of the same steps: ``timestamp, value``, and ranges.
    """
    shown = history.tail(max(FEWEST_HISTORY_ROWS, HISTORY_HORIZONS * len(after)))
    now = shown.tail(1)
    figure = go.Figure()
    if SHADED_LEVEL in list_levels(after):
        ends = [_join(now, after, f"{side}_{SHADED_LEVEL}") for side in ("low", "high")]
        outline = outline_band(ends[0][0], ends[0][1], ends[1][1])
        add_band(figure, outline, f"{SHADED_LEVEL}% range", FORECAST, opacity=0.15)
    lines = (
        (_join(now, before, "value"), BEFORE, {"color": ACTUAL, "width": 2, "dash": "dash"}),
        (_join(now, after, "value"), AFTER, {"color": FORECAST, "width": 3}),
    )
    add_known(figure, shown, "actual", colour=ACTUAL, width=2)
    for (times, values), name, line in lines:
        figure.add_trace(go.Scatter(x=times, y=values, name=name, mode="lines", line=line))
    figure.add_vline(x=now["timestamp"].iloc[0], line={"color": ACTUAL, "dash": "dot", "width": 1})
    place_names(figure, 360)
    figure.update_layout(
        hovermode="x unified",
    )
    return figure


def say_change(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Say in a sentence what two forecasts of the same steps come to, by their ``value``."""
    was, now = float(before["value"].mean()), float(after["value"].mean())
    # Across zero, or where it is many times as much, a percentage says nothing.
    says_much = was != 0 and 0 < now / was < 10
    share = f" ({now / was - 1:+.1%})" if says_much else ""
    return f"On average {now:,.4g} a step instead of {was:,.4g}{share}."


def _join(now: pd.DataFrame, forecast: pd.DataFrame, column: str) -> tuple[np.ndarray, np.ndarray]:
    """Return times and values that begin at the last known value."""
    times = np.append(now["timestamp"].to_numpy(), forecast["timestamp"].to_numpy())
    return times, np.append(now["value"].to_numpy(), forecast[column].to_numpy())
