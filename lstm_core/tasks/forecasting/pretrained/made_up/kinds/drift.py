"""Walks that go somewhere: each change is new, and the mean of all of them is not zero."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.walk import draw_changes
from lstm_core.tasks.forecasting.pretrained.made_up.levels import UPWARDS, tame
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import scale_up
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_drifting(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """A drift of a twentieth to one and a half of what a year's change strays by.

    It stays for good in four of five series and breaks once in the others (Perron, "The great
    crash, the oil price shock, and the unit root hypothesis", Econometrica 57, 1989). Some changes
    remember the one before.
    """
    changes = draw_changes(draws, length)
    remembered = draws.some(0.4, draws.uniform(0, 0.6))
    changes = np.where(remembered > 0, persist(changes, remembered), changes)
    pace = (4 / max(rhythm.longest, 4)) ** 0.5 if rhythm.seasons else 1.0
    drift = draws.log_uniform(0.05, 1.5) * draws.sign(UPWARDS) * pace
    after = np.arange(length)[None] >= draws.uniform(0.1, 0.95) * length
    broken = draws.some(0.2, draws.uniform(-0.5, 1.0), 1.0)
    course = np.cumsum(changes + drift * np.where(after, broken, 1), 1)
    signal = tame(draws.log_uniform(0.003, 0.12) * course, draws.log_uniform(1.5, 5))
    for season in rhythm.seasons:
        signal += draws.some(0.5, draws.log_uniform(0.01, 0.4)) * draw_season(draws, season, length)
    signal += draws.some(0.3, draws.log_uniform(0.002, 0.05)) * draw_noise(draws, length)
    return scale_up(draws, signal)


DRIFT = Kind(
    "walk with a drift",
    7,
    "Output, prices, wages, people, money, year by year: shocks stay, and growth goes on all the"
    " same (Nelson and Plosser, Journal of Monetary Economics 10, 1982). How the whole past grew"
    " says more of what comes than its latest slope.",
    make_drifting,
)
