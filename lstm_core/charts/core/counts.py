"""How many there are of each, as lying bars."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import ACTUAL, MODEL, label_name

MOST_BARS = 20
"""Of more, the first; the others together are one bar."""

BAR_PIXELS = 24
_MARGIN_PIXELS = 50


def draw_counts(
    names: Sequence[str], counts: Sequence[int], colours: Sequence[str] = ()
) -> go.Figure:
    """Draw a lying bar for each, the first on top.

    Args:
        names: hostile. ``counts``: of each, the largest first.
        colours: of each; none: one for all.
    """
    labels = [label_name(shorten(name)) for name in names[:MOST_BARS]]
    numbers = [int(count) for count in counts[:MOST_BARS]]
    bars = list(colours[:MOST_BARS]) or [MODEL] * len(labels)
    told = [label_name(name[:200]) for name in names[:MOST_BARS]]
    if len(names) > MOST_BARS:
        labels.append(f"{len(names) - MOST_BARS:,} others")
        numbers.append(int(sum(counts[MOST_BARS:])))
        bars.append(ACTUAL)
        told.append(labels[-1])
    places = list(range(len(labels)))  # by place: two names may be equal once they are cut
    figure = go.Figure(
        go.Bar(
            x=numbers,
            y=places,
            orientation="h",
            marker_color=bars,
            text=[f"{number:,}" for number in numbers],
            textposition="outside",
            cliponaxis=False,
            hovertext=told,
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
