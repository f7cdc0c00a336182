from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.charts.classification.breakdowns import MOST_BARS as MOST_VALUES
from lstm_core.charts.classification.breakdowns import draw_breakdown, list_breakdowns
from lstm_core.charts.classification.confusion import draw_confusion
from lstm_core.charts.classification.probabilities import (
    MOST_BARS,
    draw_probabilities,
    rank_labels,
)
from lstm_core.charts.classification.reliability import draw_reliability
from lstm_core.charts.classification.spoken import MOST_BARS as MOST_STEPS
from lstm_core.charts.classification.spoken import draw_spoken
from lstm_core.charts.classification.thresholds import (
    draw_precision,
    draw_roc,
    draw_thresholds,
)
from lstm_core.charts.core.matrix import MOST_NUMBERED
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL
from lstm_core.charts.core.shares import say_share
from lstm_core.charts.core.signals import choose_channel

HOSTILE = "<a href=x>$y$"
SAFE = "&lt;a href=x&gt;y"


def test_the_likeliest_labels_have_bars_and_so_has_the_true_one() -> None:
    labels = [f"label {number}" for number in range(12)]
    shares = [0.3, 0.2, *([0.05] * 9), 0.01]
    (bars,) = draw_probabilities(labels, shares, truth="label 11").data
    assert len(bars.x) == MOST_BARS + 1
    assert bars.marker.color[0] == MODEL
    assert bars.marker.color[-1] == FORECAST
    assert set(bars.marker.color[1:-1]) == {ACTUAL}
    assert rank_labels(labels, shares) == list(range(10))
    figure = draw_probabilities([HOSTILE, "b"], [0.999, 0.001], truth=HOSTILE)
    assert figure.layout.yaxis.ticktext[0] == f"{SAFE} (its label)"
    assert list(figure.data[0].text) == [">99%", "<1%"]
    assert [say_share(share) for share in (0, 0.004, 0.5, 1)] == ["0%", "<1%", "50%", "100%"]


def test_what_is_right_and_what_is_wrong_have_colours_of_their_own() -> None:
    matrix = np.array([[8, 2], [0, 5]])
    right, wrong, cells = draw_confusion(matrix, [HOSTILE, "b"]).data
    assert right.z[0][0] == 0.8
    assert np.isnan(right.z[0][1])
    assert wrong.z[0][1] == 0.2
    assert np.isnan(wrong.z[1][0])  # what never happened is empty
    assert list(cells.text) == ["8", "2", "", "5"]
    assert cells.hovertext[1] == f"{SAFE}, taken for b: 2 (20% of its items)"
    many = np.eye(MOST_NUMBERED + 1, dtype=int)
    names = [str(number) for number in range(len(many))]
    assert draw_confusion(many, names).data[-1].mode == "markers"


def test_stretches_stand_behind_the_signal_in_both_colours() -> None:
    values = np.random.default_rng(0).normal(size=(1_000, 3))
    scores = np.linspace(-1, 1, 1_000)
    figure = draw_spoken(values, ["x", HOSTILE, "z"], scores, [(0, 100, -2.0), (900, 1_000, 3.0)])
    against, spoken = figure.layout.shapes
    assert (against.fillcolor, spoken.fillcolor) == (FORECAST, MODEL)
    assert against.opacity < spoken.opacity
    names = [trace.name for trace in figure.data]
    assert names == ["x", SAFE, "z", "speaks for it", "speaks against it"]
    assert MODEL not in [trace.line.color for trace in figure.data[:3]]
    bars = figure.data[3]
    assert len(bars.x) == MOST_STEPS
    assert np.isclose(np.sum(bars.width), 1_000)


def test_the_channel_in_which_most_happens_stands_for_all() -> None:
    assert choose_channel(np.array([[0.0, 1.0], [0.0, 5.0]])) == 1
    assert choose_channel(np.zeros((0, 2))) == 0


def test_certainty_is_drawn_beside_what_was_right() -> None:
    row = {"low": 0.6, "high": 0.9, "num": 20, "certainty": 0.8, "right": 0.7}
    table = pd.DataFrame([row | {"lowest": 0.5, "highest": 0.85}])
    diagonal, drawn = draw_reliability(table).data
    assert list(diagonal.x) == list(diagonal.y) == [0, 1]
    assert np.allclose(drawn.error_y.array, 0.15)
    assert np.allclose(drawn.error_y.arrayminus, 0.2)


def test_the_threshold_is_a_point_on_the_curves() -> None:
    table = pd.DataFrame(
        {"threshold": [0.2, 0.8], "precision": [0.5, 1.0], "recall": [1.0, 0.5], "f1": [0.7, 0.7]}
    )
    figure = draw_thresholds(table, 0.4)
    assert [trace.name for trace in figure.data] == ["precision", "recall", "F1"]
    assert figure.layout.shapes[0].x0 == 0.4
    roc = pd.DataFrame({"threshold": [1.0, 0.2], "false_alarms": [0.0, 1.0], "hits": [0.0, 1.0]})
    assert list(draw_roc(roc, (0.1, 0.6)).data[-1].y) == [0.6]
    curve = pd.DataFrame({"threshold": [0.2, 1.0], "recall": [1.0, 0.0], "precision": [0.5, 1.0]})
    assert len(draw_precision(curve, 0.5, (0.0, None)).data) == 2  # never said: no such point


def test_where_it_errs_stands_beside_a_baseline() -> None:
    row = {"by": "label", "num": 10, "tfidf": 0.5, "lowest": 0.0, "highest": 1.0}
    rows = [
        row | {"value": f"{HOSTILE} {number}", "model": number / 40}
        for number in range(MOST_VALUES + 5)
    ]
    lengths = [rows[0] | {"by": "length", "value": value} for value in ("9", "1 to 8")]
    table = pd.DataFrame([*rows, *lengths, rows[0] | {"by": "group"}])
    assert list_breakdowns(table) == ["label", "length"]  # one group alone is beside nothing
    model, rival = draw_breakdown(table, "label", ("tfidf", HOSTILE)).data
    assert len(model.x) == MOST_VALUES
    assert model.x[0] == 0
    assert rival.name == SAFE
    assert "<a" not in model.customdata[0]
    ordered = draw_breakdown(table, "length", None)
    assert list(ordered.layout.yaxis.ticktext) == ["9", "1 to 8"]
    assert len(ordered.data) == 1
