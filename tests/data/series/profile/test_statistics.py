"""Our statistics against those of statsmodels, and against what chance does."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from lstm_core.data.series.profile.correlation import (
    correlate_with_itself,
    correlate_with_lags,
    find_periods,
)
from lstm_core.data.series.profile.outliers import find_far, find_spikes
from lstm_core.data.series.profile.wandering import (
    find_wander,
    measure_kpss,
    measure_variance_ratio,
)
from tests.made_up import draw_series

WALK = np.random.default_rng(0).normal(size=400).cumsum()
NOISE = np.random.default_rng(1).normal(size=400)
SLOW = np.convolve(NOISE, np.full(10, 0.1), "same")
KINDS = ["random walk", "returns", "smooth courses", "structural", "counts", "intermittent"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("with_trend", "name"), [(False, "c"), (True, "ct")])
@pytest.mark.parametrize("num_lags", [None, 0, 7])
def test_kpss(kind: str, with_trend: bool, name: str, num_lags: int | None) -> None:
    from statsmodels.tsa.stattools import kpss

    values = draw_series(kind, 400)[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the statistic lies beyond its table
        theirs = kpss(values, name, nlags="legacy" if num_lags is None else num_lags)[0]
    own = measure_kpss(values, with_trend=with_trend, num_lags=num_lags)
    assert own == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_autocorrelation(kind: str) -> None:
    from statsmodels.tsa.stattools import acf

    values = draw_series(kind, 400)[0]
    own = correlate_with_itself(values).values
    np.testing.assert_allclose(own, acf(values, nlags=len(own) - 1, fft=False), atol=1e-10)


def test_cross_correlation() -> None:
    from statsmodels.tsa.stattools import ccf

    own = correlate_with_lags(WALK, [NOISE, SLOW], 30)
    for found, other in zip(own, (NOISE, SLOW), strict=True):
        theirs = ccf(WALK, other, adjusted=False, fft=False)[:31]
        np.testing.assert_allclose(found, theirs, atol=1e-10)


def test_the_periodogram_shows_what_was_put_in() -> None:
    steps = np.arange(5_000)
    found = find_periods(3 * np.sin(2 * np.pi * steps / 50) + NOISE.repeat(13)[:5_000] + steps)
    assert found.periods[found.shares.argmax()] == pytest.approx(50)
    assert len(found.periods) <= 600
    few = find_periods(NOISE)
    assert few.shares.sum() == pytest.approx(1)


def test_the_variance_ratio_of_walks_is_one_but_for_chance() -> None:
    generator = np.random.default_rng(5)
    distances = [
        measure_variance_ratio(generator.normal(size=500).cumsum(), 8)[1] for _ in range(300)
    ]
    assert 0.01 < float((np.abs(distances) > 1.96).mean()) < 0.1
    ratio, _ = measure_variance_ratio(np.arange(100.0) + NOISE[:100] * 0.0, 8)
    assert np.isnan(ratio)  # changes that never change


@pytest.mark.parametrize(
    ("make", "kinds"),
    [
        (lambda generator: generator.normal(size=500), {"level"}),
        (lambda generator: generator.normal(size=500) + np.arange(500) * 0.1, {"trend"}),
        (lambda generator: generator.normal(size=500).cumsum(), {"walk"}),
    ],
)
def test_how_the_level_moves(make, kinds: set[str]) -> None:  # type: ignore[no-untyped-def]
    found = [find_wander(make(np.random.default_rng(seed))) for seed in range(40)]
    assert np.mean([wander.kind in kinds for wander in found]) > 0.8
    usual = {"level": "keep to a level", "trend": "line", "walk": "random walk"}
    kind = max({wander.kind for wander in found}, key=[each.kind for each in found].count)
    assert usual[kind] in next(each.sentence for each in found if each.kind == kind)


def test_what_stands_out_is_found_and_little_else() -> None:
    values = WALK.copy()
    values[[50, 300]] += 40
    assert find_spikes(values).tolist() == [50, 300]
    spread = NOISE.copy()
    spread[[7, 9]] = (30.0, -30.0)
    assert find_far(spread).tolist() == [7, 9]
    for calm in (np.zeros(100), np.arange(100.0), np.tile([0.0, 1.0], 50), NOISE[:5]):
        assert len(find_far(calm)) == 0
        assert len(find_spikes(calm)) == 0
