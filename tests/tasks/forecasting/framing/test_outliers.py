"""Outliers: found by the training part's limits, drawn in where it is read, judged as observed."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.cautions import list_cautions
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.framing.leaks import check_leaks
from lstm_core.tasks.forecasting.framing.outliers import (
    find_trailing_median,
    fit_limits,
    limit_outliers,
)
from lstm_core.tasks.forecasting.framing.previewing import (
    count_limited,
    find_most_limited,
    preview_outliers,
)
from lstm_core.tasks.forecasting.framing.scaling import Scaler
from tests.tasks.datasets import make_dataset, make_sine

BASE = ExperimentSpec().with_values({"task.lookback": 8, "task.horizon": 3})
SPIKES = [20, 50, 95, 110]
KINDS = ["clip", "hampel"]


def make_spiky() -> tuple[np.ndarray, np.ndarray]:
    clean = np.stack([make_sine(120, 30), make_sine(120, 40), np.arange(120) % 2], axis=1)
    values = clean.copy()
    values[SPIKES, :2] += 40
    return values, clean


def fit_all(values: np.ndarray, kind: str, num_limited: int = 3) -> tuple[np.ndarray, ...]:
    return fit_limits(values, np.ones(values.shape, bool), kind, num_limited)


@pytest.mark.parametrize("kind", KINDS)
def test_spikes_are_drawn_in_and_nothing_else(kind: str) -> None:
    values, clean = make_spiky()
    limited = limit_outliers(values, *fit_all(values[:80], kind))
    np.testing.assert_array_equal(limited[:, 2], values[:, 2])
    others = np.setdiff1d(np.arange(120), SPIKES)
    np.testing.assert_array_equal(limited[others], values[others])
    assert np.abs(limited[SPIKES] - clean[SPIKES]).max() < 8
    untouched = limit_outliers(values, *fit_all(values[:80], kind, num_limited=1))
    np.testing.assert_array_equal(untouched[:, 1], values[:, 1])


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_still_or_is_short_has_no_limits(kind: str) -> None:
    still = np.zeros((50, 1))
    still[7] = 9.0  # rain, once
    for values in (still, np.arange(9.0)[:, None]):
        np.testing.assert_array_equal(limit_outliers(values, *fit_all(values, kind, 1)), values)


def test_a_median_is_of_the_rows_before_alone() -> None:
    values = np.arange(20.0)
    found = find_trailing_median(values)
    assert np.isnan(found[:11]).all()
    assert found[11:].tolist() == [values[row - 11 : row].mean() for row in range(11, 20)]


@pytest.mark.parametrize("kind", KINDS)
def test_filled_values_set_no_limits(kind: str) -> None:
    values, _ = make_spiky()
    seen = np.ones(values.shape, bool)
    seen[40:60, 0] = False
    before = fit_limits(values, seen, kind, 1)
    if kind == "clip":
        values[40:60, 0] = 1e6
    np.testing.assert_array_equal(before, fit_limits(values, seen, kind, 1))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_drawn_in_and_what_is_judged_is_not(kind: str) -> None:
    values, clean = make_spiky()
    dataset = make_dataset(values[:, :2])
    spec = BASE.with_values({"task.outliers": kind})
    framing, plain = (frame_dataset(dataset, each) for each in (spec, BASE))
    scaler = framing.scalers[0]
    read = framing.examples.past[:, 0] * scaler.scale[0] + scaler.offset[0]
    assert np.abs(read - clean[:, 0]).max() < 8
    assert plain.scalers[0].scale[0] > 3 * scaler.scale[0]
    np.testing.assert_array_equal(dataset.frame["y0"], values[:, 0])
    for cutoffs in ("train", "validation", "test"):
        np.testing.assert_array_equal(
            framing.examples.cutoffs[cutoffs], plain.examples.cutoffs[cutoffs]
        )
    # what actual values are compared on has no limits
    actual = scaler.restore_target(scaler.transform_target(values[:, 0], 0), 0)
    np.testing.assert_allclose(actual, values[:, 0])
    content = json.loads(json.dumps(scaler.to_json(), allow_nan=False))
    again = Scaler.from_json(content)
    np.testing.assert_array_equal(again.transform(values[:, :2]), scaler.transform(values[:, :2]))
    assert not {"low", "high", "jump"} & plain.scalers[0].to_json().keys()


def spoil(dataset: Dataset, first: int) -> Dataset:
    frame = dataset.frame.copy()
    frame.iloc[first:] = frame.iloc[first:].to_numpy() * 1e5 - 7
    return replace(dataset, frame=frame)


@pytest.mark.parametrize("kind", KINDS)
def test_limits_know_nothing_of_what_comes_later(kind: str) -> None:
    dataset = make_dataset(make_spiky()[0][:, :2])
    spec = BASE.with_values({"task.outliers": kind, "task.lags": [9]})
    report = check_leaks(spec, dataset)
    assert report.is_clean, report.sentence
    plain = spec.with_values({"task.lags": []})
    (before,), (after,) = (
        frame_dataset(each, plain).scalers for each in (dataset, spoil(dataset, 84))
    )
    assert before.to_json() == after.to_json()


@pytest.mark.parametrize("kind", [*KINDS, "none"])
def test_they_are_shown_before_they_are_touched(kind: str) -> None:
    values, _ = make_spiky()
    dataset = make_dataset({"a": values[:, :2], "short": values[:4, :2]})
    spec = BASE.with_values({"task.outliers": kind})
    preview = preview_outliers(dataset, spec)
    assert set(preview["series"]) == {"a"}
    changed = preview[preview["before"] != preview["after"]]
    assert changed.index.tolist() == ([] if kind == "none" else SPIKES)
    assert preview["before"].tolist() == values[:, 0].tolist()
    line = find_most_limited(preview)
    assert (line is None) == (kind == "none")
    assert line is None or line.equals(preview)
    count, total, later = count_limited(preview)
    assert (count, total) == (0 if kind == "none" else 2, 84)
    assert later == (0.0 if kind == "none" else 2 / 36)


def test_a_season_shows_behind_outliers() -> None:
    values = make_sine(300, 7)
    values[[20, 60, 61, 130, 180]] += 60
    found = {}
    for kind in ("hampel", "none"):
        spec = ExperimentSpec().with_values({"task.outliers": kind})
        found[kind] = resolve_spec(spec, make_dataset(values))[0].task.season
    assert found == {"hampel": 7, "none": 1}


def test_a_level_that_moves_is_no_matter_of_outliers() -> None:
    values = np.append(make_sine(84, 12), make_sine(36, 12) + 50)
    told = {
        kind: list_cautions(BASE.with_values({"task.outliers": kind}), make_dataset(values))
        for kind in (*KINDS, "none")
    }
    assert any("the level has moved" in caution for caution in told["clip"])
    assert told["hampel"] == told["none"]
