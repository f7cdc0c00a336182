from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lstm_core.charts.searches.surface import draw_contour, interpolate_scores
from lstm_core.charts.searches.trials import NO_SCORE
from tests.charts.searches.tables import CELL, DROPOUT, RATE, UNITS, make_no_trials, make_trials


def test_between_trials_the_score_is_linear_and_outside_there_is_none() -> None:
    x, y = pd.Series([0.0, 4.0, 0.0, 1.0]), pd.Series([0.0, 0.0, 2.0, 0.5])
    surface = interpolate_scores(x, y, x + 10 * y)
    assert surface is not None
    grid_x, grid_y, grid = surface
    assert (grid_x[-1], grid_y[-1]) == (4, 2)
    inside = np.isfinite(grid)
    expected = grid_x[np.newaxis, :] + 10 * grid_y[:, np.newaxis]
    assert grid[inside] == pytest.approx(expected[inside], abs=1e-5)
    assert 0.4 < inside.mean() < 0.6  # a triangle is half of its box
    assert not inside[-1, -1]


def test_scores_at_one_point_are_averaged() -> None:
    x, y = pd.Series([0.0, 1.0, 0.0, 1.0, 0.0]), pd.Series([0.0, 0.0, 1.0, 1.0, 0.0])
    surface = interpolate_scores(x, y, pd.Series([1.0, 2.0, 2.0, 2.0, 3.0]))
    assert surface is not None
    assert surface[2] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]),  # three points
        ([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]),  # a line
        ([0.0, 1.0, 2.0, 3.0], [1.0, 1.0, 1.0, 1.0]),
    ],
)
def test_no_surface_is_invented(x: list[float], y: list[float]) -> None:
    assert interpolate_scores(pd.Series(x), pd.Series(y), pd.Series([1.0, 2, 3, 4])) is None


def test_a_surface_lies_under_the_dots_of_two_numeric_settings() -> None:
    surface, dots, star = draw_contour(make_trials(), UNITS, RATE, "MASE", False).data
    assert isinstance(surface, go.Contour)
    assert (surface.x[0], surface.x[-1]) == pytest.approx((np.log10(16), np.log10(256)))
    assert list(dots.y) == pytest.approx(np.log10([1e-3, 1e-4, 1e-2, 3e-3, 1e-3, 1e-2]))
    assert "Units: 64<br>Learning rate: 0.001" in dots.customdata[0]
    assert (surface.reversescale, surface.zmin) == (dots.marker.reversescale, dots.marker.cmin)
    assert star.x[0] == pytest.approx(np.log10(128))


def test_words_get_dots_alone() -> None:
    figure = draw_contour(make_trials(), CELL, RATE, "MASE", False)
    assert [type(trace) for trace in figure.data] == [go.Scatter, go.Scatter]
    assert figure.layout.xaxis.ticktext == ("lstm", "gru", "&lt;i&gt;mine&lt;/i&gt;")
    assert list(np.round(figure.data[0].x)) == [1, 0, 0, 1, 2, 0]


def test_trials_to_which_one_setting_did_not_matter_are_missing() -> None:
    assert len(draw_contour(make_trials(), DROPOUT, RATE, "MASE", False).data[1].x) == 4
    unused = make_trials(**{"model.dropout": [None] * 8})
    figure = draw_contour(unused, DROPOUT, RATE, "MASE", False)
    assert "both" in figure.layout.annotations[0].text


def test_without_a_score_the_chart_says_so() -> None:
    figure = draw_contour(make_no_trials(), UNITS, RATE, "MASE", False)
    assert figure.layout.annotations[0].text == NO_SCORE
