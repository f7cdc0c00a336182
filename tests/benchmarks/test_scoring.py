"""The benchmarks' own arithmetic."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.accuracy.scoring import average_mase, is_honest, measure_scale, repeat_season


def test_scale_is_blind_to_the_test_part() -> None:
    values = np.array([1.0, 5.0, 2.0, 7.0, 900.0, -900.0])

    assert measure_scale(values, num_test=2, season=2) == pytest.approx(1.5)


def test_the_last_season_is_repeated_in_its_order() -> None:
    values = np.array([9.0, 9.0, 1.0, 2.0, 3.0])

    assert repeat_season(values, num_ahead=5, season=3).tolist() == [1.0, 2.0, 3.0, 1.0, 2.0]


def test_each_series_counts_once_whatever_its_length_and_its_units() -> None:
    table = pd.DataFrame(
        {
            "series": ["a"] * 4 + ["b"] * 2,
            "cutoff": [1, 1, 2, 2, 1, 1],
            "actual": [0.0] * 6,
            "model": [1.0, 3.0, 4.0, -4.0, 100.0, 300.0],
        }
    )

    # a: origins 2 and 4, mean 3, in units of 2; b: one origin of 200, in units of 100
    assert average_mase(table, "model", {"a": 2.0, "b": 100.0}) == pytest.approx((1.5 + 2.0) / 2)


@pytest.mark.parametrize(("coverage", "expected"), [(0.739, False), (0.8, True), (0.861, False)])
def test_a_range_may_hold_neither_too_little_nor_too_much(coverage: float, expected: bool) -> None:
    assert is_honest(coverage) is expected
