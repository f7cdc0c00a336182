"""Made-up series keep what they promise, at every rhythm and of every kind."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.made_up import (
    KINDS,
    RHYTHMS,
    MadeUpSeries,
    Rhythm,
    find_shares,
    make_up,
)

BY_NAME = {rhythm.name: rhythm for rhythm in RHYTHMS}
ANY = Rhythm("of somebody's own", (10, 30), 12, 100)


def make(rhythm: Rhythm, count: int, length: int, seed: int = 0, **shares: float) -> MadeUpSeries:
    return make_up(np.random.default_rng(seed), rhythm, count, length, shares or None)


def only(name: str) -> dict[str, float]:
    return {kind.name: float(kind.name == name) for kind in KINDS}


@pytest.mark.parametrize("rhythm", [*RHYTHMS, ANY], ids=lambda rhythm: rhythm.name)
def test_values_are_as_they_are_told(rhythm: Rhythm) -> None:
    made = make(rhythm, 150, 3 * rhythm.longest + 20)

    assert made.values.shape == (150, 3 * rhythm.longest + 20)
    assert made.non_negative.shape == made.whole.shape == made.kind.shape == (150,)
    assert made.values.dtype == float
    known = np.isfinite(made.values)
    assert not np.isinf(made.values).any()
    assert known[:, [0, -1]].all()
    assert 0.0002 < 1 - known.mean() < 0.05
    assert np.nanmin(made.values[made.non_negative]) >= 0
    whole = made.values[made.whole]
    assert ((whole == np.round(whole)) | np.isnan(whole)).all()
    assert 0.5 < made.non_negative.mean() < 1
    assert (np.nanmin(made.values[~made.non_negative], axis=1) < 0).any()


@pytest.mark.parametrize("rhythm", [BY_NAME["monthly"], BY_NAME["hourly"]], ids=["month", "hour"])
def test_the_same_generator_makes_the_same_series(rhythm: Rhythm) -> None:
    first, second, other = (make(rhythm, 60, 120, seed) for seed in (3, 3, 4))

    np.testing.assert_array_equal(first.values, second.values)
    np.testing.assert_array_equal(first.kind, second.kind)
    assert not np.array_equal(first.values, other.values)


@pytest.mark.parametrize("length", [1, 2, 3, 5])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_few_values_can_be_made(kind: Any, length: int) -> None:
    for rhythm in filter(kind.suits, RHYTHMS):
        made = make(rhythm, 20, length, **only(kind.name))
        assert made.values.shape == (20, length)
        assert np.isfinite(made.values[:, 0]).all()


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda rhythm: rhythm.name)
def test_kinds_come_in_their_shares(rhythm: Rhythm) -> None:
    made = make(rhythm, 4000, 4)

    shares = find_shares(rhythm)
    assert shares.sum() == pytest.approx(1)
    found = np.bincount(made.kind, minlength=len(KINDS)) / 4000
    np.testing.assert_allclose(found, shares, atol=0.03)
    assert not found[[not kind.suits(rhythm) for kind in KINDS]].any()


def test_shares_can_be_varied() -> None:
    made = make(BY_NAME["monthly"], 50, 10, **only("random walk"))

    assert {KINDS[number].name for number in made.kind} == {"random walk"}


def test_shares_of_what_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="There is no kind tea leaves"):
        make(BY_NAME["monthly"], 5, 10, **{"tea leaves": 1.0})
    with pytest.raises(ValueError, match="No kind of series is left at the rhythm yearly"):
        make(BY_NAME["yearly"], 5, 10, **only("days of work and rest"))


def count_calls(work: Callable[[], object]) -> int:
    """Functions that are called, those in C as well."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def test_work_grows_with_neither_count_nor_length() -> None:
    rhythm = BY_NAME["hourly"]
    few, many, long = (
        count_calls(lambda count=count, length=length: make(rhythm, count, length))
        for count, length in ((1000, 168), (4000, 168), (1000, 672))
    )

    assert few < 1000 * len(KINDS)
    assert many < 1.15 * few
    assert long < 1.15 * few


def test_the_last_value_is_the_best_forecast_of_a_random_walk() -> None:
    made = make(BY_NAME["monthly"], 3000, 80, 5, **only("random walk"))
    values = made.values[np.isfinite(made.values).all(1)]
    past, future = values[:, :60], values[:, 60:]
    size = np.abs(np.diff(past, axis=1)).mean(1, keepdims=True) + 1e-12
    drift = (past[:, -1:] - past[:, :1]) / 59 * np.arange(1, 21)
    rules = {
        "last": past[:, -1:],
        "drift": past[:, -1:] + drift,
        "back": past[:, -1:] - drift,
        "mean": past[:, -12:].mean(1, keepdims=True),
        "season": np.tile(past[:, -12:], 2)[:, :20],
    }
    errors = {
        name: np.median((np.abs(future - rule) / size).mean(1)) for name, rule in rules.items()
    }

    assert errors["last"] < min(error for name, error in errors.items() if name != "last")


def find_peak(values: np.ndarray, periods: list[int]) -> np.ndarray:
    """Which of some periods each series has most power at, ``(count,)``."""
    steps = np.arange(values.shape[1])
    centred = values - values.mean(1, keepdims=True)
    power = [np.abs(centred @ np.exp(-2j * np.pi * steps / period)) for period in periods]
    return np.argmax(power, axis=0)


def test_seasons_are_where_they_are_told_to_be() -> None:
    made = make(BY_NAME["hourly"], 400, 840, **only("days of work and rest"))
    hours = made.values[np.isfinite(made.values).all(1)]
    # Neighbours that are no fractions of a day or of a week.
    peaks = find_peak(hours, [24, 12, 8, 168, 84, 20, 29, 15, 10, 210, 140])

    assert (peaks < 5).mean() > 0.85
    assert np.isin(peaks, [0, 1, 2]).mean() > 0.6
