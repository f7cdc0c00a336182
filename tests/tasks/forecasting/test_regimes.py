from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_core.models.segments import find_segment
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.regimes import (
    choose_model,
    detect_regime,
    does_level_wander,
)
from tests.tasks.datasets import make_sine


def make_walk(num_rows: int = 500, seed: int = 0) -> np.ndarray:
    return 100 + np.random.default_rng(seed).normal(size=num_rows).cumsum()


def choose(
    series: list[np.ndarray], season: int = 1, **values: Any
) -> tuple[dict[str, Any], dict[str, str]]:
    spec = ExperimentSpec().with_values(
        {
            "task.season": season,
            "task.lookback": 6 * season,
            "task.horizon": 12,
            **{name.replace("__", "."): value for name, value in values.items()},
        }
    )
    forecast, model, training, reasons = choose_model(spec, detect_regime(series, season))
    return {**forecast, **model, **training}, reasons


def test_most_random_walks_are_seen_as_such_and_seasons_are_not() -> None:
    walks = [detect_regime([make_walk(300, seed)], 1).is_walk for seed in range(30)]
    assert sum(walks) >= 28
    waves = [detect_regime([make_sine(300, seed=seed, noise=0.3)], 1) for seed in range(30)]
    assert not any(found.is_walk for found in waves)


def test_white_noise_and_trends_are_no_walks() -> None:
    generator = np.random.default_rng(0)
    assert not detect_regime([generator.normal(size=400)], 1).is_walk
    momentum = generator.normal(size=400).cumsum().cumsum()
    assert not detect_regime([momentum], 1).is_walk
    assert not detect_regime([np.full(400, 3.0)], 1).is_walk


def test_a_walk_is_forecast_by_its_change_and_drawn_to_the_last_value() -> None:
    found, reasons = choose([make_walk() - 100])
    assert found["window_normalisation"] == "last_value"
    assert (found["shrink"], found["ranges"], found["transform"]) == (True, "residuals", "none")
    assert "the change since the last value" in reasons["task.window_normalisation"]


def test_prices_that_walk_are_forecast_by_their_return() -> None:
    found, reasons = choose([np.exp(0.05 * (make_walk() - 100))])
    assert found["transform"] == "log"
    assert "the return since the last value" in reasons["task.window_normalisation"]


@pytest.mark.parametrize(
    ("values", "transform"),
    [
        (np.exp(make_sine(400) + np.linspace(0, 4, 400)), "log"),
        (10 + make_sine(400) + np.linspace(0, 4, 400), "none"),
        (make_sine(400), "none"),
    ],
    ids=["grows", "stays", "negative"],
)
def test_a_logarithm_is_taken_where_the_spread_grows(values: np.ndarray, transform: str) -> None:
    assert choose([values], season=12)[0]["transform"] == transform


def test_few_rows_get_a_network_that_comes_trained() -> None:
    found, reasons = choose([make_sine(180)], season=12)
    assert (found["architecture"], found["fine_tune"]) == ("pretrained", "none")
    assert found["epochs"] == 0
    assert (found["shrink"], found["ranges"], found["num_seeds"]) == (True, "quantile", 1)
    assert "180 rows" in reasons["model.architecture"]
    assert "units" not in found
    more, _ = choose([make_sine(600)], season=12, model__architecture="pretrained")
    assert more["fine_tune"] == "all"
    assert more["epochs"] > 0


def test_few_rows_get_a_small_network_and_help_where_it_begins_untrained() -> None:
    found, reasons = choose([make_sine(120)], season=12, model__architecture="vanilla")
    assert (found["units"], found["shrink"]) == (32, True)
    assert found["ranges"] == "residuals"
    assert "120 rows" in reasons["task.shrink"]


def test_a_season_gets_segments() -> None:
    found, reasons = choose([make_sine(2_000, period=24)], season=24)
    assert (found["architecture"], found["segment"], found["mixing"]) == ("segment", 24, False)
    assert (found["shrink"], found["ranges"]) == (True, "quantile")
    assert "season of 24" in reasons["model.architecture"]


def test_many_short_series_are_one_large_problem() -> None:
    series = [make_sine(150, seed=seed) for seed in range(30)]
    regime = detect_regime(series, 12)
    assert regime.has_many_series
    assert not regime.is_small
    found, reasons = choose(series, season=12)
    assert found["units"] == 128
    assert reasons["model.units"] == "30 series are learnt by one network."


@pytest.mark.parametrize(("preset", "seeds"), [("fast", 1), ("balanced", 3), ("best", 5)])
def test_the_preset_sets_the_seeds(preset: str, seeds: int) -> None:
    assert choose([make_sine(400)], 12, training__preset=preset)[0]["num_seeds"] == seeds


def test_what_is_given_is_not_chosen_again() -> None:
    found, reasons = choose(
        [make_sine(400)], 12, model__architecture="gru", training__learning_rate=0.5
    )
    assert not {"architecture", "segment", "learning_rate"} & set(found)
    assert not {"model.architecture", "model.segment", "training.learning_rate"} & set(reasons)


@pytest.mark.parametrize(
    ("season", "segment"), [(24, 24), (7, 7), (12, 12), (48, 48), (96, 48), (168, 42), (53, 24)]
)
def test_a_segment_is_the_season_or_a_divisor(season: int, segment: int) -> None:
    assert find_segment(season) == segment


def test_short_epochs_are_more_of_them_and_the_rate_ends_as_low() -> None:
    found = {rows: choose([make_sine(rows, period=24)], season=24)[0] for rows in (600, 9_000)}
    assert (found[9_000]["epochs"], found[9_000]["decay"]) == (10, 0.7)
    assert found[600]["epochs"] > 30
    ends = [options["decay"] ** options["epochs"] for options in found.values()]
    assert ends[0] == pytest.approx(ends[1], rel=0.02)


def test_a_level_that_wanders_is_told_from_one_that_stays() -> None:
    assert does_level_wander(make_walk(1_000), season=1)
    assert does_level_wander(make_sine(1_000) + np.linspace(0, 3, 1_000), season=12)
    assert not does_level_wander(make_sine(1_000, noise=0.3), season=12)
    assert not does_level_wander(np.random.default_rng(0).normal(size=1_000), season=1)
    assert does_level_wander(make_sine(100), season=12)  # too few rows to tell
