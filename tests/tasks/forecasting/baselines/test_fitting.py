from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tasks.forecasting.baselines.simple import BASELINES, predict_baselines
from lstm_core.tasks.forecasting.baselines.words import SEASONS_AVERAGED


def predict_slowly(values: list[float], cutoff: int, step: int, season: int) -> dict[str, float]:
    """Say each baseline in its textbook form, one value at a time."""
    known = values[: cutoff + 1]
    same_step_of_season = known[::-1][(-step) % season :: season]
    slope = (known[-1] - known[0]) / cutoff if cutoff else 0.0
    return {
        "last_value": known[-1],
        "seasonal_naive": same_step_of_season[0] if same_step_of_season else known[-1],
        "seasonal_mean": float(np.mean(same_step_of_season[:SEASONS_AVERAGED] or [known[-1]])),
        "drift": known[-1] + step * slope,
    }


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40),
    st.integers(1, 9),
    st.integers(1, 8),
    st.data(),
)
def test_baselines_equal_their_textbook_form(
    values: list[float], horizon: int, season: int, data: st.DataObject
) -> None:
    rows = st.integers(0, len(values) - 1)
    cutoffs = data.draw(st.lists(rows, min_size=1, max_size=5))
    predicted = predict_baselines(np.array(values), np.array(cutoffs), horizon, season)
    assert tuple(predicted) == BASELINES
    for number, cutoff in enumerate(cutoffs):
        for step in range(1, horizon + 1):
            for name, expected in predict_slowly(values, cutoff, step, season).items():
                np.testing.assert_allclose(
                    predicted[name][number, step - 1], expected, atol=1e-9, err_msg=name
                )


@given(st.integers(1, 12), st.integers(1, 5), st.integers(0, 20))
def test_no_baseline_looks_beyond_the_cutoff(season: int, horizon: int, cutoff: int) -> None:
    values = np.sin(np.arange(30.0))
    scrambled = np.where(np.arange(30) > cutoff, 1e9, values)
    ours = predict_baselines(values, np.array([cutoff]), horizon, season)
    theirs = predict_baselines(scrambled, np.array([cutoff]), horizon, season)
    for name in BASELINES:
        np.testing.assert_array_equal(ours[name], theirs[name])
