"""Columns that give the answer away are found, whatever they look like; honest ones are left."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.leaking.columns import Leak, find_leaks, leave_out
from lstm_core.tasks.forecasting.leaking.words import say_all
from lstm_core.tasks.forecasting.pretrained.made_up import RHYTHMS, make_up
from tests.tasks.datasets import make_dataset
from tests.tasks.forecasting.leaking.planted import (
    Column,
    make_honest,
    make_honest_pasts,
    make_leaks,
    make_targets,
    shift,
)

HORIZON = 7
ROWS = 400
"""Of which the first 280 are learnt from."""


def make_spec(season: int, *, horizon: int = HORIZON) -> ExperimentSpec:
    return parse_spec(
        {
            "task": {"lookback": max(24, 2 * season), "horizon": horizon, "season": season},
            "model": {"architecture": "vanilla"},
        }
    )


def lay_out(target: np.ndarray, columns: Iterable[Column], *, horizon: int = HORIZON) -> Dataset:
    given = list(columns)
    past = [column.values for column in given if not column.known]
    known = [column.values for column in given if column.known]
    future = {"series": np.zeros((horizon, len(known)))} if known else None
    table = np.column_stack([target, *past, *known])
    return make_dataset(table, future=future, frequency=Frequency(step=1))


def look(
    target: np.ndarray, columns: Iterable[Column], season: int, *, horizon: int = HORIZON
) -> list[Leak]:
    dataset = lay_out(target, columns, horizon=horizon)
    spec, _ = resolve_spec(make_spec(season, horizon=horizon), dataset)
    return find_leaks(dataset, spec)


def miss(seed: int, num_rows: int) -> list[str]:
    """Return which planted columns are not found."""
    rng = np.random.default_rng(seed)
    missed = []
    for target in make_targets(rng, num_rows):
        columns = sorted(make_leaks(rng, target.values, HORIZON), key=lambda column: column.known)
        found = {leak.column for leak in look(target.values, columns, target.season)}
        named = lay_out(target.values, columns).roles.columns[1:]
        missed += [
            f"{column.name} of {target.name}"
            for column, name in zip(columns, named, strict=True)
            if name not in found
        ]
    return missed


def suspect(seed: int, num_rows: int) -> list[str]:
    """Return which honest columns are called leaks."""
    rng = np.random.default_rng(seed)
    called = [
        f"{pair.name}, {known=}"
        for pair in make_honest(rng, num_rows)
        for known in (False, True)
        if look(pair.target, [Column(pair.name, pair.column, known)], pair.season)
    ]
    for target in make_targets(rng, num_rows):
        columns = list(make_honest_pasts(rng, target))
        called += [
            f"{columns[int(leak.column[1:])].name} of {target.name}"
            for leak in look(target.values, columns, target.season)
        ]
    return called


def test_planted_columns_are_found() -> None:
    assert miss(101, ROWS) == []


def test_honest_columns_are_left_alone() -> None:
    assert suspect(201, ROWS) == []


@pytest.mark.slow
@pytest.mark.parametrize("num_rows", [150, 400, 1_500])
@pytest.mark.parametrize("seed", range(300, 310))
def test_whatever_the_seed_and_the_length(seed: int, num_rows: int) -> None:
    missed = miss(seed, num_rows)
    assert len(missed) <= 3, missed  # noise on few rows
    assert suspect(seed, num_rows) == []


@pytest.mark.slow
@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda rhythm: rhythm.name)
def test_series_that_know_nothing_of_each_other_are_left_alone(rhythm) -> None:  # type: ignore[no-untyped-def]
    called = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        values = np.nan_to_num(make_up(rng, rhythm, 12, 300).values)
        season = rhythm.seasons[0] if rhythm.seasons else 1
        for own, other in zip(values[::2], values[1::2], strict=True):
            for known in (False, True):
                called += look(own, [Column("other", other, known)], season)
    assert called == []


def test_the_reason_names_column_target_and_distance() -> None:
    rng = np.random.default_rng(5)
    walk = 100 + rng.normal(size=ROWS).cumsum()
    (leak,) = look(walk, [Column("next", shift(walk, 3))], 1)
    assert (leak.column, leak.target, leak.way, leak.steps) == ("x0", "y0", "later", 3)
    assert say_all([leak]) == (
        '"x0" tells what "y0" is 3 steps later: it explains 100% of what the past of "y0" leaves '
        "open in the training part."
    )


def test_a_column_of_the_target_s_own_past_is_known_ahead_only_beyond_the_horizon() -> None:
    values = 50 + np.random.default_rng(6).normal(size=ROWS)
    for steps in (1, HORIZON - 1):
        (leak,) = look(values, [Column("before", shift(values, -steps), known=True)], 1)
        assert (leak.way, leak.steps) == ("ahead", -steps)
    assert look(values, [Column("before", shift(values, -HORIZON), known=True)], 1) == []


def test_a_direction_is_told() -> None:
    walk = 100 + np.random.default_rng(7).normal(size=ROWS).cumsum()
    (leak,) = look(walk, [Column("up", (shift(walk, 1) > walk).astype(float))], 1)
    assert leak.way == "direction"
    assert "rises or falls 1 step later" in say_all([leak])


def test_a_total_that_is_known_ahead_and_all_its_other_parts_are_found_together() -> None:
    rng = np.random.default_rng(8)
    parts = 50 + 5 * rng.normal(size=(ROWS, 3))
    total = parts.sum(axis=1)
    known = [Column(name, values, known=True) for name, values in
             (("total", total), ("b", parts[:, 1]), ("c", parts[:, 2]))]  # fmt: skip
    leaks = look(parts[:, 0], known, 1)
    assert {leak.way for leak in leaks} == {"together"}
    assert [leak.column for leak in leaks] == ["k0", "k1", "k2"]
    assert "add up to" in say_all(leaks)
    assert look(parts[:, 0], known[1:], 1) == []


def test_a_total_that_moves_as_the_target_does_holds_it() -> None:
    rng = np.random.default_rng(9)
    own = rng.gamma(4, 2, 3 * ROWS)
    (leak,) = look(own, [Column("total", own + rng.gamma(4, 2, 3 * ROWS), known=True)], 1)
    assert leak.way == "holds"


def test_another_target_that_is_this_one_later_is_found_and_stays() -> None:
    walk = 100 + np.random.default_rng(10).normal(size=ROWS).cumsum()
    dataset = make_dataset(np.column_stack([walk, shift(walk, 1)]), num_targets=2)
    spec, _ = resolve_spec(make_spec(1), dataset)
    (leak,) = find_leaks(dataset, spec)
    assert (leak.column, leak.target) == ("y1", "y0")
    assert leave_out(dataset.roles, [leak.column]) == {}


def test_only_what_most_series_show_is_told() -> None:
    rng = np.random.default_rng(11)
    walks = {name: 100 + rng.normal(size=ROWS).cumsum() for name in "abc"}
    noise = rng.normal(size=ROWS)

    def count(leaking: str) -> int:
        tables = {
            name: np.column_stack([walk, shift(walk, 1) if name in leaking else noise])
            for name, walk in walks.items()
        }
        dataset = make_dataset(tables)
        spec, _ = resolve_spec(make_spec(1), dataset)
        return len(find_leaks(dataset, spec))

    assert [count(leaking) for leaking in ("", "a", "ab", "abc")] == [0, 0, 1, 1]


def test_a_network_that_reads_no_columns_has_no_leak() -> None:
    walk = 100 + np.random.default_rng(12).normal(size=ROWS).cumsum()
    dataset = lay_out(walk, [Column("next", shift(walk, 1))])
    spec, _ = resolve_spec(make_spec(1).with_values({"model.architecture": "pretrained"}), dataset)
    assert find_leaks(dataset, spec) == []


@pytest.mark.parametrize("size", [1e-300, 1e-9, 1e9, 1e100])
def test_no_size_of_values_matters(size: float) -> None:
    rng = np.random.default_rng(13)
    walk = size * (100 + rng.normal(size=ROWS).cumsum())
    assert len(look(walk, [Column("next", shift(walk, 1))], 1)) == 1
    assert look(walk, [Column("other", size * rng.normal(size=ROWS))], 1) == []


def test_a_wide_table_is_looked_at_in_a_moment() -> None:
    rng = np.random.default_rng(14)
    walk = 100 + rng.normal(size=ROWS).cumsum()
    others = [Column(f"c{number}", rng.normal(size=ROWS)) for number in range(300)]
    (leak,) = look(walk, [Column("next", shift(walk, 1)), *others], 1)
    assert leak.column == "x0"
