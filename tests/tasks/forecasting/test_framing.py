from __future__ import annotations

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.errors import DataError
from lstm_core.spec import ForecastSpec
from lstm_core.tasks.forecasting.framing import check_framing, frame_dataset, frame_tail
from tests.tasks.datasets import make_dataset

FRACTIONS = st.sampled_from([0.01, 0.1, 0.15, 0.2, 1 / 3, 0.49])
SPECS = st.builds(
    ForecastSpec,
    lookback=st.integers(1, 12),
    horizon=st.integers(1, 6),
    validation_fraction=FRACTIONS,
    test_fraction=FRACTIONS,
    scaling=st.sampled_from(["standard", "minmax", "none"]),
)


def find_needed_rows(spec: ForecastSpec) -> int:
    """Read the number of rows out of the refusal of a table that is far too short."""
    with pytest.raises(DataError, match="too few rows: 2,") as caught:
        check_framing(make_dataset(np.arange(2.0)), spec)
    found = re.search(r"needs at least (\d+)", caught.value.what)
    assert found
    return int(found[1])


@given(SPECS, st.integers(0, 40), st.randoms(use_true_random=False))
def test_each_part_has_the_windows_whose_targets_lie_in_it(
    spec: ForecastSpec, more: int, random: Random
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
    assert 0 < part.train_end < part.validation_end < num_rows
    bounds = {
        "train": (0, part.train_end),
        "validation": (part.train_end, part.validation_end),
        "test": (part.validation_end, num_rows),
    }
    assert spec.lookback
    assert spec.horizon
    for name, (start, stop) in bounds.items():
        expected = [
            cutoff
            for cutoff in range(spec.lookback - 1, num_rows)
            if start <= cutoff + 1
            and cutoff + spec.horizon < stop
            and observed[cutoff, 0]
            and observed[cutoff + 1 : cutoff + 1 + spec.horizon].any()
        ]
        assert framing.examples.cutoffs[name].tolist() == expected
    assert framing.examples.cutoffs["forecast"].tolist() == [num_rows - 1]


@settings(max_examples=50)
@given(SPECS)
def test_the_number_of_rows_asked_for_is_exact(spec: ForecastSpec) -> None:
    needed = find_needed_rows(spec)
    values = np.arange(needed + 20, dtype=float)
    for num_rows in range(needed, needed + 20):
        check_framing(make_dataset(values[:num_rows]), spec)
    for part in frame_dataset(make_dataset(values[:needed]), spec).examples.cutoffs.values():
        assert len(part)
    with pytest.raises(DataError, match=f"too few rows: {needed - 1}, .* at least {needed},"):
        check_framing(make_dataset(values[: needed - 1]), spec)


def test_parts_have_the_shares_asked_for() -> None:
    spec = ForecastSpec(lookback=5, horizon=3, validation_fraction=0.2, test_fraction=0.1)
    (part,) = frame_dataset(make_dataset(np.arange(100.0)), spec).parts
    assert (part.train_end, part.validation_end) == (70, 90)


def test_a_part_is_never_shorter_than_the_horizon() -> None:
    spec = ForecastSpec(lookback=5, horizon=20, validation_fraction=0.05, test_fraction=0.05)
    (part,) = frame_dataset(make_dataset(np.arange(100.0)), spec).parts
    assert (part.train_end, part.validation_end) == (60, 80)


@given(st.lists(st.integers(5, 40), min_size=2, max_size=5), st.booleans())
def test_series_do_not_mix(lengths: list[int], has_future: bool) -> None:
    spec = ForecastSpec(lookback=3, horizon=2, scaling="none")
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
    spec: ForecastSpec, more: int, scrambled: list[float], is_observed: bool
) -> None:
    num_rows = find_needed_rows(spec) + more
    generator = np.random.default_rng(num_rows)
    values = generator.normal(5, 3, (num_rows, 4))  # two targets, one past, one known-future
    ahead = generator.normal(5, 3, (6, 1))
    before = frame_dataset(make_dataset(values, num_targets=2, future={"series": ahead}), spec)
    cut = before.parts[0].train_end
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
        make_dataset(np.arange(40.0), observed=observed), ForecastSpec(lookback=3, horizon=2)
    )
    assert np.flatnonzero(framing.examples.weight[:, 0] == 0).tolist() == [7, 30]


def test_a_part_without_any_observed_target_is_refused() -> None:
    observed = np.ones((41, 1), bool)
    observed[29::2] = False  # behind every known row of the last parts lies a filled one
    with pytest.raises(DataError, match="too many of its values are missing"):
        frame_dataset(
            make_dataset(np.arange(41.0), observed=observed), ForecastSpec(lookback=3, horizon=1)
        )


def test_known_future_that_ends_too_soon_is_told_with_numbers() -> None:
    dataset = make_dataset(np.ones((60, 2)), future={"series": np.ones((3, 1))})
    with pytest.raises(DataError, match=r'"k0" are given for 3 steps .* horizon is 4') as caught:
        check_framing(dataset, ForecastSpec(lookback=3, horizon=4))
    with pytest.raises(DataError) as again:
        frame_dataset(dataset, ForecastSpec(lookback=3, horizon=4))
    assert str(again.value) == str(caught.value)
    check_framing(dataset, ForecastSpec(lookback=3, horizon=3))


def test_a_longer_table_is_laid_out_with_the_transforms_of_the_first() -> None:
    spec = ForecastSpec(lookback=3, horizon=2)
    first = frame_dataset(make_dataset(np.arange(40.0)), spec)
    tail = frame_tail(make_dataset(np.arange(50.0)), spec, {"": first.scalers[0]})
    assert tail.examples.cutoffs["forecast"].tolist() == [49]
    np.testing.assert_array_equal(tail.examples.past[:40], first.examples.past)


def test_a_tail_needs_known_series_and_a_whole_lookback() -> None:
    spec = ForecastSpec(lookback=5, horizon=2)
    scalers = {"north": frame_dataset(make_dataset(np.arange(40.0)), spec).scalers[0]}
    with pytest.raises(DataError, match=r'"nort".*Did you mean "north"'):
        frame_tail(make_dataset({"nort": np.arange(9.0)}), spec, scalers)
    with pytest.raises(DataError, match='"north" has 4 rows, and the model looks back 5'):
        frame_tail(make_dataset({"north": np.arange(4.0)}), spec, scalers)
    frame_tail(make_dataset({"north": np.arange(5.0)}), spec, scalers)
