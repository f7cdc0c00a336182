from __future__ import annotations

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec, ForecastingSpec
from lstm_core.tasks.forecasting.framing.examples import (
    check_framing,
    frame_dataset,
    frame_tail,
    number_folds,
    use_known_future,
)
from tests.tasks.datasets import make_dataset

FRACTIONS = st.sampled_from([0.01, 0.1, 0.15, 0.2, 1 / 3, 0.49])
SPECS = st.builds(
    ExperimentSpec,
    task=st.builds(
        ForecastingSpec,
        lookback=st.integers(1, 12),
        horizon=st.integers(1, 6),
        validation_fraction=FRACTIONS,
        test_fraction=FRACTIONS,
        scaling=st.sampled_from(["standard", "minmax", "none"]),
        calendar=st.sampled_from([(), (), ("weekday",), ("month_day", "year_day")]),
        gap=st.sampled_from([0, 0, 3]),
        stride=st.integers(1, 3),
    ),
)


def make_spec(**values: object) -> ExperimentSpec:
    return ExperimentSpec(task=ForecastingSpec.model_validate(values))


def find_needed_rows(spec: ExperimentSpec) -> int:
    """Read the number of rows out of the refusal of a table that is far too short."""
    with pytest.raises(DataError, match="too few rows: 2,") as caught:
        check_framing(make_dataset(np.arange(2.0)), spec)
    found = re.search(r"needs at least (\d+)", caught.value.what)
    assert found
    return int(found[1])


@given(SPECS, st.integers(0, 40), st.randoms(use_true_random=False))
def test_each_part_has_the_windows_whose_targets_lie_in_it(
    spec: ExperimentSpec, more: int, random: Random
) -> None:
    num_rows = find_needed_rows(spec) + more
    observed = np.array([[random.random() < 0.9] for _ in range(num_rows)])
    observed[-1] = True
    dataset = make_dataset(np.arange(num_rows, dtype=float), observed=observed)
    try:
        framing = frame_dataset(dataset, spec)
    except DataError as error:
        if "too many of its values are missing" not in error.what:
            raise
        return
    (part,) = framing.parts
    cuts, gap = part.cuts, spec.task.gap
    assert 0 < cuts.train_end == cuts.validation_start - gap
    assert cuts.validation_end == cuts.test_start - gap < num_rows == cuts.test_end
    bounds = {
        "train": (0, cuts.train_end),
        "validation": (cuts.validation_start, cuts.validation_end),
        "test": (cuts.test_start, num_rows),
    }
    lookback, horizon = spec.task.sizes
    strides = {"test": spec.task.stride}
    for name, (start, stop) in bounds.items():
        found = set()
        for cutoff in range(max(lookback, start) - 1, num_rows, strides.get(name) or 1):
            if cutoff + horizon >= stop:
                break
            while name != "train" and cutoff >= lookback and not observed[cutoff, 0]:
                cutoff -= 1  # where one would have stood
            if observed[cutoff, 0] and observed[cutoff + 1 : cutoff + 1 + horizon].any():
                found.add(cutoff)
        assert framing.examples.cutoffs[name].tolist() == sorted(found)
    assert framing.examples.cutoffs["forecast"].tolist() == [num_rows - 1]


@settings(max_examples=50)
@given(SPECS)
def test_the_number_of_rows_asked_for_is_exact(spec: ExperimentSpec) -> None:
    needed = find_needed_rows(spec)
    values = np.arange(needed + 20, dtype=float)
    for num_rows in range(needed, needed + 20):
        check_framing(make_dataset(values[:num_rows]), spec)
    for part in frame_dataset(make_dataset(values[:needed]), spec).examples.cutoffs.values():
        assert len(part)
    with pytest.raises(DataError, match=f"too few rows: {needed - 1}, .* at least {needed},"):
        check_framing(make_dataset(values[: needed - 1]), spec)


def test_parts_have_the_shares_asked_for() -> None:
    spec = make_spec(lookback=5, horizon=3, validation_fraction=0.2, test_fraction=0.1)
    (part,) = frame_dataset(make_dataset(np.arange(100.0)), spec).parts
    assert (part.cuts.train_end, part.cuts.validation_end) == (70, 90)


def test_a_part_is_never_shorter_than_the_horizon() -> None:
    spec = make_spec(lookback=5, horizon=20, validation_fraction=0.05, test_fraction=0.05)
    (part,) = frame_dataset(make_dataset(np.arange(100.0)), spec).parts
    assert (part.cuts.train_end, part.cuts.validation_end) == (60, 80)


