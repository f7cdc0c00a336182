"""Each kind of series is what its name says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.made_up import (
    KINDS,
    RHYTHMS,
    Kind,
    find_shares,
)
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

RHYTHM = {rhythm.name: rhythm for rhythm in RHYTHMS}
KIND = {kind.name: kind for kind in KINDS}


def make(kind: str, rhythm: str, length: int, count: int = 300) -> Signal:
    """As they are, without outliers, rounding and gaps."""
    return KIND[kind].make(Draws(np.random.default_rng(0), count), RHYTHM[rhythm], length)


def find_strengths(values: np.ndarray, season: int) -> np.ndarray:
    """The share of what is left without the level that one figure of a season explains."""
    seasons = values.shape[1] // season
    levels = np.stack([np.convolve(row, np.ones(season) / season, "valid") for row in values])
    start = season // 2
    rest = values[:, start : start + levels.shape[1]] - levels
    rest = rest[:, : (seasons - 1) * season].reshape(len(values), seasons - 1, season)
    within = rest - rest.mean(1, keepdims=True)
    return np.asarray(1 - within.var((1, 2)) / (rest.var((1, 2)) + 1e-12))


def test_names_are_told_apart_and_shares_and_reasons_are_given() -> None:
    assert len(KIND) == len(KINDS)
    assert min(kind.share for kind in KINDS) > 0
    assert all(kind.reason.endswith(".") and len(kind.reason) > 60 for kind in KINDS)


def test_the_document_tells_the_shares_that_are_drawn() -> None:
    document = (Path(__file__).parents[5] / "docs" / "pretrained.md").read_text()
    shares = [find_shares(RHYTHM[name]) for name in ("yearly", "monthly", "daily", "hourly")]

    for number, kind in enumerate(KINDS):
        told = " | ".join(f"{100 * of[number]:.1f}" if of[number] else "" for of in shares)
        assert f"| {kind.name} | {told} | {kind.reason} |\n" in document


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_values_are_finite_and_move(kind: Kind) -> None:
    for rhythm in filter(kind.suits, RHYTHMS):
        signal = make(kind.name, rhythm.name, 90, 30)

        assert np.isfinite(signal.values).all()
        assert not ((signal.values < 0) & signal.non_negative).any()
        assert np.mean(np.ptp(signal.values, axis=1) > 0) > 0.8


@pytest.mark.parametrize(
    ("kind", "rhythm", "season", "least"),
    [
        ("nature", "monthly", 12, 0.6),
        ("trade", "monthly", 12, 0.3),
        ("weeks and years", "daily", 7, 0.4),
        ("days of work and rest", "hourly", 24, 0.6),
        ("days of work and rest", "quarter-hourly", 96, 0.6),
        ("sun and weather", "half-hourly", 48, 0.5),
    ],
)
def test_seasons_are_strong_where_they_are_told(
    kind: str, rhythm: str, season: int, least: float
) -> None:
    values = make(kind, rhythm, 10 * season).values

    told = np.median(find_strengths(values, season))
    other = np.median(find_strengths(values, season + max(season // 5, 1)))
    assert told > least
    assert told > 1.3 * other


def test_a_week_is_in_what_people_do_and_not_in_the_weather() -> None:
    def explain(kind: str) -> float:
        days = make(kind, "hourly", 24 * 7 * 8).values.reshape(300, 8, 7, 24).sum(3)
        return float(np.median(1 - days.var(1).mean(1) / (days.var((1, 2)) + 1e-12)))

    assert explain("days of work and rest") > 0.4
    assert explain("sun and weather") < 0.3


def test_nights_are_dark() -> None:
    signal = make("sun and weather", "hourly", 240)
    light = (signal.values == 0).mean(1)

    assert 0.3 < np.mean(light > 0.2) < 0.5
    assert light.max() < 0.9


def test_counts_are_whole_and_keep_their_unit() -> None:
    signal = make("counts", "monthly", 120)

    assert signal.own_scale
    assert signal.whole.all()
    np.testing.assert_array_equal(signal.values, np.round(signal.values))
    assert 0.03 < np.mean(signal.values == 0) < 0.3


def test_most_of_what_is_intermittent_is_nothing_and_never_all() -> None:
    values = make("intermittent", "monthly", 120).values

    assert 0.6 < np.mean(values == 0) < 0.9
    assert (values > 0).any(1).all()


def test_totals_never_fall_but_at_the_season() -> None:
    values = make("running totals", "monthly", 120).values
    falls = np.diff(values, axis=1) < 0

    never = ~falls.any(1)
    assert 0.5 < never.mean() < 0.85
    places = np.nonzero(falls[~never])
    for row in range(3):
        assert len(set(places[1][places[0] == row] % 12)) == 1


def test_bounds_are_kept() -> None:
    signal = make("bounded", "monthly", 120)
    in_shares = np.isfinite(signal.most[:, 0])

    assert signal.values[in_shares].max() <= 100
    # Where nothing is added by measuring, the top is flat.
    at_top = signal.values[~in_shares] >= signal.values[~in_shares].max(1, keepdims=True) - 1e-9
    assert np.mean(at_top.mean(1) > 0.05) > 0.4


def test_prices_by_the_list_mostly_stay() -> None:
    values = make("steps", "monthly", 120).values

    assert np.mean(np.diff(values, axis=1) == 0) > 0.8


def test_cycles_and_machines_turn_at_no_season_of_the_calendar() -> None:
    for kind in ("cycles", "turns of their own"):
        assert np.median(find_strengths(make(kind, "monthly", 144).values, 12)) < 0.45


def test_returns_have_no_memory_and_walks_nothing_else() -> None:
    def correlate(values: np.ndarray) -> np.ndarray:
        centred = values - values.mean(1, keepdims=True)
        return np.asarray((centred[:, 1:] * centred[:, :-1]).mean(1) / centred.var(1))

    returns = make("returns", "daily", 300)
    assert abs(np.median(correlate(returns.values[~returns.non_negative[:, 0]]))) < 0.1
    walks = make("random walk", "daily", 300).values
    assert np.median(correlate(walks)) > 0.95
    assert abs(np.median(correlate(np.diff(walks, axis=1)))) < 0.1


def test_lives_begin_and_end_low() -> None:
    values = make("short lives", "weekly without a year", 120).values
    peaks = values.argmax(1)

    assert np.mean((peaks > 10) & (peaks < 110)) > 0.6
    assert np.median(values.max(1) / np.minimum(values[:, 0], values[:, -1])) > 3
