"""What was taken for what, as a matrix whose cells can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL, label_name

CELL_PIXELS, SMALL_PIXELS = 46, 28
"""The height of a cell where labels are few, and where they are many."""

MOST_LARGE = 12
"""Labels; with more, cells are small."""

_LEAST_PIXELS = 260
_MARGIN_PIXELS = 110
LONGEST_LABEL = 16

_UNSEEN = "rgba(0, 0, 0, 0)"

DENSEST = 0.6
"""The ground of a cell that all items of a label are in; its number stays readable."""

MOST_NUMBERED = 16
"""Labels; in a matrix of more, cells are too small for numbers."""


def draw_confusion(matrix: np.ndarray, names: Sequence[str]) -> go.Figure:
    """Draw true labels downward and labels as said to the right, each cell by its share of a row.

    What is right lies on the diagonal in one colour, mistakes have another. The last trace has a
    point for each cell, row by row: what a person chooses.

    Args:
        matrix: ``(labels, labels)`` counts; ``names``: of the labels.
    """
    count = len(names)
    pixels = CELL_PIXELS if count <= MOST_LARGE else SMALL_PIXELS
    totals = np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    shares = matrix / totals
    is_right = np.eye(count, dtype=bool)
    figure = go.Figure()
    for chosen, colour in ((is_right, MODEL), (~is_right, FORECAST)):
        figure.add_trace(
            go.Heatmap(
                z=np.where(chosen & (matrix > 0), shares, np.nan),
                zmin=0,
                zmax=1,
                colorscale=[[0, fade(colour, 0.06)], [1, fade(colour, DENSEST)]],
                showscale=False,
                hoverinfo="skip",
                xgap=2,
                ygap=2,
            )
        )
    rows, columns = (places.ravel().tolist() for places in np.indices(matrix.shape))
    told = [
        f"{label_name(names[row][:100])}, taken for {label_name(names[column][:100])}: "
        f"{matrix[row, column]:,} ({shares[row, column]:.0%} of its items)"
        if row != column
        else f"{label_name(names[row][:100])}, rightly: {matrix[row, row]:,} "
        f"({shares[row, row]:.0%} of its items)"
        for row, column in zip(rows, columns, strict=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=columns,
            y=rows,
            mode="markers+text" if count <= MOST_NUMBERED else "markers",
            text=[f"{number:,}" if number else "" for number in matrix.ravel()],
            textfont={"size": 14},
            marker={"size": pixels * 0.8, "symbol": "square", "color": _UNSEEN, "opacity": 1},
            selected={"marker": {"color": fade(ACTUAL, 0.35)}},
            unselected={"marker": {"color": _UNSEEN, "opacity": 1}},
            hovertext=told,
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    ticks = [label_name(shorten(name, LONGEST_LABEL)) for name in names]
    figure.update_layout(
        height=max(_LEAST_PIXELS, pixels * count + _MARGIN_PIXELS),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        hovermode="closest",
        hoverdistance=-1,  # a cell is found from anywhere in it
        clickmode="event+select",
        dragmode=False,
    )
    axis = {
        "tickvals": list(range(count)),
        "ticktext": ticks,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "ticklabeloverflow": "allow",
    }
    figure.update_xaxes(title_text="the model says", range=[-0.5, count - 0.5], **axis)
    figure.update_yaxes(title_text="its label", range=[count - 0.5, -0.5], **axis)
    return figure
