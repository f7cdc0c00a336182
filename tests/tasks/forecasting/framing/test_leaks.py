from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError, SpecError
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.forecasting import defaults
from lstm_core.tasks.forecasting.baselines.naming import read_name
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing import examples as framing
from lstm_core.tasks.forecasting.framing import leaks
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from lstm_core.tasks.forecasting.framing.leaks import (
    CHECKED,
    LeakReport,
    check_leaks,
    scramble_future,
)
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.data.tables import build
from tests.tasks.datasets import make_dataset, make_sine

SPEC = parse_spec({"task": {"lookback": 24, "horizon": 6}})


def find_leaks(report: LeakReport) -> set[str]:
    return {check.name for check in report.checks if not check.is_same}


def learn_baselines(spec: ExperimentSpec, dataset: Dataset, fold: int | None) -> Any:
    task = ForecastingTask(spec, dataset)
    task.prepare(fold)
    return {
        name: [model.to_json() for model in task.baselines.fitted.get(name, ())]
        for name in task.baselines.names
    }


@st.composite
def draw_datasets(draw: st.DrawFn) -> Dataset:
    """One or several series of unequal lengths with gaps and covariates of both kinds."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    num_targets = draw(st.integers(1, 2))
    num_columns = num_targets + draw(st.integers(0, 2))
    num_known = draw(st.integers(0, 1))
    lengths = draw(st.lists(st.integers(60, 160), min_size=1, max_size=3))
    level, season = draw(st.sampled_from([0.0, 30.0])), draw(st.sampled_from([1, 7, 12]))
    is_walk = draw(st.booleans())
    tables, future = {}, {}
    for number, length in enumerate(lengths):
        noise = generator.normal(size=(length, num_columns + num_known))
        wave = 3 * np.sin(2 * np.pi * np.arange(length) / season)[:, None]
        tables[f"s{number}"] = level + (noise.cumsum(axis=0) if is_walk else noise + wave)
        future[f"s{number}"] = generator.normal(size=(40, num_known))
    observed = generator.random((sum(lengths), num_targets)) > draw(st.sampled_from([0, 0.05, 0.3]))
    observed[np.cumsum(lengths) - 1] = True
    single = len(lengths) == 1 and draw(st.booleans())
    return make_dataset(
        tables["s0"] if single else tables,
        observed=observed,
        num_targets=num_targets,
        future=({"series": future["s0"]} if single else future) if num_known else None,
        frequency=draw(st.sampled_from([Frequency("D"), Frequency("MS"), Frequency(step=1)])),
    )


OPEN = st.none()
SPECS = st.fixed_dictionaries(
    {
        "data": st.fixed_dictionaries({"fill": st.sampled_from(["interpolate", "previous"])}),
        "task": st.fixed_dictionaries(
            {
                "lookback": OPEN | st.integers(1, 14),
                "season_ahead": st.sampled_from([0, 7, 12]),
                "horizon": OPEN | st.integers(1, 6),
                "season": OPEN | st.sampled_from([1, 7, 12]),
                "validation_fraction": st.sampled_from([0.05, 0.15, 0.3]),
                "test_fraction": OPEN | st.sampled_from([0.05, 0.2, 0.4]),
                "scaling": st.sampled_from(["standard", "minmax", "none"]),
                "transform": OPEN | st.sampled_from(["none", "log", "boxcox"]),
                "strategy": st.sampled_from(["direct", "recursive"]),
                "refit": OPEN | st.booleans(),
                "num_folds": OPEN | st.integers(1, 3),
                "window": st.sampled_from(["expanding", "sliding"]),
                "gap": st.sampled_from([0, 0, 3]),
                "stride": OPEN | st.integers(1, 3),
            }
        ),
    }
).map(parse_spec)


@settings(max_examples=60)
@given(draw_datasets(), SPECS, st.integers(0, 1000))
def test_nothing_is_learnt_from_the_future(
    dataset: Dataset, spec: ExperimentSpec, seed: int
) -> None:
    try:
        report = check_leaks(spec, dataset, seed)
    except (DataError, SpecError):  # too few rows, for the parts or for a season ahead
        assume(False)
    assert report.is_clean, report.sentence
    assert {check.name for check in report.checks} == set(CHECKED) - {"baselines"}
    assert report.num_scrambled > 0
    assert report.exceptions == dataset.roles.known_future_covariates


@pytest.mark.parametrize("refit", [False, True])
def test_baselines_learn_nothing_from_the_future(refit: bool) -> None:
    spec = SPEC.with_values({"task.refit": refit, "task.num_folds": 2})
    dataset = make_dataset(make_sine(150) + 3)
    report = check_leaks(spec, dataset, learn_baselines=learn_baselines)
    assert report.is_clean, report.sentence
    assert len(report.checks) == len(CHECKED)


def test_every_kind_of_baseline_learns_from_the_training_part_alone() -> None:
    """A week beside a day, many zeros, and something that is known ahead."""
    generator = np.random.default_rng(0)
    sales = generator.poisson(np.tile([0.0, 0.0, 2.0, 5.0], 160))
    dataset = make_dataset(
        np.column_stack([sales, generator.normal(size=640)]),
        future={"series": np.ones((9, 1))},
        frequency=Frequency("h"),
    )
    task = ForecastingTask(resolve_spec(SPEC, dataset)[0], dataset)
    task.prepare(None)
    learnt = {read_name(name)[0] for name in task.baselines.fitted}
    assert learnt == {"ets", "theta", "regression", "mstl"}
    assert {"zero", "tsb", "seasonal_naive_168"} <= set(task.baselines.names)
    report = check_leaks(SPEC, dataset, learn_baselines=learn_baselines)
    assert report.is_clean, report.sentence


def test_all_but_known_future_covariates_is_scrambled() -> None:
    values = np.random.default_rng(0).normal(size=(120, 4))
    dataset = make_dataset(values, num_targets=2, future={"series": np.ones((9, 1))})
    spec, _ = resolve_spec(SPEC, dataset)
    end = cut_series(120, spec).train_end
    after = scramble_future(dataset, spec, 1).frame.to_numpy()
    assert np.array_equal(after[:end], values[:end])
    assert (after[end:, :3] != values[end:, :3]).all()
    assert np.array_equal(after[:, 3], values[:, 3])
    assert np.isfinite(after).all()
    report = check_leaks(SPEC, dataset)
    assert report.num_scrambled == 3 * (120 - end)
    assert report.exceptions == ("k0",)
    assert '"k0"' in report.sentence


def test_known_future_covariates_that_are_used_as_past_ones_are_scrambled() -> None:
    values = np.random.default_rng(0).normal(size=(120, 2))
    dataset = make_dataset(values, future={"series": np.ones((2, 1))})
    report = check_leaks(SPEC.with_values({"data.missing_future": "ignore"}), dataset)
    assert report.is_clean, report.sentence
    assert report.exceptions == ()


def test_a_fill_that_was_drawn_towards_the_future_is_scrambled() -> None:
    values = np.arange(120.0)
    spec, _ = resolve_spec(SPEC, make_dataset(values))
    end = cut_series(120, spec).train_end
    observed = np.ones((120, 1), bool)
    observed[end - 3 : end + 2] = False
    dataset = make_dataset(values, observed=observed)
    changed = np.flatnonzero(scramble_future(dataset, spec, 0).frame.to_numpy()[:, 0] != values)
    assert changed.tolist() == list(range(end - 3, 120))
    spec = spec.with_values({"data.fill": "previous"})
    changed = np.flatnonzero(scramble_future(dataset, spec, 0).frame.to_numpy()[:, 0] != values)
    assert changed[0] == end


def test_a_transform_that_sees_all_rows_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def fit_on_all(values: np.ndarray, dataset: Dataset, part: Any, spec: Any) -> Any:
        cuts = replace(part.cuts, train_end=part.num_rows)
        return fit(values, dataset, replace(part, cuts=cuts), spec)

    fit = framing._fit_scaler
    monkeypatch.setattr(framing, "_fit_scaler", fit_on_all)
    report = check_leaks(SPEC, make_dataset(make_sine(150)))
    assert not report.is_clean
    assert find_leaks(report) >= {"transforms", "training_rows"}
    assert report.sentence.startswith("A leak")
    assert "the fitted transforms" in report.sentence


def test_settings_that_see_the_test_part_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def take_all(dataset: Dataset, *rest: Any) -> list[np.ndarray]:
        return [dataset.frame.iloc[rows, 0].to_numpy() for _, rows in dataset.iterate_series()]

    monkeypatch.setattr(defaults, "_take_training_rows", take_all)
    values = np.random.default_rng(3).normal(size=150)
    values[:110] = 0.01 * make_sine(110, period=7)
    report = check_leaks(SPEC, make_dataset(make_sine(150, period=7)))
    assert find_leaks(report) == {"settings"}


@pytest.mark.parametrize("refit", [False, True])
def test_training_windows_that_reach_beyond_their_part_are_caught(
    monkeypatch: pytest.MonkeyPatch, refit: bool
) -> None:
    def reach_further(part: Any, observed: np.ndarray, spec: Any) -> dict[str, np.ndarray]:
        cuts = replace(part.cuts, train_end=part.cuts.train_end + 1)
        return find(replace(part, cuts=cuts), observed, spec)

    find = framing._cutoffs
    monkeypatch.setattr(framing, "_cutoffs", reach_further)
    spec = SPEC.with_values({"task.refit": refit})
    assert find_leaks(check_leaks(spec, make_dataset(make_sine(150)))) == {"training_rows"}


def test_a_window_that_sees_what_comes_behind_its_cutoff_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def shift(*arguments: Any) -> Any:
        examples = lay_out(*arguments)
        return replace(examples, past=np.roll(examples.past, -1, axis=0))

    lay_out = framing._lay_out
    monkeypatch.setattr(framing, "_lay_out", shift)
    leaks_found = find_leaks(check_leaks(SPEC, make_dataset(make_sine(150))))
    assert leaks_found == {"training_rows", "test_inputs"}


def test_covariates_that_are_not_known_ahead_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_away(*arguments: Any) -> Any:
        examples = lay_out(*arguments)
        return replace(examples, future=examples.past[:, 1:])

    lay_out = framing._lay_out
    monkeypatch.setattr(framing, "_lay_out", give_away)
    values = np.random.default_rng(0).normal(size=(150, 2))
    assert "test_inputs" in find_leaks(check_leaks(SPEC, make_dataset(values)))


def test_baselines_that_learn_from_all_rows_are_caught() -> None:
    def learn_all(spec: ExperimentSpec, dataset: Dataset, fold: int | None) -> Sequence[float]:
        return dataset.frame.to_numpy().mean(axis=0).tolist()

    dataset = make_dataset(make_sine(150))
    assert find_leaks(check_leaks(SPEC, dataset, learn_baselines=learn_all)) == {"baselines"}


def test_the_same_seed_corrupts_alike() -> None:
    dataset = make_dataset(make_sine(150))
    spec, _ = resolve_spec(SPEC, dataset)
    first, again, other = (scramble_future(dataset, spec, seed).fingerprint for seed in (1, 1, 2))
    assert first == again != other


def test_the_check_loads_no_engine() -> None:
    code = f"import sys, {leaks.__name__}; print({{'keras', 'statsmodels'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("fill", ["season", "mean", "drop"])
def test_no_way_to_fill_a_gap_carries_the_future_into_what_is_learnt(fill: str) -> None:
    values = make_sine(240, 7)
    values[[30, 31, 60, *range(164, 170), 200]] = np.nan
    days = np.datetime64("2024-01-01") + np.arange(240)
    dataset = build({"day": days.astype(str).tolist(), "v": values.tolist()}, fill=fill)
    spec = SPEC.update("data", {"fill": fill})
    for lookback in range(20, 24):  # where the training part ends in the gap, or beside it
        report = check_leaks(spec.update("task", {"lookback": lookback}), dataset)
        assert report.is_clean, report.sentence
