"""The forecast beside what was known, and what the model said when it could be checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.bands import add_band, list_levels, outline_band
from lstm_core.charts.core.gaps import add_known
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, BASELINE, FORECAST, MODEL, PEER
from lstm_core.charts.forecasting.windows import join_windows, pick_windows

HISTORY_HORIZONS = 6
"""How much of the past is drawn, in horizons."""

FEWEST_HISTORY_ROWS = 60
SEASONS_DRAWN = 4
MOST_HISTORY_ROWS = 1_000
"""Of what is drawn before anything is trained."""

BAND_OPACITY = 0.2
"""Of one band; where they lie on one another they add up, so the inner ones are darker."""

NUMBER_FORMAT = ",.5~r"
"""Five digits, and no exponents."""

HOVER_LEVEL = 80
"""The range that is told in numbers."""


def draw_forecast(
    history: pd.DataFrame,
    predictions: pd.DataFrame,
    forecast: pd.DataFrame,
    baseline: tuple[str, str],
) -> go.Figure:
    """Draw one series and target, with the forecast's ranges as a fan where it has some.

    Args:
        history: ``timestamp, value, filled``: what is known.
        predictions: its rows of the prediction table.
        forecast: its rows of the forecast, ``timestamp, value``, ``low_80``, ``high_80`` and so on.
        baseline: the prediction table's column to show beside the model, and its title.
    """
    horizon = len(forecast)
    shown = history.tail(max(FEWEST_HISTORY_ROWS, HISTORY_HORIZONS * horizon))
    checked = pick_windows(predictions)
    checked = checked[checked["timestamp"] >= shown["timestamp"].iloc[0]]
    figure = go.Figure()
    _add_fan(figure, shown.tail(1), forecast)
    add_known(figure, shown, "actual", colour=ACTUAL, width=2)
    for column, name, colour, dash in (
        (*baseline, BASELINE, "dot"),
        ("model", "model, on the test part", MODEL, "solid"),
    ):
        times, values = join_windows(checked, column)
        _add_line(figure, times, values, name, colour, dash=dash)
    _add_ahead(figure, shown.tail(1), forecast)
    _lay_out(figure, height=420)
    return figure


def draw_ahead(history: pd.DataFrame, forecast: pd.DataFrame, season: int) -> go.Figure:
    """Draw a forecast that nothing was trained for, behind the last seasons of what is known.

    Args:
        history, forecast: as in ``draw_forecast``.
        season: in steps; 1 where there is none.
    """
    figure = go.Figure()
    most = max(FEWEST_HISTORY_ROWS, SEASONS_DRAWN * season, 2 * len(forecast))
    shown = history.tail(min(most, MOST_HISTORY_ROWS))
    _add_fan(figure, shown.tail(1), forecast)
    add_known(figure, shown, "actual", colour=ACTUAL, width=2)
    _add_ahead(figure, shown.tail(1), forecast)
    _lay_out(figure, height=320)
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


def draw_errors_by_step(
    predictions: pd.DataFrame,
    baseline: tuple[str, str],
    peers: Sequence[tuple[str, str]] = (),
) -> go.Figure:
    """Draw the mean absolute error at each step ahead.

    Args:
        baseline: as in ``draw_forecast``.
        peers: the same of other models; those without a column are passed over.
    """
    figure = go.Figure()
    for column, name, colour in (
        *((*peer, PEER) for peer in peers if peer[0] in predictions),
        (*baseline, BASELINE),
        ("model", "model", MODEL),
    ):
        error = (predictions["actual"] - predictions[column]).abs()
        mean = error.groupby(predictions["step"]).mean()
        _add_line(figure, mean.index, mean, name, colour)
    _lay_out(figure, height=300)
    if predictions["step"].max() == 1:  # a line of one point is not seen
        figure.update_traces(mode="markers", marker_size=10)
        figure.update_xaxes(tickvals=[1])
    figure.update_layout(xaxis_title="steps ahead", yaxis_title="mean absolute error")
    figure.update_yaxes(rangemode="tozero")
    return figure


def _add_ahead(figure: go.Figure, last: pd.DataFrame, forecast: pd.DataFrame) -> None:
    """Draw what is expected, on from the last known value."""
    now = last["timestamp"].iloc[0]
    ahead = [now, *forecast["timestamp"]]
    expected = [last["value"].iloc[0], *forecast["value"]]
    _add_line(figure, ahead, expected, "forecast", FORECAST, width=3)
    _tell_range(figure.data[-1], forecast)
    figure.add_vline(x=now, line={"color": ACTUAL, "dash": "dot", "width": 1})


def _add_fan(figure: go.Figure, last: pd.DataFrame, forecast: pd.DataFrame) -> None:
    """Shade the ranges, the widest first; they open at the last known value."""
    levels = list_levels(forecast)
    name = f"ranges of {_join_levels(levels)}"
    ends = [last["value"].to_numpy()] * 2
    times = np.append(last["timestamp"].to_numpy(), forecast["timestamp"].to_numpy())
    for level in levels:
        low, high = (
            np.append(end, forecast[f"{side}_{level}"].to_numpy())
            for end, side in zip(ends, ("low", "high"), strict=True)
        )
        outline = outline_band(times, low, high)
        is_last = level == levels[-1]
        add_band(figure, outline, name, FORECAST, BAND_OPACITY, "ranges", is_last)


def _tell_range(line: go.Scatter, forecast: pd.DataFrame) -> None:
    """Let the forecast's line tell the 80% range of each step; its first point has none."""
    if HOVER_LEVEL not in list_levels(forecast):
        return
    ends = forecast[[f"low_{HOVER_LEVEL}", f"high_{HOVER_LEVEL}"]].to_numpy()
    told = [f"{HOVER_LEVEL}%: {_say_number(low)} to {_say_number(high)}" for low, high in ends]
    line.customdata = ["", *(f" ({text})" for text in told)]
    line.hovertemplate = f"%{{y:{NUMBER_FORMAT}}}%{{customdata}}"


def _say_number(value: float) -> str:
    """Five digits are more than a range is good for; large numbers keep all before the point."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.5g}"


def _join_levels(levels: Sequence[int]) -> str:
    return ", ".join(f"{level}%" for level in sorted(levels))


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
    place_names(figure, height)
    figure.update_layout(
        hovermode="x unified",
        hoverlabel_namelength=-1,  # never cut
    )
    figure.update_yaxes(hoverformat=NUMBER_FORMAT)
