from __future__ import annotations

import math

import pytest

from lstm_core.charts.searches.axes import INACTIVE, Axis
from lstm_core.charts.searches.parallel import draw_parallel_coordinates
from lstm_core.charts.searches.trials import NO_SCORE
from tests.charts.searches.tables import CELL, DROPOUT, RATE, UNITS, make_no_trials, make_trials

AXES = (CELL, RATE, DROPOUT, UNITS)


def test_the_score_comes_last_and_only_scored_trials_are_lines() -> None:
    (lines,) = draw_parallel_coordinates(make_trials(), AXES, "MASE", False).data
    assert [each.label for each in lines.dimensions] == [
        *("&lt;b&gt;Cell&lt;/b&gt;", "Learning rate", "Dropout", "Units", "MASE")
    ]
    assert sorted(lines.dimensions[-1]["values"]) == [0.6, 0.7, 0.8, 0.9, 1.0, 1.1]


@pytest.mark.parametrize("larger_is_better", [False, True])
def test_the_best_line_is_drawn_over_the_others(larger_is_better: bool) -> None:
    (lines,) = draw_parallel_coordinates(make_trials(), AXES, "MASE", larger_is_better).data
    assert lines.line.color[-1] == (1.1 if larger_is_better else 0.6)


def test_a_setting_that_did_not_matter_has_a_place_below_all_values() -> None:
    (lines,) = draw_parallel_coordinates(make_trials(), AXES, "MASE", False).data
    dropout = lines.dimensions[2]
    assert dropout.ticktext[0] == INACTIVE
    assert dropout.tickvals[0] == dropout.range[0] < 0
    assert list(dropout["values"]).count(dropout.tickvals[0]) == 2
    assert INACTIVE not in lines.dimensions[1].ticktext


def test_words_and_logarithms_are_written_for_people() -> None:
    (lines,) = draw_parallel_coordinates(make_trials(), AXES, "MASE", False).data
    assert list(lines.dimensions[0].ticktext) == ["lstm", "gru", "&lt;i&gt;mine&lt;/i&gt;"]
    assert lines.dimensions[1].range == pytest.approx((-4, -2))
    assert "0.001" in lines.dimensions[1].ticktext


def test_a_diverged_trial_has_the_worst_colour_and_place() -> None:
    trials = make_trials(score=[1.0, 0.9, 1.1, 0.7, 0.8, 60.0, math.nan, math.nan])
    (lines,) = draw_parallel_coordinates(trials, AXES, "MASE", False).data
    assert max(lines.line.color) == lines.line.cmax == 1.1
    assert max(lines.dimensions[-1]["values"]) == 1.1


def test_axes_of_one_value_or_of_none_have_a_length() -> None:
    trials = make_trials().assign(**{"model.dropout": 0.1, "model.units": None})
    (lines,) = draw_parallel_coordinates(trials, [DROPOUT, UNITS], "MASE", False).data
    for each in lines.dimensions:
        assert each.range[0] < each.range[1]
    assert list(lines.dimensions[1].ticktext) == [INACTIVE]


def test_each_axis_has_a_line_that_both_pages_show() -> None:
    figure = draw_parallel_coordinates(make_trials(), AXES, "MASE", False)
    assert [shape.x0 for shape in figure.layout.shapes] == [0, 0.25, 0.5, 0.75, 1]


def test_long_words_at_the_left_are_not_cut() -> None:
    long = Axis(CELL.path, "Cell", "choice", ("a word of twenty signs",))
    narrow, wide = (
        draw_parallel_coordinates(make_trials(), [axis], "MASE", False).layout.margin.l
        for axis in (DROPOUT, long)
    )
    assert wide > narrow


def test_without_a_score_the_chart_says_so() -> None:
    figure = draw_parallel_coordinates(make_no_trials(), AXES, "MASE", False)
    assert figure.layout.annotations[0].text == NO_SCORE
