"""What mattered stands first, what did not stands near nothing."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from lstm_core.searches.outcome.importance import FEWEST_TRIALS, measure_importance
from lstm_core.spec.search import parse_space
from tests.searches.spaces import MIXED, draw_point

POINTS = [draw_point(MIXED, seed) for seed in range(60)]


def score(point: dict[str, object]) -> float:
    """The rate decides most, the architecture less, and nothing else."""
    rate = math.log10(float(str(point["training.learning_rate"])))
    return (rate + 3) ** 2 * 3 + {"gru": 0.0, "segment": 1.0, "stacked": 0.5}[
        str(point["model.architecture"])
    ]


def test_what_mattered_stands_first():
    table = measure_importance(POINTS, [score(point) for point in POINTS], MIXED)
    assert table is not None
    assert list(table.columns) == ["path", "importance", "deviation"]
    assert list(table["path"][:2]) == ["training.learning_rate", "model.architecture"]
    shares = table.set_index("path")["importance"]
    assert 0.5 < shares["training.learning_rate"] <= 1.0
    assert shares.drop(["training.learning_rate", "model.architecture"]).max() < 0.05
    assert (table["deviation"] >= 0).all()


def test_settings_that_never_change_have_no_row():
    table = measure_importance(POINTS, [score(point) for point in POINTS], MIXED)
    assert table is not None
    assert set(table["path"]) == set(MIXED) - {"training.loss"}


def test_it_is_the_same_each_time_in_whatever_unit_and_direction():
    scores = np.array([score(point) for point in POINTS])
    first, again, turned = (
        measure_importance(POINTS, list(each), MIXED) for each in (scores, scores, 5 - 1e6 * scores)
    )
    assert first is not None
    assert turned is not None
    pd.testing.assert_frame_equal(first, again)
    assert list(turned["path"][:2]) == list(first["path"][:2])
    np.testing.assert_allclose(turned["importance"], first["importance"], atol=0.05)


def test_one_disaster_does_not_explain_everything():
    scores = [score(point) for point in POINTS]
    scores[0] = 1e9
    table = measure_importance(POINTS, scores, MIXED)
    assert table is not None
    assert table["path"][0] == "training.learning_rate"
    assert table["importance"][0] > 2 * table["importance"][1]


def test_too_few_trials_or_equal_scores_tell_nothing():
    few = POINTS[: FEWEST_TRIALS - 1]
    assert measure_importance(few, [score(point) for point in few], MIXED) is None
    assert measure_importance(POINTS, [0.7] * len(POINTS), MIXED) is None


def test_values_outside_of_the_space_can_be_placed():
    space = parse_space({"model.units": [16, 32], "training.learning_rate": [None, 0.1, 0.2]})
    values = [{"model.units": 20 + number, "training.learning_rate": 7} for number in range(10)]
    table = measure_importance(values, list(range(10)), space)
    assert table is not None
    assert table["importance"].max() < 1e-9
