"""What was taken for what, as a matrix whose cells can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL, label_name

CELL_PIXELS, SMALL_PIXELS = 46, 28
"""The height of a cell where there are few, and where there are many."""

MOST_LARGE = 12
"""Rows or columns; with more, cells are small."""

_LEAST_PIXELS = 260
_MARGIN_PIXELS = 110
LONGEST_LABEL = 16

_UNSEEN = "rgba(0, 0, 0, 0)"

DENSEST = 0.6
"""The ground of a cell that all of a row are in; its number stays readable."""

MOST_NUMBERED = 16
"""Rows or columns; in a matrix of more, cells are too small for numbers."""


@dataclass(frozen=True)
class Side:
    """One side of a matrix.

    Attributes:
        title: of the axis. ``names``: of its rows or columns; hostile.
    """

    title: str
    names: Sequence[str]


def draw_matrix(
    matrix: np.ndarray, is_right: np.ndarray, true: Side, said: Side, told: Sequence[str]
) -> go.Figure:
    """Draw what is true downward and what was said to the right, each cell by its share of a row.

    What is right has one colour, mistakes have another. The last trace has a point for each cell,
    row by row: what a person chooses.

    Args:
        matrix: ``(rows, columns)`` counts. ``is_right``: bool, of each cell.
        told: of each cell, row by row, what is said where it is pointed at; safe.
    """
    count = max(matrix.shape)
    pixels = CELL_PIXELS if count <= MOST_LARGE else SMALL_PIXELS
    shares = share_rows(matrix)
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
            hovertext=list(told),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_layout(
        height=max(_LEAST_PIXELS, pixels * len(matrix) + _MARGIN_PIXELS),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        hovermode="closest",
        hoverdistance=-1,  # a cell is found from anywhere in it
        clickmode="event+select",
        dragmode=False,
    )
    num_rows, num_columns = matrix.shape
    figure.update_xaxes(range=[-0.5, num_columns - 0.5], **_name_axis(said))
    figure.update_yaxes(range=[num_rows - 0.5, -0.5], **_name_axis(true))
    return figure


def share_rows(matrix: np.ndarray) -> np.ndarray:
    """Return each cell's share of its row, 0 in rows without anything."""
    shares: np.ndarray = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    return shares


def _name_axis(side: Side) -> dict[str, object]:
    return {
        "title_text": side.title,
        "tickvals": list(range(len(side.names))),
        "ticktext": [label_name(shorten(name, LONGEST_LABEL)) for name in side.names],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "ticklabeloverflow": "allow",
    }
