"""What a run will probably take, before anything of it was timed."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.jobs.expected_time import count_seconds, expect_time
from lstm_core.jobs.run_time import LOADING_SECONDS
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind


def count(**values: Any) -> float:
    sample = SAMPLES["sine"]
    dataset = build_dataset(sample.load(), sample.data)
    spec = ExperimentSpec(data=sample.data).with_values(
        {path.replace("__", "."): value for path, value in values.items()}
    )
    resolved, _ = find_kind(spec).resolve(spec, dataset)
    return count_seconds(resolved, dataset) - LOADING_SECONDS


def test_it_grows_with_the_epochs_the_networks_and_the_window() -> None:
    usual = {"training__epochs": 10, "training__num_seeds": 1, "task__lookback": 20}
    once = count(**usual)
    assert once > 0
    assert count(**usual | {"training__epochs": 30}) == pytest.approx(3 * once)
    assert count(**usual | {"training__num_seeds": 2}) == pytest.approx(2 * once)
    assert 1.3 * once < count(**usual | {"task__lookback": 40}) < 2.5 * once
    assert count(**usual | {"training__batch_size": 8}) > once


def test_without_a_run_the_span_is_wide_and_runs_make_it_narrow() -> None:
    unknown, known = expect_time(600, []), expect_time(600, [0.5, 0.45, 0.55])
    assert unknown.num_runs == 0
    assert known.num_runs == 3
    assert unknown.shortest_seconds < known.shortest_seconds < 300 < known.longest_seconds
    assert known.longest_seconds < unknown.longest_seconds


def test_one_strange_run_of_many_does_not_count() -> None:
    plain, strange = expect_time(600, [0.5, 0.5, 0.5]), expect_time(600, [0.5, 0.5, 0.5, 40.0])
    assert strange.longest_seconds == plain.longest_seconds


def test_nothing_is_quicker_than_the_loading_of_the_engine() -> None:
    assert expect_time(LOADING_SECONDS, [0.01]).longest_seconds >= LOADING_SECONDS
