"""How many entities of each type, or steps with each tag, there are, and how each fares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.counts import draw_counts
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import BASELINE, MODEL, label_name
from lstm_core.charts.tagging.stretches import OTHER

MOST_SCORED = 25
"""Of more types, those with the smallest F1."""

_BAR_PIXELS = 34

_SHARES = (
    ("recall", "found of those there", MODEL),
    ("precision", "right of those said", BASELINE),
)


def draw_types(
    names: Sequence[str], counts: Sequence[int], colours: Mapping[str, str]
) -> go.Figure:
    """Draw a lying bar for each type in its colour, the most frequent on top.

    Args:
        names: hostile. ``counts``: of each, the largest first. ``colours``: by type.
    """
    return draw_counts(names, counts, [colours.get(name, OTHER) for name in names])


def draw_type_scores(by_type: pd.DataFrame) -> go.Figure:
    """Draw how many of each type were found, and how many of those said are right.

    Args:
        by_type: ``type, num, said, precision, recall, f1``; a share that nothing tells is NaN.
    """
    rows = by_type.fillna({"f1": 0.0}).sort_values("f1", kind="stable").head(MOST_SCORED)
    places = list(range(len(rows)))
    told = [
        f"{label_name(str(name)[:200])} ({num:,} there, {said:,} said)"
        for name, num, said in zip(rows["type"], rows["num"], rows["said"], strict=True)
    ]
    figure = go.Figure()
    shown = (
        ("recall", "found of those there", MODEL),
        ("precision", "right of those said", BASELINE),
    )
    for column, title, colour in shown:
        figure.add_trace(
            go.Bar(
                x=rows[column],
                y=places,
                orientation="h",
                name=title,
                marker_color=colour,
                customdata=told,
                hovertemplate="%{customdata}: %{x:.1%}",
            )
        )
    place_names(figure, 110 + _BAR_PIXELS * len(rows))
    figure.update_layout(
        bargap=0.3, bargroupgap=0.05, hovermode="closest", hoverlabel_namelength=-1
    )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.02])
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=[label_name(shorten(str(name))) for name in rows["type"]],
        autorange="reversed",
        automargin=True,
        showgrid=False,
    )
    return figure
