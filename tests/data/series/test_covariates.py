from __future__ import annotations

import numpy as np

from lstm_core.data.series.covariates import keep_covariates
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from lstm_core.spec import SeriesDataSpec
from tests.tasks.datasets import make_dataset


def make_four_columns() -> Dataset:
    """A target, two past covariates and one known ahead of time."""
    values = np.random.default_rng(0).normal(size=(30, 4))
    return make_dataset(values, future={"series": np.ones((5, 1))})


def test_what_the_spec_names_stays() -> None:
    dataset = make_four_columns()
    spec = SeriesDataSpec(past_covariates=("x0", "x1"), known_future_covariates=("k0",))
    assert keep_covariates(dataset, spec) is dataset


def test_a_past_covariate_is_left_out() -> None:
    spec = SeriesDataSpec(past_covariates=("x1",), known_future_covariates=("k0",))
    kept = keep_covariates(make_four_columns(), spec)
    assert list(kept.frame.columns) == ["y0", "x1", "k0"] == list(kept.roles.columns)
    assert len(kept.future) == 5
    assert collection_from_bytes(collection_to_bytes(kept)).fingerprint == kept.fingerprint


def test_without_known_future_covariates_there_is_no_future() -> None:
    kept = keep_covariates(
        make_four_columns(),
        SeriesDataSpec(past_covariates=("x0", "x1"), known_future_covariates=()),
    )
    assert list(kept.frame.columns) == ["y0", "x0", "x1"]
    assert kept.future.empty
    assert len(kept.future) == 0
    assert collection_from_bytes(collection_to_bytes(kept)).fingerprint == kept.fingerprint


def test_what_describes_the_series_stays() -> None:
    dataset = make_dataset({"a": np.arange(60.0).reshape(20, 3), "b": np.ones((20, 3))})
    spec = SeriesDataSpec(past_covariates=("x0",), static=("x1",))
    assert keep_covariates(dataset, spec) is dataset
    without = keep_covariates(dataset, spec.model_copy(update={"static": ()}))
    assert without.roles.past_covariates == ("x0",)
    alone = spec.model_copy(update={"past_covariates": ()})
    assert keep_covariates(dataset, alone).roles.past_covariates == ("x1",)
