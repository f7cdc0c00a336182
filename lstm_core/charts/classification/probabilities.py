"""How likely each label is, as it is said of one item."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL, label_name
from lstm_core.charts.core.shares import say_share

MOST_BARS = 10
BAR_PIXELS = 30
_MARGIN_PIXELS = 20

LONGEST_LABEL = 22


def draw_probabilities(
    labels: Sequence[str], probabilities: Sequence[float], truth: str | None = None
) -> go.Figure:
    """Draw a lying bar for each of the likeliest labels, the likeliest on top.

    Args:
        labels: names. ``probabilities``: of each, 0 to 1.
        truth: the item's own label, where it is known; it has a bar whatever it got.
    """
    ranked = rank_labels(labels, probabilities, truth)
    likeliest = ranked[0]
    colours = {likeliest: MODEL}
    if truth is not None and truth != labels[likeliest]:
        colours |= {place: FORECAST for place in ranked if labels[place] == truth}
    figure = go.Figure(
        go.Bar(
            x=[probabilities[place] for place in ranked],
            y=list(range(len(ranked))),
            orientation="h",
            marker_color=[colours.get(place, ACTUAL) for place in ranked],
            text=[say_share(probabilities[place]) for place in ranked],
            textposition="outside",
            cliponaxis=False,
            customdata=[label_name(labels[place][:200]) for place in ranked],
            hovertemplate="%{customdata}: %{x:.2%}<extra></extra>",
        )
    )
    figure.update_layout(
        height=BAR_PIXELS * len(ranked) + _MARGIN_PIXELS,
        margin={"l": 8, "r": 52, "t": 4, "b": 4},
        bargap=0.35,
        showlegend=False,
    )
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(ranked))),
        ticktext=[_name(labels[place], truth) for place in ranked],
        autorange="reversed",
        automargin=True,
        showgrid=False,
        fixedrange=True,
    )
    return figure


def rank_labels(
    labels: Sequence[str], probabilities: Sequence[float], truth: str | None = None
) -> list[int]:
    """Return the places of the labels that have a bar, the likeliest first."""
    ranked = sorted(range(len(labels)), key=lambda place: -probabilities[place])
    shown = ranked[:MOST_BARS]
    return shown + [place for place in ranked[MOST_BARS:] if labels[place] == truth]


def _name(label: str, truth: str | None) -> str:
    named = label_name(shorten(label, LONGEST_LABEL))
    return f"{named} (its label)" if label == truth else named
