from __future__ import annotations

import numpy as np

from lstm_core.charts.series.rhythm import MOST_BARS, draw_autocorrelation, draw_periodogram


def test_seasons_are_marked_where_they_are_in_sight() -> None:
    figure = draw_autocorrelation(np.cos(np.arange(1, 31) / 7 * 2 * np.pi), 0.2, [7, 365])
    (bars,) = figure.data
    assert (bars.type, bars.x[0], len(bars.x)) == ("bar", 1, 30)
    assert [note.text for note in figure.layout.annotations] == ["7"]
    band = figure.layout.shapes[0]
    assert (band.y0, band.y1) == (-0.2, 0.2)
    low, high = figure.layout.yaxis.range
    assert low < min(bars.y)
    assert high > 1


def test_many_lags_are_a_line() -> None:
    (line,) = draw_autocorrelation(np.zeros(MOST_BARS + 1), 0.1, []).data
    assert line.type == "scatter"


def test_periods_stand_on_a_scale_of_ratios() -> None:
    periods = np.array([2.0, 7.0, 365.0])
    figure = draw_periodogram(periods, np.array([0.1, 0.6, 0.3]), [7])
    assert figure.layout.xaxis.type == "log"
    assert [note.text for note in figure.layout.annotations] == ["7"]
    assert list(figure.data[0].x) == periods.tolist()
    assert figure.layout.annotations[0].x == np.log10(7)
    assert figure.layout.shapes[0].x0 == 7
