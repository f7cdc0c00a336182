from __future__ import annotations

import math

import numpy as np
import pytest

from lstm_core.charts.searches.slices import draw_slices
from lstm_core.charts.searches.trials import NO_SCORE
from tests.charts.searches.tables import CELL, DROPOUT, RATE, make_no_trials, make_trials


def test_each_setting_has_a_figure_and_scores_share_a_range() -> None:
    figures = draw_slices(make_trials(), [RATE, DROPOUT, CELL], "MASE", False)
    assert [figure.layout.xaxis.title.text for figure in figures] == [
        *("Learning rate", "Dropout", "&lt;b&gt;Cell&lt;/b&gt;")
    ]
    assert len({figure.layout.yaxis.range for figure in figures}) == 1


def test_dots_are_coloured_by_the_order_of_trials_and_the_best_is_a_star() -> None:
    dots, star = draw_slices(make_trials(), [RATE], "MASE", False)[0].data
    assert list(dots.marker.color) == [0, 1, 2, 3, 4, 5]
    assert (dots.marker.cmin, dots.marker.cmax) == (0, 5)
    assert star.x[0] == pytest.approx(np.log10(3e-3))
    assert star.y[0] == 0.7
    assert "Learning rate: 0.003" in star.customdata[0]


def test_trials_to_which_the_setting_did_not_matter_are_missing() -> None:
    dots, _ = draw_slices(make_trials(), [DROPOUT], "MASE", False)[0].data
    assert list(dots.marker.color) == [0, 2, 3, 5]
    best_unused = make_trials(**{"model.dropout": [0.1, 0.1, 0.1, None, 0.1, 0.1, 0.1, 0.1]})
    assert len(draw_slices(best_unused, [DROPOUT], "MASE", False)[0].data) == 1
    unused = make_trials(**{"model.dropout": [None] * 8})
    (figure,) = draw_slices(unused, [DROPOUT], "MASE", False)
    assert "Dropout" in figure.layout.annotations[0].text


def test_words_are_safe_in_ticks_and_in_texts() -> None:
    figure = draw_slices(make_trials(), [CELL], "MASE", False)[0]
    assert "&lt;i&gt;mine&lt;/i&gt;" in figure.layout.xaxis.ticktext
    assert "&lt;i&gt;mine&lt;/i&gt;" in figure.data[0].customdata[4]


def test_a_diverged_trial_stands_at_the_edge() -> None:
    trials = make_trials(score=[1.0, 0.9, 1.1, 0.7, 0.8, 60.0, math.nan, math.nan])
    dots = draw_slices(trials, [RATE], "MASE", False)[0].data[0]
    assert dots.y[-1] == 1.1
    assert list(dots.marker.symbol) == ["circle"] * 5 + ["triangle-up"]


def test_without_a_score_each_figure_says_so() -> None:
    figures = draw_slices(make_no_trials(), [RATE, CELL], "MASE", False)
    assert [figure.layout.annotations[0].text for figure in figures] == [NO_SCORE] * 2
