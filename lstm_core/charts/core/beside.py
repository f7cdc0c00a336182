"""A figure for each part of what was judged, the model's beside those of baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.clusters import label_text
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.naming import LONGEST_LABEL
from lstm_core.charts.core.palette import ACTUAL, BASELINE, MODEL, PEER, label_name

MOST_GROUPS = 25
MOST_LINES = 4

_BAR_PIXELS = 14
_GAP_PIXELS = 16
_LONGEST_TOLD = 200
_COLOURS = (MODEL, BASELINE, PEER, ACTUAL)


def draw_beside(
    rows: pd.DataFrame, columns: Mapping[str, str], title: str, value_format: str
) -> go.Figure:
    """Draw lying bars, a group for each row and in it one for each column.

    Args:
        rows: ``value, num`` and the columns; values are hostile, what is unknown is NaN.
        columns: names for people by column, the model's first.
        title: of the axis. ``value_format``: d3's, such as ``".2f"``.
    """
    shown = rows.head(MOST_GROUPS)
    kept = list(columns.items())[:MOST_LINES]
    places = list(range(len(shown)))
    values = [str(value) for value in shown["value"]]
    counts = [f"{int(num):,}" for num in shown["num"]]
    told = [
        f"{label_text(value, _LONGEST_TOLD)} ({num})"
        for value, num in zip(values, counts, strict=True)
    ]
    figure = go.Figure()
    for (column, name), colour in zip(kept, _COLOURS, strict=False):
        figure.add_trace(
            go.Bar(
                x=_read(shown[column]),
                y=places,
                orientation="h",
                name=label_name(name),
                marker_color=colour,
                customdata=told,
                hovertemplate=f"%{{customdata}}: %{{x:{value_format}}}",
            )
        )
    place_names(figure, 100 + (_GAP_PIXELS + _BAR_PIXELS * len(kept)) * len(shown))
    figure.update_layout(
        bargap=0.3, bargroupgap=0.05, hovermode="closest", hoverlabel_namelength=-1
    )
    figure.update_xaxes(title_text=title, tickformat=value_format, rangemode="tozero")
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=[
            f"{label_text(value, LONGEST_LABEL)} ({num})"
            for value, num in zip(values, counts, strict=True)
        ],
        autorange="reversed",
        automargin=True,
        showgrid=False,
    )
    return figure


def list_parts(breakdowns: pd.DataFrame, order: Sequence[str]) -> list[str]:
    """Return the ways, in this order, that have something to compare."""
    counts = breakdowns["by"].value_counts()
    return [by for by in order if counts.get(by, 0) > 1]


def _read(column: pd.Series) -> list[float | None]:
    numbers = column.to_numpy(dtype=float, na_value=np.nan)
    return [float(number) if np.isfinite(number) else None for number in numbers]