@given(st.lists(st.integers(5, 40), min_size=2, max_size=5), st.booleans())
def test_series_do_not_mix(lengths: list[int], has_future: bool) -> None:
    spec = make_spec(lookback=3, horizon=2, scaling="none")
    series = {}
    future = {}
    for number, length in enumerate(lengths):
        name = f"s{number}"
        series[name] = np.full((length, 2), 1000.0 * number) + np.arange(length)[:, None]
        future[name] = 1000.0 * number + np.arange(length, length + 4)[:, None]
    dataset = make_dataset(series, future=future if has_future else None)
    if max(lengths) < find_needed_rows(spec):
        with pytest.raises(DataError, match="too few rows"):
            frame_dataset(dataset, spec)
        return
    framing = frame_dataset(dataset, spec)
    examples = framing.examples
    kept = {part.name for part in framing.parts}
    assert kept | set(framing.left_out) == set(series)
    assert not kept & set(framing.left_out)
    for rows in examples.cutoffs.values():
        back = examples.past[rows[:, None] + np.arange(-2, 1), 0]  # (n, lookback)
        assert (np.diff(back, axis=1) == 1).all()
        if has_future:
            ahead = examples.future[rows[:, None] + np.arange(1, 3), 0]  # (n, horizon)
            assert (ahead - back[:, -1:] == [1, 2]).all()
    for name in ("train", "validation", "test"):
        rows = examples.cutoffs[name]
        assert (np.diff(examples.past[rows[:, None] + np.arange(3), 0], axis=1) == 1).all()
    last = [series[part.name][-1, 0] for part in framing.parts]
    assert examples.past[examples.cutoffs["forecast"], 0].tolist() == last


@given(
    SPECS,
    st.integers(0, 40),
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8),
    st.booleans(),
)
def test_a_scrambled_future_leaves_the_training_examples_byte_for_byte(
    spec: ExperimentSpec, more: int, scrambled: list[float], is_observed: bool
) -> None:
    num_rows = find_needed_rows(spec) + more
    generator = np.random.default_rng(num_rows)
    values = generator.normal(5, 3, (num_rows, 4))  # two targets, one past, one known-future
    ahead = generator.normal(5, 3, (6, 1))
    before = frame_dataset(make_dataset(values, num_targets=2, future={"series": ahead}), spec)
    cut = before.parts[0].cuts.train_end
    values[cut:] = np.resize(scrambled, (num_rows - cut, 4))
    observed = np.ones((num_rows, 2), bool)
    observed[cut : num_rows - 1] = is_observed
    other = make_dataset(
        values, num_targets=2, observed=observed, future={"series": np.resize(scrambled, (6, 1))}
    )
    try:
        after = frame_dataset(other, spec)
    except DataError as error:
        if is_observed or "too many of its values are missing" not in error.what:
            raise
        return
    assert after.scalers[0].to_json() == before.scalers[0].to_json()
    for name in ("past", "future", "weight"):
        ours, theirs = (getattr(framing.examples, name)[:cut] for framing in (before, after))
        assert ours.tobytes() == theirs.tobytes()
    trains = [framing.examples.cutoffs["train"] for framing in (before, after)]
    assert trains[0].tobytes() == trains[1].tobytes()


def test_filled_values_weigh_nothing() -> None:
    observed = np.ones((40, 1), bool)
    observed[[7, 30]] = False
    framing = frame_dataset(
        make_dataset(np.arange(40.0), observed=observed), make_spec(lookback=3, horizon=2)
    )
    assert np.flatnonzero(framing.examples.weight[:, 0] == 0).tolist() == [7, 30]


def test_a_part_without_any_observed_target_is_refused() -> None:
    observed = np.ones((41, 1), bool)
    observed[29::2] = False  # behind every known row of the last parts lies a filled one
    with pytest.raises(DataError, match="too many of its values are missing"):
        frame_dataset(
            make_dataset(np.arange(41.0), observed=observed), make_spec(lookback=3, horizon=1)
        )


def test_known_future_that_ends_too_soon_is_told_with_numbers() -> None:
    dataset = make_dataset(np.ones((60, 2)), future={"series": np.ones((3, 1))})
    with pytest.raises(DataError, match=r'"k0" are given for 3 steps .* horizon is 4') as caught:
        check_framing(dataset, make_spec(lookback=3, horizon=4))
    with pytest.raises(DataError) as again:
        frame_dataset(dataset, make_spec(lookback=3, horizon=4))
    assert str(again.value) == str(caught.value)
    check_framing(dataset, make_spec(lookback=3, horizon=3))


