from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from lstm_core.charts.training.rate import EACH, SMOOTHED, draw_rates, say_rates

TABLE = pd.DataFrame(
    {
        "learning_rate": [1e-6, 1e-4, 1e-2, 1e-1],
        "loss": [1.1, 0.9, 0.4, 50.0],
        "smoothed": [1.0, 0.9, 0.5, 20.0],
    }
)


@pytest.fixture
def figure() -> go.Figure:
    return draw_rates(TABLE, 1e-3)


def test_both_losses_are_drawn_over_the_logarithm_of_the_rate(figure: go.Figure) -> None:
    lines = {trace.name: trace for trace in figure.data}
    assert list(lines[EACH].y) == TABLE["loss"].tolist()
    assert list(lines[SMOOTHED].y) == TABLE["smoothed"].tolist()
    assert list(lines[SMOOTHED].x) == TABLE["learning_rate"].tolist()
    assert figure.layout.xaxis.type == "log"


def test_the_suggested_rate_is_pointed_at(figure: go.Figure) -> None:
    (line,) = [trace for trace in figure.data if trace.name == "suggested: 0.001"]
    assert set(line.x) == {1e-3}
    assert tuple(line.y) == tuple(figure.layout.yaxis.range)


def test_what_explodes_does_not_hide_the_rest(figure: go.Figure) -> None:
    low, high = figure.layout.yaxis.range
    assert 0 < low < 0.4
    assert 1.1 < high < 3


def test_the_sentence_says_where_and_how_much() -> None:
    sentence = say_rates(TABLE, 1e-3)
    assert "least at 0.01, 50% lower" in sentence
    assert "0.001" in sentence
