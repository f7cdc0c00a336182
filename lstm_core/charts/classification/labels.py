"""How many items each label has."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import ACTUAL, MODEL, label_name

MOST_BARS = 20
"""Of more labels, the largest; the others together are one bar."""

BAR_PIXELS = 24
_MARGIN_PIXELS = 50


def draw_label_counts(counts: pd.DataFrame) -> go.Figure:
    """Draw a lying bar for each label, the largest on top.

    Args:
        counts: ``label, num_items``, the largest first.
    """
    shown, rest = counts.head(MOST_BARS), counts.iloc[MOST_BARS:]
    labels = [label_name(shorten(str(label))) for label in shown["label"]]
    numbers = [int(number) for number in shown["num_items"]]
    colours = [MODEL] * len(labels)
    if len(rest):
        labels.append(f"{len(rest):,} others")
        numbers.append(int(rest["num_items"].sum()))
        colours.append(ACTUAL)
    places = list(range(len(labels)))  # by place: two labels may be equal once they are cut
    figure = go.Figure(
        go.Bar(
            x=numbers,
            y=places,
            orientation="h",
            marker_color=colours,
            text=[f"{number:,}" for number in numbers],
            textposition="outside",
            cliponaxis=False,
            hovertext=[label_name(str(label)[:200]) for label in shown["label"]]
            + labels[len(shown) :],
            hovertemplate="%{hovertext}: %{x:,}<extra></extra>",
        )
    )
    figure.update_layout(
        height=BAR_PIXELS * len(labels) + _MARGIN_PIXELS,
        margin={"l": 10, "r": 50, "t": 10, "b": 10},
        bargap=0.3,
        showlegend=False,
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(
        tickvals=places, ticktext=labels, autorange="reversed", automargin=True, showgrid=False
    )
    return figure
