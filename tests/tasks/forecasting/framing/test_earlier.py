from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError, SpecError
from lstm_core.learning.feeds.earlier import join_earlier
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.earlier import (
    choose_season_ahead,
    find_level,
    recall_seasons,
    tell_seasons,
)
from lstm_core.tasks.forecasting.framing.examples import check_framing, frame_dataset, frame_tail
from tests.tasks.datasets import make_dataset


def make_spec(**values: Any) -> ExperimentSpec:
    usual = {"task.lookback": 5, "task.horizon": 3, "task.season_ahead": 4, "task.scaling": "none"}
    return ExperimentSpec().with_values(
        usual | {f"task.{name}": value for name, value in values.items()}
    )


def make_weeks(num_rows: int, noise: float = 0.1, *, seed: int = 0) -> np.ndarray:
    shape = np.random.default_rng(99).normal(size=168).cumsum()
    drawn = np.random.default_rng(seed).normal(0, noise, num_rows)
    return np.asarray(np.resize(shape - shape.mean(), num_rows) + drawn)


def test_older_seasons_have_less_of_a_share() -> None:
    values = np.array([[8.0], [0.0], [4.0], [0.0], [2.0], [0.0], [1.0], [0.0], [0.0]])
    told = recall_seasons(values, 2)[:, 0]
    assert told[0] == 0  # there is no earlier season
    assert told[2] == 8
    assert told[4] == pytest.approx((4 + 8 / 2) / 1.5)
    assert told[8] == pytest.approx((1 + 2 / 2 + 4 / 4 + 8 / 8) / (1 + 1 / 2 + 1 / 4 + 1 / 8))


def test_the_level_is_the_mean_of_the_last_season() -> None:
    values = np.array([[4.0], [0.0], [2.0], [6.0]])
    np.testing.assert_allclose(find_level(values, 2)[:, 0], [2, 2, 1, 4])


def test_a_season_on_another_level_is_moved_to_it() -> None:
    """The shape of four rows on a level that has just changed."""
    shape = np.array([0.0, 1.0, 3.0, 0.0])
    values = np.concatenate([np.tile(shape, 4), np.tile(shape, 1) + 50])[:, None]
    told = tell_seasons(np.append(values, np.zeros((4, 1)), axis=0), 4)
    kept, moved = join_earlier(told[None, 20:24], told[None, 19:20])[0].T
    assert kept.mean() == pytest.approx(1 + 50 / (1 + 1 / 2 + 1 / 4 + 1 / 8))
    assert moved[0] == pytest.approx(50, abs=20)
    assert abs(moved - (shape + 50)).mean() < 0.5 * abs(kept - (shape + 50)).mean()


def test_each_series_is_told_of_its_own_as_far_ahead_as_is_forecast() -> None:
    spec = make_spec()
    series = {"a": np.arange(40.0), "b": 100 + np.arange(30.0)}
    framing = frame_dataset(make_dataset(series), spec)
    examples = framing.examples
    assert examples.shape.has_earlier
    for part in framing.parts:
        own = series[part.name]
        told = examples.earlier[part.first : part.first + len(own) + 3, 0]
        rows = part.first + len(own) - 1
        assert examples.earlier[rows, 2] == own[-4:].mean()
        np.testing.assert_allclose(told[4:8], own[:4])
        ahead = recall_seasons(np.append(own, np.zeros(3))[:, None], 4)[-3:, 0]
        np.testing.assert_allclose(told[-3:], ahead)
        assert (ahead > own[0]).all()


def test_what_is_learnt_from_has_an_earlier_season() -> None:
    dataset = make_dataset(np.arange(80.0))
    usual = frame_dataset(dataset, make_spec(season_ahead=0)).examples.cutoffs
    framing = frame_dataset(dataset, make_spec(season_ahead=20))
    assert usual["train"][0] == 4
    assert framing.examples.cutoffs["train"][0] == 19
    np.testing.assert_array_equal(framing.examples.cutoffs["test"], usual["test"])
    assert not frame_dataset(dataset, make_spec(season_ahead=0)).examples.earlier.size


