"""Trade by the calendar: months of unequal lengths and weekdays, feasts that move, offers."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.calendars import (
    UNITS,
    draw_trading_days,
    lay_out_days,
)
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.feasts import draw_feasts
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import (
    draw_growth,
    draw_level,
    draw_shifts,
)
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def is_of_the_calendar(rhythm: Rhythm) -> bool:
    """Whether the calendar acts on its steps."""
    return rhythm.unit in UNITS


def make_trade(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """In per cent all: level, seasons, weekdays and lengths of months, feasts, offers, noise."""
    a_year = max(rhythm.longest, 4)
    bounds = lay_out_days(draws, rhythm, length)
    out = draw_level(draws, length, 4 / a_year, min(1, (24 / a_year) ** 0.5))
    out += draw_growth(draws, length, rhythm.a_year)
    for season in rhythm.seasons:
        out += draws.some(0.85, draws.log_uniform(0.03, 0.5)) * draw_season(draws, season, length)
    if rhythm.unit in ("month", "quarter"):
        out += draw_trading_days(draws, bounds)
    out += draws.log_uniform(0.03, 0.5) * draw_feasts(draws, bounds)
    out += draws.log_uniform(0.01, 0.2) * draw_noise(draws, length)
    out += draws.some(0.3, 1.0) * draw_offers(draws, length)
    return Signal.positive(multiply(out + 0.3 * draw_shifts(draws, length)))


def draw_offers(draws: Draws, length: int) -> np.ndarray:
    """Lifts that last for one to four steps, now and then, and less in the step after."""
    steps = draws.rng.random((draws.count, length)) < draws.log_uniform(0.01, 0.1)
    lasts = draws.rng.integers(1, 5, (draws.count, 1))
    lifted = steps.astype(float)
    for more in range(1, 4):
        lifted[:, more:] = np.maximum(lifted[:, more:], steps[:, :-more] * (lasts > more))
    out = draws.log_uniform(0.05, 0.8) * lifted
    ended = (lifted[:, :-1] > 0) & (lifted[:, 1:] == 0)
    out[:, 1:] -= draws.some(0.5, draws.log_uniform(0.02, 0.3)) * ended
    return out


TRADE = Kind(
    "trade",
    9,
    "Retail, orders, bookings, traffic of goods: what the calendar moves from one month or week to"
    " the next looks like noise and is none, and the season is strong and in per cent.",
    make_trade,
    is_of_the_calendar,
)
