"""A race: scores with their spread, against what they cost."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, LINES, label_name
from lstm_core.judging.measures import Measure

COSTS = {
    "seconds": ("training time of one run", " s"),
    "num_parameters": ("trainable weights", ""),
}
"""Column of the table, title of the axis, and its unit."""

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")


def draw_race(
    scores: pd.DataFrame,
    cost: str,
    labels: Sequence[str],
    measure: Measure,
    baseline: tuple[str, float] | None = None,
) -> go.Figure:
    """Draw each contestant's mean score, and a bar from its best to its worst seed.

    Left is better; so is down, or up where larger scores are better.

    Args:
        scores: ``label, score, seconds, num_parameters`` of each run.
        cost: the column for the axis below, one of ``COSTS``; of many sizes, so its axis is
            logarithmic.
        labels: of all contestants, so that each keeps its colour while results come in.
        measure: what scores are in.
        baseline: name and score of the best rule of thumb, drawn across.
    """
    title, unit = COSTS[cost]
    figure = go.Figure()
    for place, label in enumerate(labels):
        own = scores[(scores["label"] == label) & scores[cost].notna()]
        if len(own):
            _add_contestant(figure, place, own, cost, unit, measure)
    if baseline is not None:
        name, score = baseline
        figure.add_hline(
            y=score,
            name=label_name(name),
            showlegend=True,
            line={"color": ACTUAL, "width": 1.5, "dash": "dash"},
            layer="below",
        )
    place_names(figure, 400)
    figure.update_layout(
        showlegend=True,
        hovermode="closest",
        hoverlabel_namelength=-1,  # never cut
    )
    figure.update_xaxes(
        title_text=title, type="log", ticksuffix=unit, nticks=5, tickangle=0, showgrid=False
    )
    title = measure.title if measure.is_larger_better else f"error ({measure.title})"
    figure.update_yaxes(title_text=title)
    return figure


def _add_contestant(
    figure: go.Figure, place: int, own: pd.DataFrame, cost: str, unit: str, measure: Measure
) -> None:
    mean = own["score"].mean()
    at = own[cost].iloc[0]
    figure.add_trace(
        go.Scatter(
            x=[at],
            y=[mean],
            name=label_name(str(own["label"].iloc[0])),
            mode="markers",
            marker={
                "color": LINES[place % len(LINES)],
                "size": 13,
                "symbol": _SYMBOLS[place // len(LINES) % len(_SYMBOLS)],
            },
            error_y={
                "type": "data",
                "array": [own["score"].max() - mean],
                "arrayminus": [mean - own["score"].min()],
                "thickness": 2,
                "width": 7,
            },
            hovertemplate=f"%{{y:{measure.digits}}} over {len(own)} seeds<br>%{{x:,.4g}}{unit}",
        )
    )
