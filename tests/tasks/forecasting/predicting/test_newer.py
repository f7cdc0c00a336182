"""Newer data of a model that was trained before."""

from __future__ import annotations

import numpy as np

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.predicting.newer import keep_usable_series
from tests.tasks.datasets import make_dataset, make_sine

SPEC = ExperimentSpec().with_values({"task.lookback": 10, "task.horizon": 2})


def test_new_and_short_series_are_left_out_by_name() -> None:
    lengths = {"a": 30, "b": 9, "c": 30, "new": 30}
    dataset = make_dataset({name: make_sine(length) for name, length in lengths.items()})
    kept, told = keep_usable_series(dataset, ["a", "b", "c", "gone"], SPEC)
    assert kept.series_names == ["a", "c"]
    assert len(kept.observed) == 60
    np.testing.assert_array_equal(kept.frame.loc["c"], dataset.frame.loc["c"])
    assert [sentence.rpartition(": ")[2] for sentence in told] == ['"new".', '"b".']


def test_a_table_without_a_known_series_stays_to_be_refused() -> None:
    dataset = make_dataset({"new": make_sine(30)})
    assert keep_usable_series(dataset, ["a"], SPEC) == (dataset, [])


def test_a_table_of_one_series_stays() -> None:
    dataset = make_dataset(make_sine(5))
    assert keep_usable_series(dataset, [""], SPEC) == (dataset, [])
