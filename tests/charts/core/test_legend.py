"""Names stand in full above the plot, and the toolbar's strip above them."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from lstm_core.charts.core.legend import ROW_PIXELS, TOOLBAR_PIXELS, count_rows, place_names

NAMES = ["best so far", "completed", "ended early", "far worse", "without a score", "default"]


def draw(names: list[str]) -> go.Figure:
    figure = go.Figure([go.Scatter(x=[1], y=[1], name=name) for name in names])
    place_names(figure, 380)
    return figure


def test_names_begin_below_the_toolbar() -> None:
    layout = draw(NAMES[:2]).layout
    assert layout.legend.yref == "container"
    assert (1 - layout.legend.y) * layout.height == pytest.approx(TOOLBAR_PIXELS)


def test_the_plot_keeps_its_height_however_many_names_there_are() -> None:
    few, many = draw(NAMES[:2]).layout, draw(NAMES * 2).layout
    rows = count_rows(NAMES * 2)
    assert rows == 6
    assert many.height - few.height == (rows - 1) * ROW_PIXELS


def test_long_names_have_rows_of_their_own() -> None:
    assert count_rows(["a name that is longer than half a phone is wide"] * 3) == 3
    assert count_rows(["short"] * 3) == 1
    assert count_rows([]) == 1


def test_only_names_that_are_shown_count() -> None:
    hidden = [go.Scatter(x=[1], y=[1], name=name, showlegend=False) for name in NAMES * 3]
    figure = go.Figure([*hidden, go.Scatter(x=[1], y=[1], name="shown")])
    figure.add_hline(y=1, name="a line across", showlegend=True)
    place_names(figure, 300)
    assert figure.layout.height == draw(["shown", "too"]).layout.height - 80
