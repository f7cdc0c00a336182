"""A small share of the measurement: the function is right, and the better strategy finds more."""

from __future__ import annotations

import pytest

from benchmarks.searching.strategies import LOWEST, SPACE, compare, measure

LOWEST_AT = (0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573)


def test_the_function_has_its_known_minimum():
    point = {
        path: entry.low * (entry.high / entry.low) ** share
        if entry.scale == "log"
        else entry.low + (entry.high - entry.low) * share
        for (path, entry), share in zip(SPACE.items(), LOWEST_AT, strict=True)
    }
    assert measure(point) == pytest.approx(LOWEST, abs=1e-4)
    assert measure({**point, "b": 0.9}) > LOWEST + 0.1


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.* is deprecated, :DeprecationWarning:keras_tuner")
def test_bayesian_search_beats_random_search():
    report = compare(num_seeds=5, num_trials=25)
    assert report["holds"]
    assert report["seeds_won"] >= 4
    assert report["bayesian"]["median_best"] < report["random"]["median_best"] - 0.5
