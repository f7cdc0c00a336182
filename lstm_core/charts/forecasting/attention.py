"""How much each step of the last window counted, over the values that it was given."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lstm_core.charts.core.gaps import make_known_traces
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, MODEL


def draw_attention(history: pd.DataFrame, attention: pd.DataFrame) -> go.Figure:
    """Draw one series and target's window, and beneath it the weights of its steps.

    Args:
        history: ``timestamp, value, filled``.
        attention: ``timestamp, weight`` of its steps.
    """
    window = history[history["timestamp"] >= attention["timestamp"].iloc[0]]
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.04, row_heights=[0.6, 0.4])
    given = make_known_traces(window, "what it was given", colour=ACTUAL, width=2)
    figure.add_traces(given, rows=1, cols=1)
    figure.add_bar(
        x=attention["timestamp"],
        y=attention["weight"],
        name="how much it counted",
        marker={"color": MODEL},
        hovertemplate="%{y:.1%}<extra></extra>",
        row=2,
        col=1,
    )
    figure.update_yaxes(tickformat="~%", rangemode="tozero", row=2, col=1)
    place_names(figure, 360)
    figure.update_layout(
        bargap=0.1,
    )
    return figure


def say_attention(attention: pd.DataFrame) -> str:
    """Say in a sentence how many steps half of the attention lies on."""
    heaviest = attention["weight"].sort_values(ascending=False).cumsum()
    count = int((heaviest < 0.5).sum()) + 1
    share = count / len(attention)
    if share > 0.4:
        return "It looks at the whole window about evenly."
    steps = "one step" if count == 1 else f"{count} steps"
    return f"Half of its attention lies on {steps} of {len(attention)}."
