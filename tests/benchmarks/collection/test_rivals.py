"""Rules beside the app's own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.collection.rivals import Rivals, list_cycles
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.spec import ExperimentSpec

NOTHING_KNOWN = np.empty((60, 0))


@pytest.mark.parametrize(
    ("alias", "cycles"),
    [("30min", (48, 336, 17_520)), ("D", (7, 365)), ("MS", (12,)), ("W", (52,)), ("YS", ())],
)
def test_cycles_are_those_of_the_calendar(alias: str, cycles: tuple[int, ...]) -> None:
    times = pd.date_range("2001-01-01", periods=60, freq=alias)
    frame = pd.DataFrame({"time": times, "value": np.arange(60.0)})
    dataset = build_dataset(SourceTable(frame, "table"), ExperimentSpec().data)
    assert list_cycles(dataset) == cycles


def test_the_same_time_of_a_cycle_ago_and_its_mean() -> None:
    values = np.tile([0.0, 1, 2, 3, 4, 5, 6], 9)[:60] + 10 * (np.arange(60) >= 49)
    said = Rivals(values, NOTHING_KNOWN, 40, (7, 365)).predict(np.array([55]), 3)
    assert said["7 steps ago"].tolist() == [[10, 11, 12]]
    assert said["mean over cycles of 7"].tolist() == [[2.5, 3.5, 4.5]]
    assert not any("365" in name for name in said)


def test_nothing_behind_the_cutoff_is_looked_at() -> None:
    rng = np.random.default_rng(0)
    values, known = rng.poisson(0.5, 60).astype(float), rng.normal(size=(60, 2))
    changed = np.where(np.arange(60) > 49, 1e6, values)
    one, other = (
        Rivals(each, known, 40, (7,)).predict(np.array([49]), 5) for each in (values, changed)
    )
    assert {"zero", "median", "mean", "regression"} <= set(one)
    assert all((one[name] == other[name]).all() for name in one)


def test_zero_is_a_rule_where_many_values_are() -> None:
    few = np.where(np.arange(60) % 5 == 0, 0.0, 3)
    assert "zero" not in Rivals(few, NOTHING_KNOWN, 40, ()).predict(np.array([50]), 2)


def test_a_regression_finds_what_a_covariate_does_and_lets_the_last_error_fade() -> None:
    rng = np.random.default_rng(1)
    known = rng.integers(0, 2, (300, 1)).astype(float)
    errors = np.zeros(300)
    for row in range(1, 300):
        errors[row] = 0.8 * errors[row - 1] + rng.normal(0, 0.1)
    values = 5 + 40 * known[:, 0] + errors
    said = Rivals(values, known, 250, ()).predict(np.array([280]), 10)["regression"][0]
    assert np.abs(said - (5 + 40 * known[281:291, 0])).max() < 1
    assert said[0] - 5 - 40 * known[281, 0] == pytest.approx(0.8 * errors[280], abs=0.2)
