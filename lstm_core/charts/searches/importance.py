"""How much each setting of a search bears on its scores."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.palette import ACTUAL, MODEL, label_name
from lstm_core.charts.searches.trials import draw_message

BAR_PIXELS = 30


def draw_importance(
    importances: pd.DataFrame, titles: Mapping[str, str], meaning: str = "importance"
) -> go.Figure:
    """Draw how much each setting bears on the score, as lying bars with their deviation.

    Without any row the figure says so.

    Args:
        importances: ``path, importance, deviation``, the largest first.
        titles: the settings' names for people; a path without one stands for itself.
        meaning: the title of the axis.
    """
    if importances.empty:
        return draw_message("Too few trials have a score to tell which settings matter.")
    names = [label_name(titles.get(path, path)) for path in importances["path"]]
    places = list(range(len(names)))
    figure = go.Figure(
        go.Bar(
            x=importances["importance"],
            y=places,
            orientation="h",
            marker_color=MODEL,
            error_x={
                "array": importances["deviation"],
                "color": ACTUAL,
                "thickness": 2,
                "width": 5,
            },
            customdata=names,
            hovertemplate="%{customdata}: %{x:.3~g}<extra></extra>",
        )
    )
    figure.update_layout(
        height=70 + BAR_PIXELS * len(names),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0.35,
        showlegend=False,
    )
    figure.update_xaxes(title_text=label_name(meaning), rangemode="tozero")
    figure.update_yaxes(
        tickmode="array", tickvals=places, ticktext=names, autorange="reversed", automargin=True
    )
    return figure
