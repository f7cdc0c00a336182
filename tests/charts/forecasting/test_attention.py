from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.charts.forecasting.attention import draw_attention, say_attention


def make_attention(weights: list[float]) -> pd.DataFrame:
    days = pd.date_range("2024-01-11", periods=len(weights))
    return pd.DataFrame({"timestamp": days, "weight": weights})


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([0.1] * 10, "It looks at the whole window about evenly."),
        ([0.04] * 9 + [0.64], "Half of its attention lies on one step of 10."),
        ([0.3, 0.3] + [0.05] * 8, "Half of its attention lies on 2 steps of 10."),
    ],
)
def test_how_far_attention_is_spread_is_said(weights: list[float], sentence: str) -> None:
    assert say_attention(make_attention(weights)) == sentence


def test_the_window_alone_is_drawn_over_its_weights() -> None:
    history = pd.DataFrame(
        {"timestamp": pd.date_range("2024-01-01", periods=20), "value": np.arange(20.0)}
    )
    line, bars = draw_attention(history, make_attention([0.1] * 10)).data
    assert list(line.y) == list(range(10, 20))
    assert list(bars.y) == [0.1] * 10
    assert list(bars.x) == list(line.x)
