from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.predicting.ranges import fit_factors, raw_ends
from lstm_core.tasks.forecasting.predicting.totals import name_totals, score_totals

HORIZON = 6


def make_windows(num: int, *, is_kept: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make windows that are forecast at 50: errors made anew at each step, or kept throughout."""
    rng = np.random.default_rng(num)
    errors = rng.normal(size=(num, 1 if is_kept else HORIZON)) * np.ones(HORIZON)
    point = np.full((num, HORIZON), 50.0)
    return point + errors, point, raw_ends(point[..., None])


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_sum_has_a_range_that_holds_what_it_promises(is_kept: bool) -> None:
    factors = fit_factors(score_totals(*make_windows(800, is_kept=is_kept)))
    actual, point, ends = make_windows(600, is_kept=is_kept)
    told = name_totals(point[0], ends[0], factors, is_whole=False)
    np.testing.assert_allclose(told["total"], 50.0 * np.arange(1, HORIZON + 1))
    sums = actual.cumsum(axis=1)
    for level in LEVELS:
        held = (told[f"total_low_{level}"] <= sums) & (sums <= told[f"total_high_{level}"])
        np.testing.assert_allclose(held.mean(axis=0), level / 100, atol=0.05)
    # Errors that are made anew cancel out: six times one step would be far too wide.
    width = told["total_high_80"][-1] - told["total_low_80"][-1]
    one = told["total_high_80"][0] - told["total_low_80"][0]
    assert width / one == pytest.approx(HORIZON if is_kept else HORIZON**0.5, rel=0.15)


def test_no_sum_is_below_zero_and_counts_stay_whole() -> None:
    point = np.array([0.4, 0.6, 0.7])
    ends = np.stack([point - 0.3, point + 0.3], axis=-1)[:, None].repeat(len(LEVELS), axis=1)
    told = name_totals(point, ends, np.full((3, len(LEVELS)), 9.0), is_whole=True)
    assert told["total"].tolist() == [0.0, 1.0, 2.0]
    assert (told["total_low_95"] == 0.0).all()
    assert all((column % 1 == 0).all() for column in told.values())


def test_a_sum_with_a_gap_in_it_tells_nothing_from_there_on() -> None:
    actual, point, ends = make_windows(3, is_kept=False)
    actual[:, 2] = np.nan
    scores = score_totals(actual, point, ends)
    assert np.isfinite(scores[:, :2]).all()
    assert np.isnan(scores[:, 2:]).all()
