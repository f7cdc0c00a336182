from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lstm_core.charts.core.palette import ACTUAL, FORECAST
from lstm_core.charts.forecasting.what_if import (
    AFTER,
    BEFORE,
    FEWEST_HISTORY_ROWS,
    draw_what_if,
    say_change,
)

HISTORY = pd.DataFrame(
    {"timestamp": pd.date_range("2024-01-01", periods=40), "value": np.arange(40.0)}
)
AHEAD = pd.date_range("2024-02-10", periods=3)


def make_forecast(value: float, *, has_ranges: bool = True) -> pd.DataFrame:
    columns = {"timestamp": AHEAD, "value": value}
    if has_ranges:
        columns |= {"low_80": value - 1, "high_80": value + 1}
    return pd.DataFrame(columns)


def draw(*, has_ranges: bool = True) -> go.Figure:
    before, after = (make_forecast(value, has_ranges=has_ranges) for value in (50, 60))
    return draw_what_if(HISTORY, before, after)


def find(figure: go.Figure, name: str) -> go.Scatter:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def test_the_old_forecast_is_a_ghost_beneath_the_new_one() -> None:
    figure = draw()
    ghost, line = find(figure, BEFORE), find(figure, AFTER)
    assert (ghost.line.dash, ghost.line.color) == ("dash", ACTUAL)
    assert (line.line.dash, line.line.color) == (None, FORECAST)
    names = [trace.name for trace in figure.data]
    assert names.index(BEFORE) < names.index(AFTER)
    assert list(ghost.y) == [39, 50, 50, 50]
    assert list(line.y) == [39, 60, 60, 60]
    assert pd.Timestamp(line.x[0]) == HISTORY["timestamp"].iloc[-1]


def test_the_range_is_that_of_the_new_forecast() -> None:
    band = find(draw(), "80% range")
    assert band.fill == "toself"
    assert list(band.y) == [39, 59, 59, 59, 61, 61, 61, 39]


def test_a_forecast_without_ranges_is_drawn_without() -> None:
    assert [trace.name for trace in draw(has_ranges=False).data] == ["actual", BEFORE, AFTER]


def test_only_the_last_of_the_past_is_drawn() -> None:
    assert len(find(draw(), "actual").x) == FEWEST_HISTORY_ROWS


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (50, 60, "On average 60 a step instead of 50 (+20.0%)."),
        (-50, -40, "On average -40 a step instead of -50 (-20.0%)."),
        (2, -1, "On average -1 a step instead of 2."),
        (0, 5, "On average 5 a step instead of 0."),
        (1204.5, 1204.5, "On average 1,204 a step instead of 1,204 (+0.0%)."),
    ],
)
def test_the_change_is_said_in_a_sentence(before: float, after: float, sentence: str) -> None:
    assert say_change(make_forecast(before), make_forecast(after)) == sentence
