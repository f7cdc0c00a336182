from __future__ import annotations

import numpy as np
import pytest

from lstm_core.charts.series.values import (
    MOST_LINES,
    MOST_ROWS,
    draw_distribution,
    draw_lags,
    draw_missing,
)

HOSTILE = "<b>$x$</b>"


def test_a_bar_stands_between_its_edges() -> None:
    (bars,) = draw_distribution(np.array([0.0, 1.0, 3.0]), np.array([5, 2])).data
    assert list(bars.x) == [0.5, 2.0]
    assert list(bars.width) == pytest.approx([0.95, 1.9])
    assert bars.customdata[1] == "1 to 3"


def test_each_column_has_a_row_of_what_is_missing() -> None:
    figure = draw_missing([HOSTILE, "b"], [1, 2, 3], np.array([[0, 0.5, 1], [0, 0, 0]]))
    (map_,) = figure.data
    assert np.asarray(map_.z).shape == (2, 3)
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;x&lt;/b&gt;", "b")
    many = draw_missing([f"c{n}" for n in range(99)], [1], np.zeros((99, 1)))
    assert len(many.layout.yaxis.ticktext) == MOST_ROWS
    assert many.layout.height > figure.layout.height


def test_the_first_columns_have_a_line_each() -> None:
    figure = draw_lags({HOSTILE: np.array([0.5, 0.2, -0.1])})
    (line,) = figure.data
    assert (list(line.x), line.name) == ([0, 1, 2], "&lt;b&gt;x&lt;/b&gt;")
    assert len(draw_lags({f"c{n}": np.zeros(4) for n in range(20)}).data) == MOST_LINES
