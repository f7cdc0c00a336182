import numpy as np
import pytest
from scipy.signal import lfilter

from lstm_core.data.series.season import detect_season
from lstm_core.data.series.spacing.frequency import Frequency
from tests.made_up import draw_series

STEPS = Frequency(step=1)


def make_wave(num_rows: int, season: int, seed: int = 0, noise: float = 0.1) -> np.ndarray:
    steps = np.arange(num_rows)
    shape = np.random.default_rng(99).normal(size=season)
    return shape[steps % season] + np.random.default_rng(seed).normal(0, noise, num_rows)


@pytest.mark.parametrize(
    ("alias", "season"), [("h", 24), ("D", 7), ("MS", 12), ("W-MON", 52), ("15min", 96), ("h", 168)]
)
def test_a_usual_season_is_confirmed(alias: str, season: int) -> None:
    wave = make_wave(season * 6, season) + np.arange(season * 6) * 0.3  # on a trend
    assert detect_season([wave], Frequency(alias=alias))[0] == season


@pytest.mark.parametrize("alias", ["h", "D", "B", "MS", "W-MON"])
def test_a_random_walk_has_no_season(alias: str) -> None:
    for walk in draw_series("random walk", 1_500, count=5):
        season, reason = detect_season([walk], Frequency(alias=alias))
        assert season == 1
        assert "does not show" in reason


@pytest.mark.parametrize(
    ("kind", "rhythm", "alias", "seasons", "least"),
    [
        ("days of work and rest", "hourly", "h", {24, 168}, 0.9),
        ("days of work and rest", "quarter-hourly", "15min", {96, 672}, 0.9),
        ("weeks and years", "daily", "D", {7}, 0.6),
        ("nature", "monthly", "MS", {12}, 0.5),
    ],
)
def test_seasons_of_the_world_are_found(
    kind: str, rhythm: str, alias: str, seasons: set[int], least: float
) -> None:
    """Among holidays, weather, trends and outliers; weak ones are left alone."""
    drawn = draw_series(kind, 10 * max(seasons), rhythm=rhythm, count=40)
    found = [detect_season([values], Frequency(alias=alias))[0] for values in drawn]
    assert set(found) <= seasons | {1}
    assert np.mean([season in seasons for season in found]) > least


@pytest.mark.parametrize("season", [5, 12, 24, 50, 365])
def test_numbered_rows_show_their_season(season: int) -> None:
    steps = np.arange(season * 8)
    wave = np.sin(2 * np.pi * steps / season) + np.random.default_rng(1).normal(0, 0.1, len(steps))
    found, reason = detect_season([wave], STEPS)
    assert found == pytest.approx(season, abs=season // 50)
    assert str(found) in reason


@pytest.mark.parametrize("seed", range(5))
def test_numbered_rows_without_a_season(seed: int) -> None:
    generator = np.random.default_rng(seed)
    assert detect_season([generator.normal(size=800)], STEPS)[0] == 1
    assert detect_season([generator.normal(size=800).cumsum()], STEPS)[0] == 1


def make_slow(num_rows: int, season: int, seed: int) -> np.ndarray:
    """Make a smooth season under weather that stays for some time, whose steps are all noise."""
    generator = np.random.default_rng(seed)
    steps = 2 * np.pi * np.arange(num_rows) / season
    shape = (np.sin(steps), np.maximum(0, np.sin(steps + 0.3)), np.sin(steps) + np.sin(2 * steps))
    weather = lfilter([1.0], [1.0, -0.9], generator.normal(0, 0.4, num_rows))
    return 5 * shape[seed % 3] + weather + generator.normal(0, 0.5, num_rows)


@pytest.mark.parametrize(("alias", "season"), [("15min", 96), ("5min", 288), ("D", 365)])
@pytest.mark.parametrize("seed", range(12))
def test_a_slow_season_is_not_missed(alias: str, season: int, seed: int) -> None:
    assert detect_season([make_slow(5 * season, season, seed)], Frequency(alias))[0] == season


@pytest.mark.parametrize(("alias", "num_rows"), [("15min", 1_000), ("5min", 1_500), ("D", 1_900)])
def test_walks_have_no_slow_season(alias: str, num_rows: int) -> None:
    """A week of days among noise is another thing: there, one in 250 is taken for a season."""
    generator = np.random.default_rng(0)
    for number in range(220):
        size = (lambda n: generator.standard_t(3, n)) if number % 2 else generator.standard_normal
        assert detect_season([np.cumsum(size(num_rows))], Frequency(alias))[0] in (1, 7)


def test_less_than_two_seasons_prove_none() -> None:
    season, reason = detect_season([make_wave(20, 12)], Frequency(alias="MS"))
    assert season == 1
    assert "too few rows" in reason


def test_several_series_count_together() -> None:
    waves = [make_wave(40, 7, seed, noise=1.5) for seed in range(20)]
    assert detect_season(waves, Frequency(alias="D"))[0] == 7


@pytest.mark.parametrize("values", [np.zeros(100), np.arange(100.0), np.ones(3), np.zeros(0)])
def test_what_has_no_season(values: np.ndarray) -> None:
    assert detect_season([values], Frequency(alias="D"))[0] == 1
    assert detect_season([values], STEPS)[0] == 1


def test_a_million_rows_are_no_burden() -> None:
    values = make_wave(1_000_000, 24)
    assert detect_season([values], Frequency(alias="h"))[0] == 24


def test_a_slow_swing_is_no_daily_season() -> None:
    """Its changes are alike at every short lag, so at 24 hours no more than at 12."""
    swing = 100 * np.sin(2 * np.pi * np.arange(2_000) / 400)
    assert detect_season([swing], Frequency(alias="h"))[0] == 1
