"""The series whose answer is known."""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.verdicts import NUM_ROWS, SEASON, make_values


def test_the_changes_of_a_walk_tell_nothing_about_the_next() -> None:
    changes = np.diff(make_values("walk", 3))

    assert abs(np.corrcoef(changes[1:], changes[:-1])[0, 1]) < 4 / np.sqrt(NUM_ROWS)


def test_a_season_comes_back_under_its_noise() -> None:
    values = make_values("season", 3)

    assert np.corrcoef(values[SEASON:], values[:-SEASON])[0, 1] > 0.8
    assert not np.array_equal(values, make_values("season", 4))
