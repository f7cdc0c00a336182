from __future__ import annotations

import math

import pytest

from lstm_core.charts.searches.trials import (
    colour_by_score,
    describe_trials,
    draw_message,
    find_best,
    find_window,
)
from tests.charts.searches.tables import make_no_trials, make_trials


def test_a_trial_that_was_ended_early_is_never_the_best() -> None:
    assert find_best(make_trials(), larger_is_better=False) == 3
    assert find_best(make_trials(), larger_is_better=True) == 2
    assert find_best(make_no_trials(), larger_is_better=False) is None


def test_of_equals_the_first_is_the_best() -> None:
    trials = make_trials(score=[1.0, 0.5, 0.5, 0.7, 0.5, 0.6, math.nan, math.inf])
    assert find_best(trials.iloc[::-1], larger_is_better=False) == 1


@pytest.mark.parametrize("sign", [1, -1])
def test_one_diverged_trial_does_not_flatten_the_others(sign: int) -> None:
    scores = [sign * score for score in (1.0, 0.9, 1.1, 0.7, 0.8, 60.0)]
    trials = make_trials(score=[*scores, math.nan, math.nan])
    window = find_window(trials, larger_is_better=sign < 0)
    assert sorted((sign * window.low, sign * window.high)) == [0.7, 1.1]
    assert window.worst == sign * 1.1
    assert window.is_beyond(trials["score"]).tolist() == [*[False] * 5, True, False, False]


def test_what_is_a_little_worse_is_in_sight_and_so_is_every_line() -> None:
    window = find_window(make_trials(), False, also=[3.0, math.nan])
    assert (window.low, window.high) == (0.6, 3.0)
    low, high = window.axis_range
    assert low < 0.6
    assert high > 3.0


def test_equal_scores_have_an_axis_all_the_same() -> None:
    low, high = find_window(make_trials(score=[0.0] * 8), False).axis_range
    assert low < 0 < high


def test_orange_is_best_whichever_way_scores_go() -> None:
    errors = colour_by_score(find_window(make_trials(), larger_is_better=False))
    skills = colour_by_score(find_window(make_trials(), larger_is_better=True))
    assert errors["colorscale"] == skills["colorscale"]
    assert (errors["reversescale"], skills["reversescale"]) == (True, False)


def test_a_text_says_how_a_trial_ended_and_what_its_score_is_worth() -> None:
    texts = describe_trials(make_trials(spread=[0.05] * 6 + [math.nan] * 2), "<b>MASE</b>")
    assert texts[0] == "the default, trial 0<br>&lt;b&gt;MASE&lt;/b&gt; 1 ± 0.05"
    assert texts[5].startswith("trial 5, pruned<br>")
    assert texts[6] == "trial 6, failed"


def test_a_message_is_text() -> None:
    (note,) = draw_message("Nothing of <b>it</b>.").layout.annotations
    assert note.text == "Nothing of &lt;b&gt;it&lt;/b&gt;."
