"""Where the model is right and where it is not: by length, by what words it met, by group."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import MODEL, label_name
from lstm_core.charts.core.shares import say_share

ORDER = ("word", "length", "group")

MOST_BARS = 25
"""Of more, those with the fewest right; lengths stay in their order."""

_BAR_PIXELS = 30
_MARGIN_PIXELS = 80


def list_breakdowns(breakdowns: pd.DataFrame) -> list[str]:
    """Return the ways that have something to compare, in ``ORDER``."""
    counts = breakdowns["by"].value_counts()
    return [by for by in ORDER if counts.get(by, 0) > 1]


def draw_breakdown(breakdowns: pd.DataFrame, by: str, title: str) -> go.Figure:
    """Draw the share that is right, a lying bar for each value.

    Args:
        breakdowns: ``by, value, num, found``.
        by: one of ``list_breakdowns``. ``title``: of what the share is.
    """
    rows = breakdowns[breakdowns["by"] == by]
    if by != "length":
        rows = rows.sort_values("found", kind="stable").head(MOST_BARS)
    places = list(range(len(rows)))
    figure = go.Figure(
        go.Bar(
            x=rows["found"],
            y=places,
            orientation="h",
            marker_color=MODEL,
            text=[say_share(float(share)) for share in rows["found"]],
            textposition="outside",
            cliponaxis=False,
            customdata=[
                f"{label_name(str(value)[:200])} ({int(num):,})"
                for value, num in zip(rows["value"], rows["num"], strict=True)
            ],
            hovertemplate="%{customdata}: %{x:.1%}<extra></extra>",
        )
    )
    figure.update_layout(
        height=_MARGIN_PIXELS + _BAR_PIXELS * len(rows),
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
        bargap=0.35,
        showlegend=False,
        hovermode="closest",
    )
    figure.update_xaxes(title_text=title, tickformat=".0%", range=[0, 1.02])
    figure.update_yaxes(
        tickvals=places,
        ticktext=[
            f"{label_name(shorten(str(value)))} ({int(num):,})"
            for value, num in zip(rows["value"], rows["num"], strict=True)
        ],
        autorange="reversed",
        automargin=True,
        showgrid=False,
    )
    return figure
