"""Columns that describe a series are told across the series."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.cautions import list_cautions
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.framing.leaks import check_leaks
from lstm_core.tasks.forecasting.framing.scaling import Scaler
from tests.data.tables import build
from tests.tasks.datasets import make_sine

SIZES = {"a": 100.0, "b": 300.0, "c": 200.0}
REGIONS = {"a": "north", "b": "south", "c": "east"}


def make_shops(**spec: Any) -> Dataset:
    days = pd.date_range("2024-01-01", periods=80)
    columns: dict[str, Any] = {"day": [], "shop": [], "sales": [], "size": [], "region": []}
    for number, shop in enumerate(SIZES):
        columns["day"] += [*days]
        columns["shop"] += [shop] * 80
        columns["sales"] += (make_sine(80, 7, seed=number) + number).tolist()
        columns["size"] += [np.nan, *[SIZES[shop]] * 79]
        columns["region"] += [REGIONS[shop]] * 80
    return build(columns, series="shop", targets=("sales",), **spec)


def ask(**values: Any) -> ExperimentSpec:
    given = {"task.lookback": 8, "task.horizon": 3, "data.static": ["size", "region"]}
    return ExperimentSpec().with_values(given | {f"task.{k}": v for k, v in values.items()})


def test_they_are_inputs_that_differ_between_the_series_alone() -> None:
    dataset = make_shops(static=("size", "region"))
    assert dataset.roles.past_covariates == (
        *("size", "region = east", "region = north", "region = south"),
    )
    assert dataset.num_rows == 240  # the blank first cell costs no row
    assert not any("Not used" in note for note in dataset.notes)
    for scaling, expected in (("standard", np.array([-1, 1, 0]) * 1.5**0.5),
                              ("minmax", np.array([0, 1, 0.5]))):  # fmt: skip
        framing = frame_dataset(dataset, ask(scaling=scaling))
        firsts = [part.first for part in framing.parts]
        np.testing.assert_allclose(framing.examples.past[firsts, 1], expected, atol=1e-6)
        again = [Scaler.from_json(json.loads(json.dumps(each.to_json())))
                 for each in framing.scalers]  # fmt: skip
        assert [each.scale[1] for each in again] == [framing.scalers[0].scale[1]] * 3
    assert list_cautions(ask(), dataset) == []


def test_without_a_word_they_stay_hidden() -> None:
    dataset = make_shops(past_covariates=("size",))
    spec = ask().with_values({"data.static": []})
    assert np.unique(frame_dataset(dataset, spec).examples.past[:, 1]).tolist() == [0.0]


def test_a_filled_in_spec_gives_the_same_inputs_and_nothing_leaks() -> None:
    dataset = make_shops(static=("size",))
    spec = ask().with_values({"data.static": ["size"]})
    resolved, _ = resolve_spec(spec, dataset)
    assert resolved.data.static == ("size",)
    again = make_shops(static=("size",), past_covariates=resolved.data.past_covariates)
    assert again.fingerprint == dataset.fingerprint
    report = check_leaks(spec, dataset)
    assert report.is_clean, report.sentence


def test_what_changes_within_a_series_does_not_describe_it() -> None:
    with pytest.raises(DataError, match=r'"sales2" describes no series: it changes within "a"'):
        build(
            {
                "day": [*pd.date_range("2024-01-01", periods=30)] * 2,
                "shop": ["a"] * 30 + ["b"] * 30,
                "sales": np.arange(60.0),
                "sales2": np.arange(60.0),
            },
            series="shop",
            targets=("sales",),
            static=("sales2",),
        )