def test_a_longer_table_is_laid_out_with_the_transforms_of_the_first() -> None:
    spec = make_spec(lookback=3, horizon=2)
    first = frame_dataset(make_dataset(np.arange(40.0)), spec)
    tail = frame_tail(make_dataset(np.arange(50.0)), spec, {"": first.scalers[0]}, [""])
    assert tail.examples.cutoffs["forecast"].tolist() == [49]
    np.testing.assert_array_equal(tail.examples.past[:40], first.examples.past)


def test_a_tail_needs_known_series_and_a_whole_lookback() -> None:
    spec = make_spec(lookback=5, horizon=2)
    scalers = {"north": frame_dataset(make_dataset(np.arange(40.0)), spec).scalers[0]}
    with pytest.raises(DataError, match=r'"nort".*Did you mean "north"'):
        frame_tail(make_dataset({"nort": np.arange(9.0)}), spec, scalers, ["south", "north"])
    with pytest.raises(DataError, match='"north" has 4 rows, and the model looks back 5'):
        frame_tail(make_dataset({"north": np.arange(4.0)}), spec, scalers, ["south", "north"])
    tail = frame_tail(make_dataset({"north": np.arange(5.0)}), spec, scalers, ["south", "north"])
    assert tail.examples.series.tolist() == [1] * 5  # as the network numbers them
    assert tail.examples.shape.num_series == 2


def make_backtest(**values: object) -> ExperimentSpec:
    spec = make_spec(lookback=5, horizon=4, validation_fraction=0.2, test_fraction=0.2)
    return spec.update("task", {"num_folds": 4, "refit": True, **values})


def test_with_refit_each_fold_has_its_own_stretch_of_the_test_part() -> None:
    dataset = make_dataset(np.arange(100.0))
    spec = make_backtest(stride=1)
    firsts, starts = [], []
    for fold in range(4):
        framing = frame_dataset(dataset, spec, fold)
        firsts += (framing.examples.cutoffs["test"] + 1).tolist()
        starts.append(framing.parts[0].cuts.train_start)
        assert framing.examples.cutoffs["validation"].max() + 4 < framing.parts[0].cuts.test_start
    assert firsts == list(range(80, 97))  # each first predicted row once
    assert starts == [0, 0, 0, 0]


def test_a_sliding_window_forgets_as_much_as_it_learns() -> None:
    dataset = make_dataset(np.arange(100.0))
    for fold in range(4):
        (part,) = frame_dataset(dataset, make_backtest(window="sliding"), fold).parts
        assert (part.cuts.train_start, part.cuts.train_end) == (5 * fold, 60 + 5 * fold)


def test_without_refit_cutoffs_are_numbered_by_stretch() -> None:
    framing = frame_dataset(make_dataset(np.arange(100.0)), make_backtest(refit=False))
    test = framing.examples.cutoffs["test"]
    folds = number_folds(framing.parts[0], test, make_backtest(refit=False))
    assert folds.tolist() == [0] * 5 + [1] * 5 + [2] * 5 + [3] * 2


@pytest.mark.parametrize("refit", [True, False])
def test_a_fold_without_data_is_told_by_its_number(refit: bool) -> None:
    observed = np.ones((100, 1), bool)
    observed[84:94] = False  # no cutoff of the second stretch was seen
    dataset = make_dataset(np.arange(100.0), observed=observed)
    with pytest.raises(DataError, match="Fold 2 of 4 holds no window of 4 steps"):
        check_framing(dataset, make_backtest(refit=refit))


def test_more_folds_than_the_test_part_has_windows_are_refused() -> None:
    with pytest.raises(DataError, match=r"Fold \d+ of 20") as caught:
        check_framing(make_dataset(np.arange(100.0)), make_backtest(num_folds=20))
    assert "fewer folds" in str(caught.value)


def test_covariates_that_end_too_soon_are_used_as_far_as_they_go_by_choice() -> None:
    dataset = make_dataset(np.ones((60, 2)), future={"series": np.ones((3, 1))})
    ignoring = make_spec(lookback=3, horizon=4).update("data", {"missing_future": "ignore"})
    usable = use_known_future(dataset, ignoring)
    assert usable.roles.known_future_covariates == ()
    assert usable.roles.past_covariates == ("k0",)
    check_framing(usable, ignoring)
    shape = frame_dataset(usable, ignoring).examples.shape
    assert (shape.num_past, shape.num_future) == (2, 0)
    reaching = ignoring.update("task", {"horizon": 3})
    assert use_known_future(dataset, reaching) is dataset
    refusing = ignoring.update("data", {"missing_future": "refuse"})
    assert use_known_future(dataset, refusing) is dataset
