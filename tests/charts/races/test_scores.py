from __future__ import annotations

import pandas as pd
import pytest

from lstm_core.charts.core.palette import LINES
from lstm_core.charts.races.scores import draw_race
from lstm_core.tasks.forecasting.judging.measures import MEASURES

MASE = MEASURES[0]
LABELS = ["LSTM", "GRU", "<b>Mine</b>"]


def make_errors() -> pd.DataFrame:
    rows = [
        ("GRU", 0.5, 2.0, 4_000),
        ("GRU", 0.7, 2.0, 4_000),
        ("<b>Mine</b>", 0.9, None, 9_000),
    ]
    return pd.DataFrame(rows, columns=["label", "score", "seconds", "num_parameters"])


def test_a_bar_reaches_from_the_best_seed_to_the_worst() -> None:
    figure = draw_race(make_errors(), "seconds", LABELS, MASE)
    (gru,) = figure.data
    assert (gru.x[0], gru.y[0]) == (2.0, pytest.approx(0.6))
    assert gru.error_y.array[0] == gru.error_y.arrayminus[0] == pytest.approx(0.1)
    assert "over 2 seeds" in gru.hovertemplate
    assert figure.layout.xaxis.type == "log"


def test_one_keeps_its_colour_whoever_else_has_a_result() -> None:
    errors = make_errors()
    both = draw_race(errors, "num_parameters", LABELS, MASE).data
    alone = draw_race(errors[errors["label"] != "GRU"], "num_parameters", LABELS, MASE).data
    assert [trace.marker.color for trace in both] == [LINES[1], LINES[2]]
    assert alone[0].marker.color == LINES[2]


def test_more_contestants_than_colours_differ_in_their_symbols() -> None:
    labels = [f"net {number}" for number in range(14)]
    errors = pd.DataFrame(
        {"label": labels, "score": 1.0, "seconds": 1.0, "num_parameters": range(1, 15)}
    )
    figure = draw_race(errors, "seconds", labels, MASE)
    looks = {(trace.marker.color, trace.marker.symbol) for trace in figure.data}
    assert len(looks) == 14


def test_the_best_rule_of_thumb_is_drawn_across() -> None:
    figure = draw_race(make_errors(), "seconds", LABELS, MASE, ("<i>drift</i>", 0.65))
    (line,) = figure.layout.shapes
    assert (line.y0, line.y1) == (0.65, 0.65)
    assert line.name == "&lt;i&gt;drift&lt;/i&gt;"


def test_names_are_text() -> None:
    figure = draw_race(make_errors(), "num_parameters", LABELS, MASE)
    assert figure.data[1].name == "&lt;b&gt;Mine&lt;/b&gt;"


def test_without_a_result_nothing_is_drawn() -> None:
    assert not draw_race(make_errors().iloc[:0], "seconds", LABELS, MASE).data
