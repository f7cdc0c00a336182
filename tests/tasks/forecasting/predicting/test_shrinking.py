from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage, choose_shrinkage

ACTUAL = np.random.default_rng(0).normal(size=(60, 4))
OFF = np.full_like(ACTUAL, 9.0)


def make_noisy(spread: float, seed: int) -> np.ndarray:
    noise: np.ndarray = np.random.default_rng(seed).normal(0, spread, ACTUAL.shape)
    return ACTUAL + noise


def test_a_perfect_network_stands_alone() -> None:
    assert choose_shrinkage(ACTUAL, ACTUAL, {"drift": OFF}) == Shrinkage(1.0, "drift")


def test_a_perfect_baseline_is_taken() -> None:
    found = choose_shrinkage(ACTUAL, OFF, {"drift": OFF, "theta": ACTUAL})
    assert found == Shrinkage(0.0, "theta")


def test_two_of_a_kind_are_averaged() -> None:
    network, rival = make_noisy(1.0, 1), make_noisy(1.0, 2)
    found = choose_shrinkage(ACTUAL, network, {"ets": rival})
    assert found.weight == pytest.approx(0.5, abs=0.15)
    combined = found.combine(network, {"ets": rival})
    errors = [np.abs(ACTUAL - said).mean() for said in (combined, network, rival)]
    assert errors[0] < min(errors[1:])


def test_what_is_not_known_has_no_say() -> None:
    actual = ACTUAL.copy()
    actual[:30] = np.nan
    poor_where_unknown = np.where(np.isnan(actual), 1e6, ACTUAL)
    assert choose_shrinkage(actual, poor_where_unknown, {"drift": OFF}).weight == 1.0
