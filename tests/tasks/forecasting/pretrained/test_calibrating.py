from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.calibrating import (
    NUM_CUTOFFS,
    Ask,
    find_stretch,
    stretch_around,
)
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN, QUANTILES

AHEAD = np.arange(1, 13)
NOISE = np.random.default_rng(2).normal(size=(30, 400))
REACH = 1.2816
"""Of the standard normal distribution, 80% lie within it on either side."""


def ask_for_ranges(half: float, asked: list[int] | None = None) -> Callable[[Histories], Ask]:
    """Forecasts of zero with ranges of 80% of one width."""

    def begin(some: Histories) -> Ask:
        def ask(steps: np.ndarray, back: int) -> np.ndarray:
            if asked is not None:
                asked.append(back)
            around = half * (np.arange(len(QUANTILES)) - MEDIAN) / (MEDIAN - QUANTILES.index(0.1))
            return np.broadcast_to(around, (len(some), len(steps), len(QUANTILES)))

        return ask

    return begin


@pytest.mark.parametrize(("half", "stretch"), [(REACH, 1.0), (1.0, REACH), (1.6, REACH / 1.6)])
def test_ranges_become_as_wide_as_the_past_asks_for(half: float, stretch: float) -> None:
    found = find_stretch(Histories.of(list(NOISE)), AHEAD, ask_for_ranges(half))
    assert np.median(np.log(found)) == pytest.approx(0.8 * np.log(stretch), abs=0.06)


def test_they_are_never_stretched_out_of_hand() -> None:
    for half in (1e-9, 1e9):
        found = find_stretch(Histories.of(list(NOISE)), AHEAD, ask_for_ranges(half))
        assert found.min() >= 0.5
        assert found.max() <= 2


@pytest.mark.parametrize(("length", "seasons"), [(9, ()), (143, ()), (200, (60,))])
def test_short_histories_keep_the_range_that_they_have(
    length: int, seasons: tuple[int, ...]
) -> None:
    histories = Histories.of(list(NOISE[:, :length]), seasons)
    assert (find_stretch(histories, AHEAD, ask_for_ranges(0.1)) == 1).all()


def test_series_that_are_long_enough_are_asked_about_as_they_were() -> None:
    asked: list[int] = []
    histories = Histories.of([NOISE[0], NOISE[1, :30]])
    found = find_stretch(histories, AHEAD, ask_for_ranges(0.1, asked))
    assert found[0] > 1
    assert found[1] == 1
    assert asked == [12 * number for number in range(1, NUM_CUTOFFS + 1)]


def test_gaps_are_no_hits() -> None:
    holed = NOISE.copy()
    holed[:, 1::2] = np.nan
    holed[0, 250:] = np.nan
    found = find_stretch(Histories.of(list(holed)), AHEAD, ask_for_ranges(1.0))
    assert np.isfinite(found).all()
    assert np.median(np.log(found)) == pytest.approx(0.8 * np.log(REACH), abs=0.1)


def test_a_perfect_forecast_may_be_sure_of_itself() -> None:
    still = Histories.of([np.zeros(400)])
    assert find_stretch(still, AHEAD, ask_for_ranges(1.0)) == pytest.approx(0.5**0.8)


def test_stretching_leaves_the_median() -> None:
    quantiles = np.arange(13.0) ** 2 * np.ones((2, 3, 1))
    found = stretch_around(quantiles, np.array([1.0, 2.0]))
    assert (found[0] == quantiles[0]).all()
    assert (found[..., MEDIAN] == quantiles[..., MEDIAN]).all()
    assert found[1, 0, -1] - found[1, 0, MEDIAN] == 2 * (144 - 36)
