from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from lstm_core.charts.searches.progress import draw_best_over_time, draw_cost, find_front
from lstm_core.charts.searches.trials import NO_SCORE
from tests.charts.searches.tables import make_no_trials, make_trials


def get_traces(figure: go.Figure) -> dict[str, go.Scatter]:
    return {trace.name: trace for trace in figure.data}


def test_the_best_so_far_goes_down_in_steps_and_lasts_to_the_end() -> None:
    steps = get_traces(draw_best_over_time(make_trials(), "MASE", False))["best so far"]
    assert list(steps.x) == [10, 15, 35, 75, 155, 158]
    assert list(steps.y) == [1.0, 0.9, 0.9, 0.7, 0.7, 0.7]
    assert steps.line.shape == "hv"


def test_a_larger_score_can_be_the_better_one() -> None:
    traces = get_traces(draw_best_over_time(make_trials(), "skill", True))
    assert list(traces["best so far"].y) == [1.0, 1.0, 1.1, 1.1, 1.1, 1.1]
    assert list(traces["best: trial 2"].y) == [1.1]


def test_each_way_to_end_has_its_own_dots() -> None:
    traces = get_traces(draw_best_over_time(make_trials(), "MASE", False))
    assert list(traces["completed"].y) == [1.0, 0.9, 1.1, 0.7, 0.8]
    assert list(traces["ended early"].y) == [0.6]
    assert list(traces["without a score"].customdata) == ["trial 6, failed"]
    assert list(traces["without a score"].y) == [1.1]
    assert list(traces["best: trial 3"].x) == [75]


def test_a_diverged_trial_stands_at_the_edge_and_says_its_score() -> None:
    trials = make_trials(score=[1.0, 0.9, 1.1, 0.7, 0.8, 60.0, math.nan, math.nan])
    figure = draw_best_over_time(trials, "MASE", False)
    (far,) = (trace for trace in figure.data if trace.name == "far worse")
    assert list(far.y) == [1.1]
    assert "MASE 60" in far.customdata[0]
    assert figure.layout.yaxis.range[1] < 1.2


def test_trials_can_stand_in_their_order_instead_of_their_time() -> None:
    figure = draw_best_over_time(make_trials().iloc[::-1], "MASE", False, over="trial")
    assert list(get_traces(figure)["best so far"].x) == [0, 1, 2, 3, 4, 6]
    assert figure.layout.xaxis.title.text == "trial"


@pytest.mark.parametrize(("scale", "unit"), [(1, "seconds"), (60, "minutes"), (3600, "hours")])
def test_time_has_a_unit_that_fits(scale: int, unit: str) -> None:
    trials = make_trials()
    trials["ended_after"] *= scale
    figure = draw_best_over_time(trials, "MASE", False)
    assert figure.layout.xaxis.title.text == f"{unit} since the start"
    assert get_traces(figure)["best so far"].x[-1] == pytest.approx(158)


def test_the_default_and_the_best_baseline_are_drawn_across() -> None:
    figure = draw_best_over_time(make_trials(), "MASE", False, 1.0, ("<i>drift</i>", 2.5))
    lines = {shape.name: shape.y0 for shape in figure.layout.shapes}
    assert lines == {"default": 1.0, "&lt;i&gt;drift&lt;/i&gt;": 2.5}
    assert figure.layout.yaxis.range[1] > 2.5


def test_a_spread_is_a_bar() -> None:
    spread = [0.1, *[math.nan] * 7]
    traces = get_traces(draw_best_over_time(make_trials(spread=spread), "MASE", False))
    assert traces["completed"].error_y.array[0] == 0.1
    assert traces["ended early"].error_y.array is None


def test_the_front_links_those_that_none_beats_at_both() -> None:
    assert find_front(make_trials(), larger_is_better=False)["trial"].tolist() == [1, 3]
    assert find_front(make_trials(), larger_is_better=True)["trial"].tolist() == [1, 0, 2]


def test_of_two_as_fast_the_better_is_on_the_front() -> None:
    trials = make_trials(seconds=[5.0] * 8)
    assert find_front(trials, larger_is_better=False)["trial"].tolist() == [3]


def test_a_slower_trial_that_is_no_better_is_not_on_the_front() -> None:
    trials = make_trials(score=[0.7, 0.9, 1.1, 0.7, 0.7, *[math.nan] * 3])
    assert find_front(trials, larger_is_better=False)["trial"].tolist() == [1, 0]


def test_cost_is_on_a_log_axis_with_the_front_and_the_best() -> None:
    figure = draw_cost(make_trials(), "MASE", False)
    traces = get_traces(figure)
    assert list(traces["best for its time"].x) == [5, 40]
    assert list(traces["best: trial 3"].y) == [0.7]
    assert "without a score" not in traces
    assert figure.layout.xaxis.type == "log"
    assert "5" in figure.layout.xaxis.ticktext


@pytest.mark.parametrize("trials", [make_no_trials(), make_trials(score=[math.nan] * 8)])
def test_without_a_score_the_charts_say_so(trials: pd.DataFrame) -> None:
    for figure in (draw_best_over_time(trials, "MASE", False), draw_cost(trials, "MASE", False)):
        assert not figure.data
        assert figure.layout.annotations[0].text == NO_SCORE
