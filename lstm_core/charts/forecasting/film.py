"""The forecast film: one forecast of the validation part, drawn anew after each epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST, label_name
from lstm_core.charts.training.curves import ZOOM

KNOWN = "known at that time"
ACTUALLY = "what came"
PREDICTION = "forecast"

MAX_FRAMES = 120
"""More than that nobody tells apart, and each one is sent to the browser."""

FRAME_MILLISECONDS = 80

_PANEL = "rgba(124, 139, 161, 0.25)"
"""Behind buttons and the slider, on a light page and a dark one."""

Epoch = tuple[str, int, Sequence[float]]
"""``(the network's title or "", epoch, prediction (horizon,))``"""


def make_film_rows(frame: Mapping[str, Any], prediction: Sequence[float]) -> list[dict[str, Any]]:
    """Turn the window and the latest prediction into the rows of ``draw_film_live``.

    Args:
        frame: see ``events.FilmPrepared``.
        prediction: ``(horizon,)``, in the units of the data; empty before the first epoch.
    """
    return [
        {"time": time, "value": _or_none(value), "line": line}
        for line, times, values in _make_lines(frame, prediction)
        for time, value in zip(times, values, strict=True)
    ]


def draw_film_live(frame: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Vega-Lite spec: the same in every epoch, so that the chart keeps its zoom."""
    is_numbered = all(isinstance(time, int) for time in frame["future"]["timestamps"])
    lines = {"domain": [KNOWN, ACTUALLY, PREDICTION]}
    return {
        "params": [ZOOM],
        "mark": {"type": "line"},
        "encoding": {
            "x": {
                "field": "time",
                "type": "quantitative" if is_numbered else "temporal",
                "title": None,
                "scale": {"nice": False, "zero": False} if is_numbered else {"nice": False},
                "axis": {"grid": False},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": False, "padding": 4},
            },
            "color": {
                "field": "line",
                "type": "nominal",
                "title": None,
                "scale": lines | {"range": [ACTUAL, ACTUAL, FORECAST]},
                "legend": {"orient": "top"},
            },
            "strokeDash": {
                "field": "line",
                "type": "nominal",
                "title": None,
                "scale": lines | {"range": [[1, 0], [3, 3], [1, 0]]},
                "legend": {"orient": "top"},
            },
            "strokeWidth": {
                "field": "line",
                "type": "nominal",
                "scale": lines | {"range": [2, 2, 3]},
                "legend": None,
            },
            "tooltip": [
                {"field": "line", "type": "nominal"},
                {"field": "time", "type": "quantitative" if is_numbered else "temporal"},
                {"field": "value", "type": "quantitative", "format": ".5~g"},
            ],
        },
    }


def draw_film(frame: Mapping[str, Any], epochs: Sequence[Epoch]) -> go.Figure:
    """Draw the whole film, with a slider and a play button; it begins at its last epoch.

    Args:
        frame: see ``events.FilmPrepared``.
        epochs: at least one, in the order of training; of more than ``MAX_FRAMES`` some are
            left out, never the last.
    """
    shown = thin_epochs(epochs)
    known, actual, last = _make_lines(frame, shown[-1][2])
    figure = go.Figure(
        data=[
            _make_trace(known, ACTUAL, 2, "solid"),
            _make_trace(actual, ACTUAL, 2, "dot"),
            _make_trace(last, FORECAST, 3, "solid"),
        ],
        frames=[
            go.Frame(
                name=str(number),
                data=[_make_trace(_make_lines(frame, prediction)[2], FORECAST, 3, "solid")],
                traces=[2],
            )
            for number, (_, _, prediction) in enumerate(shown)
        ],
    )
    place_names(figure, 440)
    figure.update_layout(
        hovermode="x unified",
        sliders=[_make_slider([(title, epoch) for title, epoch, _ in shown])],
        updatemenus=[_make_buttons()],
    )
    figure.update_yaxes(range=_choose_range(frame, [prediction for _, _, prediction in shown]))
    return figure


def thin_epochs(epochs: Sequence[Epoch], most: int = MAX_FRAMES) -> list[Epoch]:
    """Return at most so many epochs, evenly spread; the last one is among them."""
    if len(epochs) <= most:
        return list(epochs)
    step = (len(epochs) - 1) / (most - 1)
    return [epochs[round(number * step)] for number in range(most)]


Line = tuple[str, list[Any], list[Any]]
"""``(name, times, values)``"""


def _make_lines(frame: Mapping[str, Any], prediction: Sequence[float]) -> tuple[Line, Line, Line]:
    """Return the three lines; the later two begin where the known past ends."""
    past, future = frame["history"], frame["future"]
    known = (KNOWN, [_read_time(time) for time in past["timestamps"]], list(past["values"]))
    ahead = [_read_time(time) for time in future["timestamps"]]
    start_times, start_values = known[1][-1:], known[2][-1:]
    predicted = [_or_none(value) for value in prediction]
    times_predicted = [*start_times, *ahead][: len(start_times) + len(predicted)]
    return (
        known,
        (ACTUALLY, [*start_times, *ahead], [*start_values, *future["values"]]),
        (PREDICTION, times_predicted if predicted else [], predicted and start_values + predicted),
    )


def _read_time(time: str | int) -> Any:
    """Times of day are shown as the file has them, whatever the reader's own zone is."""
    return time if isinstance(time, int) else pd.Timestamp(time).tz_localize(None)


def _make_trace(line: Line, colour: str, width: float, dash: str) -> go.Scatter:
    name, times, values = line
    style = {"color": colour, "width": width, "dash": dash}
    return go.Scatter(x=times, y=values, name=name, mode="lines", line=style)


def _choose_range(
    frame: Mapping[str, Any], predictions: Sequence[Sequence[float]]
) -> list[float] | None:
    """Hold the axis still: all that is known, and predictions at most as far again around it.

    Without the limit one wild first epoch would flatten all others.
    """
    actual = [
        value
        for part in ("history", "future")
        for value in frame[part]["values"]
        if _or_none(value) is not None
    ]
    if not actual:
        return None
    low, high = min(actual), max(actual)
    span = (high - low) or abs(high) or 1.0
    predicted = [value for values in predictions for value in values if _or_none(value) is not None]
    bottom = max(low - span, min([low, *predicted]))
    top = min(high + span, max([high, *predicted]))
    return [bottom - 0.05 * span, top + 0.05 * span]


def _make_slider(epochs: Sequence[tuple[str, int]]) -> dict[str, Any]:
    steps = [
        {
            "label": f"{label_name(title)}, epoch {epoch}" if title else f"epoch {epoch}",
            "method": "animate",
            "args": [[str(number)], _animate(0)],
        }
        for number, (title, epoch) in enumerate(epochs)
    ]
    return {
        "active": len(steps) - 1,
        "steps": steps,
        "pad": {"t": 54, "b": 4},
        "bgcolor": _PANEL,
        "activebgcolor": FORECAST,
        "bordercolor": ACTUAL,
        "borderwidth": 1,
        "ticklen": 0,
        "minorticklen": 0,
        # A label under each step would be too many; the current one is said above the slider.
        "font": {"size": 1, "color": "rgba(0, 0, 0, 0)"},
        "currentvalue": {"font": {"size": 14, "color": ACTUAL}, "xanchor": "right", "offset": 24},
    }


def _make_buttons() -> dict[str, Any]:
    play_on = _animate(FRAME_MILLISECONDS) | {"fromcurrent": True}
    play = {"label": "▶", "method": "animate", "args": [None, play_on]}
    stop = {"label": "❚❚", "method": "animate", "args": [[None], _animate(0)]}
    return {
        "type": "buttons",
        "direction": "right",
        "buttons": [play, stop],
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 46, "b": 4},
        "bgcolor": _PANEL,
        "bordercolor": ACTUAL,
        "font": {"color": ACTUAL},
    }


def _animate(milliseconds: int) -> dict[str, Any]:
    return {
        "mode": "immediate",
        "frame": {"duration": milliseconds, "redraw": False},
        "transition": {"duration": 0},
    }


def _or_none(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
