"""What could have come next, as lying bars."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from lstm_core.charts.core.clusters import label_text
from lstm_core.charts.core.counts import BAR_PIXELS
from lstm_core.charts.core.naming import LONGEST_LABEL
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL
from lstm_core.charts.core.shares import say_share

MOST_BARS = 12
OTHERS = "all others"

_LONGEST_TOLD = 200
_MARGIN_PIXELS = 50


def draw_alternatives(
    units: Sequence[str], probabilities: Sequence[float], chosen: int | None = None
) -> go.Figure:
    """Draw a bar for each of the likeliest units, the likeliest on top, and one for all others.

    Args:
        units: hostile; spaces and ends of lines are made visible. ``probabilities``: of each, 0
            to 1, the largest first.
        chosen: the place of the one that came, which has a colour of its own.
    """
    shown = min(len(units), MOST_BARS)
    labels = [label_text(unit, LONGEST_LABEL) for unit in units[:shown]]
    told = [label_text(unit, _LONGEST_TOLD) for unit in units[:shown]]
    shares = [float(share) for share in probabilities[:shown]]
    colours = [FORECAST if place == chosen else MODEL for place in range(shown)]
    rest = max(0.0, 1.0 - sum(shares))
    if shown and rest >= 0.0005:
        labels.append(OTHERS)
        told.append(OTHERS)
        shares.append(rest)
        colours.append(ACTUAL)
    places = list(range(len(labels)))  # by place: two units may look the same
    figure = go.Figure(
        go.Bar(
            x=shares,
            y=places,
            orientation="h",
            marker_color=colours,
            text=[say_share(share) for share in shares],
            textposition="outside",
            cliponaxis=False,
            hovertext=told,
            hovertemplate="%{hovertext}: %{x:.2%}<extra></extra>",
        )
    )
    figure.update_layout(
        height=BAR_PIXELS * len(labels) + _MARGIN_PIXELS,
        margin={"l": 10, "r": 50, "t": 10, "b": 10},
        bargap=0.3,
        showlegend=False,
    )
    figure.update_xaxes(visible=False, rangemode="tozero")
    figure.update_yaxes(
        tickmode="array", tickvals=places, ticktext=labels, autorange="reversed",
        automargin=True, showgrid=False,
    )  # fmt: skip
    return figure