def test_a_forecast_is_told_what_the_run_was_told() -> None:
    spec, dataset = make_spec(), make_dataset(make_weeks(60))
    framing = frame_dataset(dataset, spec)
    tail = frame_tail(dataset, spec, {"": framing.scalers[0]}, [""])
    np.testing.assert_array_equal(tail.examples.earlier, framing.examples.earlier)


@pytest.mark.parametrize("values", [{"season_ahead": 0}, {"strategy": "recursive"}])
def test_without_a_season_nothing_begins_with_one(values: dict[str, Any]) -> None:
    dataset, spec = make_dataset(np.arange(60.0)), make_spec(**values)
    assert not frame_dataset(dataset, spec).examples.shape.has_earlier
    begins = make_spec(**values, window_normalisation="season")
    with pytest.raises(SpecError, match="no season that predictions could begin with"):
        check_framing(dataset, begins)


def test_a_season_shorter_than_the_horizon_is_taken_as_often_as_it_takes() -> None:
    dataset = make_dataset(make_weeks(80))
    told = [
        frame_dataset(dataset, make_spec(horizon=8, season_ahead=season)).examples.earlier
        for season in (3, 9)
    ]
    np.testing.assert_array_equal(*told)


def test_series_without_an_earlier_season_are_too_short() -> None:
    with pytest.raises(DataError, match="an earlier season of 50 with a horizon of 3"):
        check_framing(make_dataset(np.arange(60.0)), make_spec(season_ahead=50))
    series = {"long": np.arange(120.0), "short": np.arange(60.0)}
    assert check_framing(make_dataset(series), make_spec(season_ahead=50)) == ["short"]


def test_no_series_is_left_out_for_a_season_that_nobody_asked_for() -> None:
    day = np.sin(2 * np.pi * np.arange(600) / 24)
    series = {"long": day, "longer": day, "short": day[:100]}
    spec = ExperimentSpec().with_values({"task.lookback": 5, "task.horizon": 3, "task.season": 24})
    resolved, reasons = resolve_spec(spec, make_dataset(series, frequency=Frequency("h")))
    assert resolved.task.season_ahead == 24
    assert "data.series" not in reasons
    series["short"] = day[:36]
    resolved, reasons = resolve_spec(spec, make_dataset(series, frequency=Frequency("h")))
    assert resolved.task.season_ahead == 0
    assert "data.series" not in reasons


def test_the_week_is_told_where_it_comes_closest() -> None:
    season, reason = choose_season_ahead([make_weeks(1_500)], (24, 168), 24, 1_000)
    assert season == 168
    assert "168 steps before" in reason


@pytest.mark.parametrize(("horizon", "season"), [(24, 24), (30, 48), (168, 168)])
def test_a_season_is_told_in_whole_ones_as_long_as_the_horizon(horizon: int, season: int) -> None:
    day = np.sin(2 * np.pi * np.arange(1_500) / 24)
    noisy = day + np.random.default_rng(0).normal(0, 0.1, 1_500)
    assert choose_season_ahead([noisy], (24,), horizon, 1_000)[0] == season


def test_of_a_walk_no_season_is_told() -> None:
    walks = [np.random.default_rng(seed).normal(size=1_500).cumsum() for seed in range(4)]
    season, reason = choose_season_ahead(walks, (24, 168), 24, 1_000)
    assert season == 0
    assert "last value is closer" in reason


def test_with_few_rounds_no_season_is_told() -> None:
    season, reason = choose_season_ahead([make_weeks(4 * 168 - 1)], (168,), 24, 1_000)
    assert season == 0
    assert "too few rows" in reason
    assert choose_season_ahead([make_weeks(4 * 168)], (168,), 24, 1_000)[0] == 168
