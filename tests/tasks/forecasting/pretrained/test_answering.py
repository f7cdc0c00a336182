"""What holds of every forecast, whatever the weights are."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.pretrained.answering import (
    MOST_STEPS,
    forecast,
    forecast_medians,
)
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.made_up import RHYTHMS, Rhythm, make_up
from lstm_core.tasks.forecasting.pretrained.quantiles import QUANTILES
from tests.tasks.forecasting.pretrained.untrained import make_untrained

PRETRAINED = make_untrained(2)
RANDOM = np.random.default_rng(7).normal(size=60)

ODD = {
    "three values": [4.0, 5.0, 3.5],
    "three equal values": [2.0] * 3,
    "constant": [5.5] * 40,
    "all zeros": [0.0] * 40,
    "a zero, then ones": [0.0] + [1.0] * 30,
    "huge": 1e15 * (2 + RANDOM),
    "far from zero": 1e9 + RANDOM,
    "tiny": 1e-12 * RANDOM,
    "subnormal": 1e-310 * (2 + RANDOM),
    "negative": -50 - np.abs(RANDOM),
    "one spike": np.where(np.arange(60) == 30, 1e9, 1.0),
    "spike at the end": np.where(np.arange(60) == 59, 1e12, RANDOM),
    "intermittent": np.where(np.arange(60) % 7 == 0, 3.0, 0.0),
    "whole": np.round(10 * np.abs(RANDOM)),
    "a long gap": np.where((np.arange(60) > 10) & (np.arange(60) < 50), np.nan, RANDOM),
    "a gap at the end": np.where(np.arange(60) > 40, np.nan, RANDOM),
    "every other missing": np.where(np.arange(60) % 2, np.nan, RANDOM),
    "explosive": 1.8 ** np.arange(60.0),
    "steps": np.repeat([1.0, 50.0, 3.0], 20),
}


@pytest.mark.parametrize("seasons", [(), (4,), (12,), (2,), (7, 28), (24, 168), (52,)])
@pytest.mark.parametrize("name", ODD)
def test_a_forecast_is_finite_in_order_and_in_bounds(name: str, seasons: tuple[int, ...]) -> None:
    values = np.asarray(ODD[name], float)
    histories = Histories.of([values], seasons)

    said = forecast(histories, 60, PRETRAINED)

    assert said.quantiles.shape == (1, 60, len(QUANTILES))
    assert np.isfinite(said.quantiles).all()
    assert (np.diff(said.quantiles) >= 0).all()
    if np.nanmin(values) >= 0:
        assert (said.quantiles >= 0).all()
    if (np.isnan(values) | (values == np.round(values))).all():
        assert (said.quantiles == np.round(said.quantiles)).all()


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda rhythm: rhythm.name)
def test_every_rhythm_is_answered_as_far_as_it_asks(rhythm: Rhythm) -> None:
    made = make_up(np.random.default_rng(3), rhythm, 6, min(3 * rhythm.longest, 400) + 5)
    said = forecast(Histories.of(list(made.values), rhythm.seasons), rhythm.steps, PRETRAINED)
    low, high = said.get_range(80)
    assert np.isfinite(said.quantiles).all()
    assert ((low <= said.median) & (said.median <= high)).all()


@pytest.mark.parametrize("seasons", [(), (12,), (7, 28)])
def test_units_change_nothing_but_the_units(seasons: tuple[int, ...]) -> None:
    values = RANDOM.cumsum()
    said = forecast(Histories.of([values], seasons), 24, PRETRAINED).quantiles
    for factor in (1e-9, 0.01, 37.0, 1e9):
        scaled = forecast(Histories.of([factor * values], seasons), 24, PRETRAINED).quantiles
        assert scaled == pytest.approx(factor * said, rel=1e-4, abs=1e-4 * factor)


@pytest.mark.parametrize("seasons", [(), (12,), (7, 28)])
def test_what_is_nothing_matters_only_where_values_cannot_be_below_it(
    seasons: tuple[int, ...],
) -> None:
    def ask(values: np.ndarray) -> np.ndarray:
        no = np.zeros(1, bool)
        return forecast(
            Histories.of([values], seasons, whole=no, non_negative=no), 24, PRETRAINED
        ).quantiles

    values = RANDOM.cumsum()
    for shift in (-1000.0, 5.0, 1000.0):
        assert ask(values + shift) == pytest.approx(ask(values) + shift, abs=1e-3)


def test_steps_are_the_same_however_they_are_asked_for() -> None:
    histories = Histories.of([RANDOM], (12,))
    all_steps = forecast(histories, 30, PRETRAINED).quantiles
    some = forecast(histories, [3, 7, 30], PRETRAINED).quantiles
    assert some == pytest.approx(all_steps[:, [2, 6, 29]], abs=1e-5)


def test_a_series_is_the_same_among_others() -> None:
    rng = np.random.default_rng(5)
    series = [rng.normal(size=length).cumsum() for length in rng.integers(3, 200, 150)]
    together = forecast(Histories.of(series, (12,)), 12, PRETRAINED).quantiles
    for row in (0, 70, 149):
        alone = forecast(Histories.of([series[row]], (12,)), 12, PRETRAINED).quantiles
        assert together[row] == pytest.approx(alone[0], rel=1e-4, abs=1e-4)


def test_what_comes_later_never_reaches_a_forecast() -> None:
    values = RANDOM.cumsum()
    scrambled = values.copy()
    scrambled[40:] = np.random.default_rng(9).permutation(scrambled[40:]) * 1e6
    before, after = (
        forecast(Histories.of([one[:40]], (12,)), 12, PRETRAINED).quantiles
        for one in (values, scrambled)
    )
    assert (before == after).all()


@pytest.mark.parametrize("steps", [0, -1, MOST_STEPS + 1, [], [0, 1]])
def test_only_steps_that_were_learnt_are_answered(steps: int | list[int]) -> None:
    with pytest.raises(DataError, match="steps ahead"):
        forecast(Histories.of([RANDOM]), steps, PRETRAINED)


@pytest.mark.parametrize("seasons", [(), (7, 28)])
def test_medians_alone_are_those_of_whole_forecasts(seasons: tuple[int, ...]) -> None:
    series = [50 + RANDOM, np.round(10 * np.abs(RANDOM)), np.tile(RANDOM, 6).cumsum()]
    histories = Histories.of(series * 50, seasons)
    said = forecast(histories, [1, 5, 9], PRETRAINED)
    medians = forecast_medians(histories, [1, 5, 9], PRETRAINED)
    np.testing.assert_array_equal(medians, said.median)
    with pytest.raises(DataError, match="steps ahead"):
        forecast_medians(histories, MOST_STEPS + 1, PRETRAINED)
