from __future__ import annotations

import numpy as np

from lstm_core.charts.classification.signals import draw_signal
from lstm_core.charts.core.signals import MOST_CHANNELS, thin_out


def test_each_channel_is_a_line_under_its_name() -> None:
    values = np.arange(12, dtype=np.float32).reshape(6, 2)
    figure = draw_signal(values, ["x", "<i>y"])
    assert [line.name for line in figure.data] == ["x", "&lt;i&gt;y"]
    assert list(figure.data[1].y) == [1, 3, 5, 7, 9, 11]
    assert len(draw_signal(np.zeros((3, 40)), [f"c{n}" for n in range(40)]).data) == MOST_CHANNELS


def test_a_long_signal_keeps_its_peaks() -> None:
    values = np.sin(np.arange(100_000) / 300)
    values[77_777] = 9.0
    steps, shown = thin_out(values, 400)
    assert len(shown) <= 400
    assert np.all(np.diff(steps) >= 0)
    assert 77_777 in steps
    assert shown.max() == 9.0
    assert np.array_equal(values[steps], shown)
