"""What the weights that ship have to know, on series that are made up here."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.made_up import RHYTHMS, Rhythm, make_up

NUM_WALKS, LENGTH, STEPS = 2_000, 120, 12


def test_of_a_random_walk_it_says_the_last_value() -> None:
    rng = np.random.default_rng(404)
    walks = 100 + np.cumsum(rng.normal(size=(NUM_WALKS, LENGTH + STEPS)), 1)
    said = forecast(Histories.of(list(walks[:, :LENGTH])), STEPS)
    future, last = walks[:, LENGTH:], walks[:, [LENGTH - 1]]
    low, high = said.get_range(80)

    assert np.abs(future - said.median).mean() <= 1.01 * np.abs(future - last).mean()
    assert 0.74 < ((low <= future) & (future <= high)).mean() < 0.86


def test_a_line_goes_on_and_a_season_comes_again() -> None:
    rng = np.random.default_rng(5)
    steps = np.arange(144)
    values = 50 + 0.5 * steps + 10 * np.sin(2 * np.pi * steps / 12) + rng.normal(size=(20, 144))
    said = forecast(Histories.of(list(values[:, :120]), (12,)), 24)
    assert np.abs(said.median - values[:, 120:]).mean() < 1.5


def test_hours_know_the_day_and_the_week() -> None:
    rng = np.random.default_rng(6)
    hours = np.arange(6 * 168)
    shape = np.sin(2 * np.pi * hours / 24) * np.where(hours // 24 % 7 < 5, 10, 2)
    values = 100 + shape + rng.normal(size=(10, len(hours)))
    said = forecast(Histories.of(list(values[:, :-168]), (24, 168)), 168)
    assert np.abs(said.median - values[:, -168:]).mean() < 2


def test_ranges_grow_with_the_steps_and_with_what_is_not_known() -> None:
    rng = np.random.default_rng(8)
    walks = np.cumsum(rng.normal(size=(50, 100)), 1)
    low, high = forecast(Histories.of(list(walks)), 60).get_range(80)
    assert (np.diff((high - low).mean(0)[[0, 5, 20, 59]]) > 0).all()


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda rhythm: rhythm.name)
def test_it_beats_the_last_season_at_every_rhythm(rhythm: Rhythm) -> None:
    length, steps = min(rhythm.history, 3 * rhythm.longest + 40), min(rhythm.steps, 24)
    made = make_up(np.random.default_rng(77), rhythm, 60, length + steps)
    past, future = made.values[:, :length], made.values[:, length:]
    known = np.isfinite(past).sum(1) >= 3
    past, future = past[known], future[known]
    said = forecast(Histories.of(list(past), rhythm.seasons), steps).median
    season = max(rhythm.seasons[:1], default=1)
    naive = past[:, length - season + np.arange(steps) % season]
    both = np.isfinite(naive) & np.isfinite(future)
    ratio = np.abs(np.where(both, said - future, 0)).sum(1) / np.maximum(
        np.abs(np.where(both, naive - future, 0)).sum(1), 1e-9
    )
    assert np.median(ratio) < 1


def test_answering_loads_no_engine() -> None:
    program = """
import sys
import numpy as np
from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.history import Histories
forecast(Histories.of([np.arange(9.0)]), 3)
names = ("tensorflow", "keras", "jax", "torch", "sklearn", "statsmodels", "scipy", "pandas")
print([name for name in names if name in sys.modules])
"""
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "[]"
