"""What is said of a dataset's values, against what was put into them."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.dataset_profile import profile_dataset
from lstm_core.data.series.profile.seasons import find_seasons, take_season_away
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError
from tests.data.tables import build
from tests.tasks.datasets import make_dataset


def make_waves(num_rows: int, periods: Sequence[float], noise: float = 1.0) -> np.ndarray:
    steps = np.arange(num_rows)
    values = np.random.default_rng(0).normal(0, noise, num_rows)
    for period in periods:
        values = values + np.sin(2 * np.pi * steps / period)
    return values


@pytest.mark.parametrize(
    ("alias", "num_rows", "periods", "found"),
    [
        ("15min", 8_000, [96], ["day"]),
        ("5min", 9_000, [288], ["day"]),
        ("h", 30_000, [24, 168, 8_766], ["day", "week", "year"]),
        ("min", 9_000, [60, 1_440], ["hour", "day"]),
        ("D", 2_000, [7, 365.25], ["week", "year"]),
        ("B", 1_500, [5, 261], ["week", "year"]),
        ("C-1111110", 1_500, [6], ["week"]),
        ("W-SUN", 300, [52.18], ["year"]),
        ("MS", 120, [12], ["year"]),
        ("SMS-15", 240, [24], ["year"]),
        ("S-30min-1111100-0930-1600", 4_000, [14], ["day"]),
        ("h", 5_000, [], []),
        ("D", 1_200, [], []),
        ("MS", 200, [], []),
    ],
)
def test_seasons_are_found_by_name(
    alias: str, num_rows: int, periods: list[float], found: list[str]
) -> None:
    frequency = Frequency(alias)
    seasons = find_seasons(make_waves(num_rows, periods), frequency)
    assert [season.name for season in seasons] == found
    for season, period in zip(seasons, periods, strict=True):
        assert season.steps == pytest.approx(period, rel=0.005)
        assert f"{season.steps:,}" in season.sentence
        assert 0.1 < season.strength <= 1


def test_equal_days_make_no_week_and_workdays_do() -> None:
    hours = np.arange(24 * 7 * 30)
    days = np.sin(2 * np.pi * hours / 24) + np.random.default_rng(0).normal(0, 0.5, len(hours))
    assert [season.name for season in find_seasons(days, Frequency("h"))] == ["day"]
    weekly = days + (hours // 24 % 7 < 5)
    assert [season.name for season in find_seasons(weekly, Frequency("h"))] == ["day", "week"]


@pytest.mark.parametrize("alias", ["h", "D", "MS"])
@pytest.mark.parametrize("seed", range(6))
def test_a_walk_has_no_season(alias: str, seed: int) -> None:
    walk = np.random.default_rng(seed).normal(size=1_000).cumsum()
    assert find_seasons(walk, Frequency(alias)) == ()


def test_numbered_rows_are_searched_for_any_season() -> None:
    (season,) = find_seasons(make_waves(400, [37], noise=0.1), Frequency(step=1))
    assert season.steps == pytest.approx(37, abs=1)
    assert season.name == ""


def test_a_season_that_is_taken_away_is_gone() -> None:
    shape = np.random.default_rng(1).normal(size=12)
    values = np.resize(shape, 125) + 5
    np.testing.assert_allclose(take_season_away(values, 12)[5:], 5 + shape.mean(), atol=1e-9)


def build_sensor() -> Dataset:
    hours = pd.date_range("2024-01-01", periods=600, freq="h")
    heat = np.random.default_rng(0).normal(size=600)
    load = np.roll(heat, 3) * 0.8 + make_waves(600, [24], noise=0.2) + 20
    load[100:104] = np.nan
    load[250] = 90.0
    return build(
        {
            "time": hours,
            "load": load,
            "heat": heat,
            "noise": np.random.default_rng(9).normal(size=600),
        },
        targets=("load",),
        past_covariates=("heat", "noise"),
    )


def test_the_profile_of_a_sensor() -> None:
    profile = profile_dataset(build_sensor())
    assert (profile.series, profile.target) == ("series", "load")
    assert profile.seasonality == "Values repeat every day (24 hours)."
    assert profile.wander.kind == "level"
    (gap,) = profile.gaps
    assert (gap.first, gap.num_steps) == (pd.Timestamp("2024-01-05 04:00"), 4)
    assert profile.missing.totals == (4,)
    assert np.nansum(profile.missing.shares > 0) in (1, 2)
    assert 250 in profile.far
    assert 250 in profile.spikes
    assert len(profile.spikes) < 6
    first, second = profile.related
    assert (first.column, first.best_lag, second.column) == ("heat", 3, "noise")
    assert first.correlations[3] > 0.4
    assert "3 steps ahead of it" in first.sentence
    assert "little" in second.sentence
    heat = profile.distributions["heat"]
    assert heat.counts.sum() == 600
    assert not heat.is_non_negative


def test_counts_are_told_from_amounts() -> None:
    counts = np.random.default_rng(0).poisson(1.0, 300).astype(float)
    days = pd.date_range("2024-01-01", periods=300)
    found = profile_dataset(build({"day": days, "units": counts})).distributions["units"]
    assert found.is_whole
    assert found.is_non_negative
    assert found.share_zero == pytest.approx(float((counts == 0).mean()))
    assert (found.quantiles[0], found.quantiles[-1]) == (counts.min(), counts.max())


def test_columns_that_only_trend_together_are_not_called_related() -> None:
    days = pd.date_range("2020-01-01", periods=800)
    generator = np.random.default_rng(3)
    one, other = (generator.normal(0.3, 1, 800).cumsum() for _ in range(2))
    assert abs(np.corrcoef(one, other)[0, 1]) > 0.9
    dataset = build({"day": days, "a": one, "b": other}, targets=("a",), past_covariates=("b",))
    (related,) = profile_dataset(dataset).related
    assert related.of_changes
    assert abs(related.correlations[related.best_lag]) < 0.2


def test_one_of_several_series_and_targets() -> None:
    dataset = make_dataset({"a": np.zeros(30), "b": np.arange(40.0)})
    assert profile_dataset(dataset).series == "b"
    profile = profile_dataset(dataset, "a")
    assert len(profile.times) == 30
    assert profile.wander.kind == "constant"
    with pytest.raises(DataError, match="no series"):
        profile_dataset(dataset, "c")
    with pytest.raises(DataError, match="not predicted"):
        profile_dataset(dataset, target="other")


@pytest.mark.parametrize("num_rows", [2, 3, 5, 9, 29])
def test_few_rows_are_no_fault(num_rows: int) -> None:
    for values in (np.arange(num_rows) * 1.5, np.zeros(num_rows)):
        profile = profile_dataset(make_dataset(values))
        assert profile.seasons == ()
        assert profile.wander.kind in ("few", "constant")


def test_many_rows_take_a_moment() -> None:
    steps = np.arange(300_000)
    dataset = make_dataset(np.sin(2 * np.pi * steps / 96), frequency=Frequency("15min"))
    began = time.process_time()
    profile_dataset(dataset)
    assert time.process_time() - began < 1.5


def test_values_may_be_missing_in_five_centuries() -> None:
    values = np.arange(540.0)
    observed = np.ones((540, 1), dtype=bool)
    observed[270] = False
    dataset = make_dataset(
        values, observed=observed, frequency=Frequency("YS-JAN"), first="1700-01-01"
    )
    shares = profile_dataset(dataset).missing.shares[0]
    assert np.flatnonzero(shares).tolist() == [len(shares) // 2]
