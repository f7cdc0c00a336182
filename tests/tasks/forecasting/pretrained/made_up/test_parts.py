"""The parts that kinds of series are put together from."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.made_up.counting import count_pieces
from lstm_core.tasks.forecasting.pretrained.made_up.days import draw_day_types, draw_profiles
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.levels import (
    draw_growth,
    draw_level,
    draw_shifts,
    draw_trend,
    tame,
)
from lstm_core.tasks.forecasting.pretrained.made_up.measuring import tear_gaps
from lstm_core.tasks.forecasting.pretrained.made_up.noise import (
    draw_coloured,
    draw_noise,
    draw_volatility,
)
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist, remember
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_figure, draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.segments import draw_segments, pick_by_segment


def draw(count: int = 200, seed: int = 0) -> Draws:
    return Draws(np.random.default_rng(seed), count)


@pytest.mark.parametrize("turning", [False, True])
def test_a_recursion_without_a_loop_is_the_loop(turning: bool) -> None:
    draws = draw(6)
    shocks = draws.normal(77)
    memory = np.array([[-0.9], [0.0], [0.3], [0.95], [0.999], [1.0]])
    if turning:
        memory = memory * np.exp(0.4j)

    expected = np.zeros((6, 77), memory.dtype)
    for step in range(77):
        before = expected[:, step - 1] if step else 0
        expected[:, step] = memory[:, 0] * before + shocks[:, step]

    np.testing.assert_allclose(remember(shocks, memory), expected, atol=1e-7)


def test_what_persists_has_unit_size_from_the_first_value_on() -> None:
    out = persist(draw(20_000).normal(40), np.full((20_000, 1), 0.95))

    np.testing.assert_allclose(out.std(0), 1, atol=0.02)
    assert np.corrcoef(out[:, 20], out[:, 21])[0, 1] == pytest.approx(0.95, abs=0.01)


def test_noise_has_unit_size_and_is_as_slow_as_it_is_asked_to_be() -> None:
    assert draw_noise(draw(2000), 60).std() == pytest.approx(1, abs=0.15)

    def correlate(low: float, high: float) -> float:
        out = draw_coloured(draw(), 300, low, high)
        return float(np.mean(out[:, 1:] * out[:, :-1]) / np.mean(out**2))

    white, pink, brown = correlate(0, 0.01), correlate(1, 1.01), correlate(2, 2.01)
    assert abs(white) < 0.05 < 0.4 < pink < 0.93 < brown


def test_volatility_comes_in_clusters_about_one() -> None:
    sizes = draw_volatility(draw(2000), 100)

    assert (sizes > 0).all()
    assert 0.7 < sizes.mean() < 1.2
    log = np.log(sizes)
    log = log - log.mean(1, keepdims=True)
    assert np.mean(log[:, 1:] * log[:, :-1]) / np.mean(log**2) > 0.6


@pytest.mark.parametrize("period", [2, 4, 7, 12, 24, 52, 365])
def test_a_season_comes_again(period: int) -> None:
    figure = draw_figure(draw(), period)
    np.testing.assert_allclose(figure.mean(1), 0, atol=1e-9)
    np.testing.assert_allclose(figure.std(1), 1, atol=1e-4)

    season = draw_season(draw(), period, 4 * period + 1)
    assert season.shape == (200, 4 * period + 1)
    again = np.abs(season[:, period:] - season[:, :-period]).mean(1)
    half = np.abs(season[:, period // 2 :] - season[:, : -(period // 2)]).mean(1)
    assert np.median(again / half) < 0.35


def test_levels_grow_more_often_than_they_shrink_and_within_reason() -> None:
    level = draw_level(draw(2000), 120, 1.0)

    assert 0.52 < np.mean(level[:, -1] > level[:, 0]) < 0.72
    assert np.ptp(level, axis=1).max() < 6.001
    trend = draw_trend(draw(2000), 50)
    assert 0.5 < np.mean(trend[:, -1] > trend[:, 0]) < 0.75
    np.testing.assert_allclose(tame(np.array([[0.0, 10.0]]), np.array([[2.0]])), [[0, 2]])


def test_counts_scatter_by_their_mean_or_more() -> None:
    rates = np.full((400, 200), 20.0)
    counts = count_pieces(draw(400), rates)

    np.testing.assert_array_equal(counts, np.round(counts))
    assert counts.mean() == pytest.approx(20, rel=0.03)
    scatter = counts.var(1) / counts.mean(1)
    assert 0.35 < np.mean(scatter < 1.3) < 0.7
    assert scatter.max() > 4


def test_stretches_last_as_long_as_they_are_asked_to() -> None:
    segments = draw_segments(draw(2000), 200, np.full((2000, 1), 10.0))

    assert not segments[:, 0].any()
    assert set(np.unique(np.diff(segments, axis=1))) == {0, 1}
    assert segments[:, -1].mean() == pytest.approx(20, rel=0.03)
    np.testing.assert_array_equal(
        pick_by_segment(np.array([[5.0, 7.0]]), np.array([[0, 0, 1]])), [[5, 5, 7]]
    )


def test_days_of_work_are_more_than_days_of_rest_and_alike() -> None:
    types = draw_day_types(draw(500), 70)
    shares = np.bincount(types.ravel(), minlength=4) / types.size
    assert 0.56 < shares[0] < 0.65
    assert shares[1:].min() > 0.1

    profiles = draw_profiles(draw(), 24)
    np.testing.assert_allclose(profiles[:, 0].std(1), 1, atol=1e-6)
    apart = np.abs(profiles[:, 0] - profiles[:, 3]).mean(1)
    assert 0.1 < np.mean(apart < 1e-9) < 0.5
    assert apart.max() > 0.8


def test_gaps_leave_the_ends() -> None:
    torn = tear_gaps(draw(1000), np.ones((1000, 60)))

    missing = np.isnan(torn)
    assert not missing[:, [0, -1]].any()
    assert 0.025 < missing.any(1).mean() < 0.06
    assert missing.mean(1).max() < 0.5


def test_few_levels_jump_and_some_of_these_come_back() -> None:
    shifts = draw_shifts(draw(4000), 100)

    jumped = np.ptp(shifts, axis=1) > 0
    assert 0.12 < jumped.mean() < 0.3
    assert not shifts[:, 0].any()
    back = np.abs(shifts[:, -1]) < 0.3 * np.abs(shifts).max(1)
    assert 0.1 < np.mean(back[jumped]) < 0.4


def test_growth_slows_down_once_under_some_of_it() -> None:
    rates = np.diff(draw_growth(draw(4000), 100, 1.0), axis=1)
    grows = rates[:, 0] > 0
    slowed = rates[grows, -1] < rates[grows, 0] - 1e-12
    assert grows.mean() == pytest.approx(0.5, abs=0.04)
    assert slowed.mean() == pytest.approx(0.6, abs=0.05)
    assert (rates[grows][~slowed] > 0).all()
    assert (np.abs(np.diff(rates, axis=1)) > 1e-12).sum(1).max() <= 2  # within one step, once
