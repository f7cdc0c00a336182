"""Where the model is good and where it is not, beside the best baseline."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import BASELINE, MODEL, PEER, label_name

ORDER = ("fold", "step", "hour", "weekday", "month", "series")

MOST_BARS = 25
"""Of more series, those with the largest errors."""

BAR_PIXELS = 30

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AXIS_TITLES = {
    "fold": "fold of the test part",
    "step": "steps ahead",
    "hour": "hour of the day that was predicted",
    "weekday": "",
    "month": "",
    "series": "",
}
ERROR_TITLE = "error (MASE)"


def list_breakdowns(breakdowns: pd.DataFrame) -> list[str]:
    """Return the ways to break errors down that have something to compare, in ``ORDER``."""
    counts = breakdowns["by"].value_counts()
    return [by for by in ORDER if counts.get(by, 0) > 1]


def draw_breakdown(
    breakdowns: pd.DataFrame,
    by: str,
    baseline: tuple[str, str],
    peers: Sequence[tuple[str, str]] = (),
) -> go.Figure:
    """Draw the errors of the model and one baseline: lines by step and hour, bars otherwise.

    Args:
        breakdowns: ``by, value, num, model`` and a column for each baseline.
        by: one of ``list_breakdowns``.
        baseline: the column to show beside the model, and its title.
        peers: the same of other models; those without a column are passed over.
    """
    rows = _sort_rows(breakdowns[breakdowns["by"] == by], by)
    lines = [("model", "this model", MODEL), (*baseline, BASELINE)]
    lines += [(*peer, PEER) for peer in peers if peer[0] in rows]
    if by in ("step", "hour"):
        figure = _draw_lines(rows, by, lines)
    elif by == "series":
        figure = _draw_lying_bars(rows, lines)
    else:
        figure = _draw_bars(rows, by, lines)
    place_names(figure, figure.layout.height)
    figure.update_layout(
        hoverlabel_namelength=-1,  # never cut
        bargap=0.3,
        bargroupgap=0.05,
    )
    return figure


Lines = Sequence[tuple[str, str, str]]
"""``(column, title, colour)`` of each."""


def _sort_rows(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    if by == "series":
        return rows.sort_values("model", ascending=False, kind="stable").head(MOST_BARS)
    return rows.assign(place=rows["value"].astype("int64")).sort_values("place")


def _draw_lines(rows: pd.DataFrame, by: str, lines: Lines) -> go.Figure:
    figure = go.Figure()
    for column, title, colour in reversed(lines):  # the model is drawn over the baseline
        figure.add_trace(
            go.Scatter(
                x=rows["place"],
                y=rows[column],
                name=title,
                mode="lines",
                line={"color": colour, "width": 2},
                hovertemplate="%{y:.3f}",
            )
        )
    figure.update_layout(height=340, hovermode="x unified", legend_traceorder="reversed")
    figure.update_xaxes(title_text=_AXIS_TITLES[by], showgrid=False)
    if by == "hour":
        figure.update_xaxes(tickmode="array", tickvals=list(range(0, 24, 3)))
    figure.update_yaxes(title_text=ERROR_TITLE, rangemode="tozero")
    return figure


def _draw_bars(rows: pd.DataFrame, by: str, lines: Lines) -> go.Figure:
    places = list(range(len(rows)))
    figure = go.Figure()
    for column, title, colour in lines:
        figure.add_trace(
            go.Bar(
                x=places,
                y=rows[column],
                name=title,
                marker_color=colour,
                hovertemplate="%{y:.3f}",
            )
        )
    figure.update_layout(height=340, hovermode="x unified")
    figure.update_xaxes(
        title_text=_AXIS_TITLES[by],
        tickmode="array",
        tickvals=places,
        ticktext=[_name_value(by, place) for place in rows["place"]],
        tickangle=0,
    )
    figure.update_yaxes(title_text=ERROR_TITLE)
    return figure


def _draw_lying_bars(rows: pd.DataFrame, lines: Lines) -> go.Figure:
    """Names need room: the bars lie, the largest error at the top."""
    places = list(range(len(rows)))
    figure = go.Figure()
    for column, title, colour in lines:
        figure.add_trace(
            go.Bar(
                x=rows[column],
                y=places,
                orientation="h",
                name=title,
                marker_color=colour,
                customdata=[label_name(str(name)) for name in rows["value"]],
                hovertemplate="%{customdata}: %{x:.3f}",
            )
        )
    figure.update_layout(height=110 + BAR_PIXELS * len(rows), hovermode="closest")
    figure.update_xaxes(title_text=ERROR_TITLE)
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=[label_name(shorten(str(name))) for name in rows["value"]],
        autorange="reversed",
        automargin=True,
    )
    return figure


def _name_value(by: str, place: int) -> str:
    if by == "weekday":
        return _WEEKDAYS[place]
    if by == "month":
        return _MONTHS[place - 1]
    return str(place)
