"""The forecast beside what was known, and what the model said when it could be checked."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.palette import ACTUAL, BASELINE, FORECAST, LINES, MODEL, label_name

HISTORY_HORIZONS = 6
"""How much of the past is drawn, in horizons."""

FEWEST_HISTORY_ROWS = 60


def draw_forecast(
    history: pd.DataFrame,
    predictions: pd.DataFrame,
    forecast: pd.DataFrame,
    baseline: tuple[str, str],
) -> go.Figure:
    """Draw one series and target.

    Args:
        history: ``timestamp, value``: what is known.
        predictions: its rows of the prediction table.
        forecast: its rows of the forecast, ``timestamp, value``.
        baseline: the prediction table's column to show beside the model, and its title.
    """
    horizon = len(forecast)
    shown = history.tail(max(FEWEST_HISTORY_ROWS, HISTORY_HORIZONS * horizon))
    checked = _pick_windows(predictions)
    checked = checked[checked["timestamp"] >= shown["timestamp"].iloc[0]]
    figure = go.Figure()
    _add_line(figure, shown["timestamp"], shown["value"], "actual", ACTUAL, width=2)
    for column, name, colour, dash in (
        (*baseline, BASELINE, "dot"),
        ("model", "model, on the test part", MODEL, "solid"),
    ):
        times, values = _join_windows(checked, column)
        _add_line(figure, times, values, name, colour, dash=dash)
    times = [shown["timestamp"].iloc[-1], *forecast["timestamp"]]
    values = [shown["value"].iloc[-1], *forecast["value"]]
    _add_line(figure, times, values, "forecast", FORECAST, width=3)
    figure.add_vline(x=times[0], line={"color": ACTUAL, "dash": "dot", "width": 1})
    _lay_out(figure, height=420)
    return figure


def draw_preview(table: pd.DataFrame) -> go.Figure:
    """Draw the data before training: ``series, timestamp, value``, one line a series."""
    figure = go.Figure()
    for name, rows in table.groupby("series", sort=False, observed=True):
        figure.add_trace(
            go.Scatter(
                x=rows["timestamp"], y=rows["value"], name=label_name(str(name)), mode="lines"
            )
        )
    _lay_out(figure, height=280)
    figure.update_layout(
        showlegend=table["series"].nunique() > 1, hovermode="closest", colorway=LINES
    )
    return figure


def draw_residuals(predictions: pd.DataFrame) -> go.Figure:
    """Draw how the model's errors (actual - predicted) are spread."""
    errors = (predictions["actual"] - predictions["model"]).dropna()
    figure = go.Figure(go.Histogram(x=errors, nbinsx=40, marker_color=MODEL, name="residual"))
    figure.add_vline(x=0, line={"color": ACTUAL, "dash": "dot", "width": 1})
    _lay_out(figure, height=300)
    figure.update_layout(
        showlegend=False,
        xaxis_title="actual − predicted",
        yaxis_title="predictions",
        bargap=0.05,
    )
    return figure


def draw_errors_by_step(predictions: pd.DataFrame, baseline: tuple[str, str]) -> go.Figure:
    """Draw the mean absolute error at each step ahead; ``baseline`` as in ``draw_forecast``."""
    figure = go.Figure()
    for column, name, colour in (
        (*baseline, BASELINE),
        ("model", "model", MODEL),
    ):
        error = (predictions["actual"] - predictions[column]).abs()
        mean = error.groupby(predictions["step"]).mean()
        _add_line(figure, mean.index, mean, name, colour)
    _lay_out(figure, height=300)
    figure.update_layout(xaxis_title="steps ahead", yaxis_title="mean absolute error")
    figure.update_yaxes(rangemode="tozero")
    return figure


def _pick_windows(predictions: pd.DataFrame) -> pd.DataFrame:
    """Keep windows that do not overlap, from the last one backwards."""
    horizon = int(predictions["step"].max())
    cutoffs = predictions["cutoff"].drop_duplicates().sort_values()
    # Thinned tables skip cutoffs, so distance is counted in time, not in entries.
    ends = predictions.groupby("cutoff")["timestamp"].max()
    picked: list[object] = []
    for cutoff in cutoffs[::-1]:
        if not picked or ends[cutoff] <= picked[-1]:
            picked.append(cutoff)
        if len(picked) * horizon > 5_000:
            break
    return predictions[predictions["cutoff"].isin(picked)]


def _join_windows(predictions: pd.DataFrame, column: str) -> tuple[list[object], list[object]]:
    """Put windows one after another, with a hole between them so that no line joins them."""
    times: list[object] = []
    values: list[object] = []
    for _, window in predictions.groupby("cutoff"):
        times += [*window["timestamp"], window["timestamp"].iloc[-1]]
        values += [*window[column], None]
    return times, values


def _add_line(
    figure: go.Figure,
    times: object,
    values: object,
    name: str,
    colour: str,
    width: float = 2,
    dash: str = "solid",
) -> None:
    line = {"color": colour, "width": width, "dash": dash}
    figure.add_trace(go.Scatter(x=times, y=values, name=name, mode="lines", line=line))


def _lay_out(figure: go.Figure, height: int) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hovermode="x unified",
    )
