"""The rows that a search may see, and that it sees no others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.samples import load_sample
from lstm_core.searches.plan import describe_default, plan_search
from lstm_core.searches.space.proposal import propose_for
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.search import SearchSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from lstm_core.tasks.forecasting.framing.development import hold_out_test
from lstm_core.tasks.forecasting.framing.examples import frame_dataset


def load(name: str, **columns: Any) -> tuple[ExperimentSpec, Dataset]:
    data = SeriesDataSpec(source="sample", name=name, **columns)
    return ExperimentSpec(data=data), build_dataset(load_sample(name), data)


@pytest.mark.parametrize("name", ["sine", "load", "three_series"])
@pytest.mark.parametrize("gap", [0, 5])
def test_it_ends_where_the_test_part_and_its_gap_begin(name: str, gap: int) -> None:
    spec, dataset = load(name)
    spec = spec.with_values({"task.gap": gap})
    resolved, _ = resolve_spec(spec, dataset)
    development = hold_out_test(dataset, resolved)
    whole = {series: rows.stop - rows.start for series, rows in dataset.iterate_series()}
    for series, rows in development.iterate_series():
        cuts = cut_series(whole[series], resolved)
        assert rows.stop - rows.start == cuts.validation_end == cuts.test_start - gap
        own = dataset.frame.loc[series].iloc[: cuts.validation_end]
        pd.testing.assert_frame_equal(development.frame.loc[series], own)


def test_what_is_known_ahead_goes_on_for_one_horizon() -> None:
    spec, dataset = load("load", targets="load", known_future_covariates=("temperature", "holiday"))
    assert dataset.roles.known_future_covariates
    resolved, _ = resolve_spec(spec, dataset)
    development = hold_out_test(dataset, resolved)
    _, horizon = resolved.task.sizes
    known = list(dataset.roles.known_future_covariates)
    after = dataset.frame[known].iloc[len(development.frame) :][:horizon]
    pd.testing.assert_frame_equal(development.future, after, check_freq=False)


def test_a_series_ends_with_an_observed_row() -> None:
    spec, dataset = load("sine")
    resolved, _ = resolve_spec(spec, dataset)
    end = len(hold_out_test(dataset, resolved).frame)
    observed = dataset.observed.copy()
    observed[end - 3 : end + 2] = False
    development = hold_out_test(replace(dataset, observed=observed), resolved)
    assert len(development.frame) == end - 3
    assert development.observed[-1].all()


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), scale=st.floats(0.01, 1e6))
def test_nothing_of_a_search_changes_with_the_test_part(seed: int, scale: float) -> None:
    """Scramble the test part: plan, space, default and every example of a trial stay the same."""
    spec, dataset = load("sine")
    resolved, _ = resolve_spec(spec, dataset)
    start = cut_series(dataset.num_rows, resolved).test_start
    frame = dataset.frame.copy()
    noise = np.random.default_rng(seed).normal(scale=scale, size=frame.iloc[start:].shape)
    frame.iloc[start:] = noise
    scrambled = replace(dataset, frame=frame)

    seen = []
    for each in (dataset, scrambled):
        space = propose_for(spec, each, "medium")
        plan, development = plan_search(spec, each, SearchSpec(), space)
        trial, _ = resolve_spec(plan.make_trial_spec({}, 0), development)
        examples = frame_dataset(development, trial).examples
        arrays = [examples.past, examples.future, *examples.cutoffs.values()]
        seen.append(
            (
                plan.to_json("the same"),
                describe_default(plan, development),
                development.fingerprint,
                [array.tobytes() for array in arrays],
            )
        )
    assert seen[0] == seen[1]
