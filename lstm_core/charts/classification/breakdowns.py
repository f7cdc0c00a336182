"""Where the model is right and where it is not, beside the best baseline."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import BASELINE, MODEL, label_name

ORDER = ("label", "length", "group")

MOST_BARS = 25
"""Of more, those with the fewest right; lengths stay in their order."""

BAR_PIXELS = 34


def list_breakdowns(breakdowns: pd.DataFrame) -> list[str]:
    """Return the ways that have something to compare, in ``ORDER``."""
    counts = breakdowns["by"].value_counts()
    return [by for by in ORDER if counts.get(by, 0) > 1]


def draw_breakdown(
    breakdowns: pd.DataFrame, by: str, baseline: tuple[str, str] | None
) -> go.Figure:
    """Draw the share of right labels, a pair of lying bars for each value.

    Args:
        breakdowns: ``by, value, num, model, lowest, highest`` and a column for each baseline.
        by: one of ``list_breakdowns``.
        baseline: the column to show beside the model, and its title.
    """
    rows = breakdowns[breakdowns["by"] == by]
    if by != "length":
        rows = rows.sort_values("model", kind="stable").head(MOST_BARS)
    places = list(range(len(rows)))
    names = [
        f"{label_name(str(value)[:200])} ({num:,})"
        for value, num in zip(rows["value"], rows["num"], strict=True)
    ]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            x=rows["model"],
            y=places,
            orientation="h",
            name="this model",
            marker_color=MODEL,
            error_x={
                "type": "data",
                "array": (rows["highest"] - rows["model"]).tolist(),
                "arrayminus": (rows["model"] - rows["lowest"]).tolist(),
                "thickness": 1.2,
                "width": 4,
            },
            customdata=names,
            hovertemplate="%{customdata}: %{x:.1%}",
        )
    )
    if baseline is not None:
        column, title = baseline
        figure.add_trace(
            go.Bar(
                x=rows[column],
                y=places,
                orientation="h",
                name=label_name(title),
                marker_color=BASELINE,
                customdata=names,
                hovertemplate="%{customdata}: %{x:.1%}",
            )
        )
    place_names(figure, 110 + BAR_PIXELS * len(rows))
    figure.update_layout(
        bargap=0.3, bargroupgap=0.05, hovermode="closest", hoverlabel_namelength=-1
    )
    figure.update_xaxes(title_text="got their right label", tickformat=".0%", range=[0, 1.02])
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=[label_name(shorten(str(value))) for value in rows["value"]],
        autorange="reversed",
        automargin=True,
        showgrid=False,
    )
    return figure
