"""Turns of business, of prices and of populations, which no calendar keeps in step."""

from __future__ import annotations

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import draw_cycle, draw_level
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import scale_up
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_cycle(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """One or two cycles that outweigh the trend, over a season and noise."""
    a_year = max(rhythm.longest, 4)
    if rhythm.a_day:
        # Within days, what turns are machines and weather: in hours to weeks.
        a_year = rhythm.a_day
    out = draws.log_uniform(0.1, 0.6) * draw_cycle(draws, length, a_year)
    out += draws.some(0.4, draws.log_uniform(0.05, 0.3)) * draw_cycle(draws, length, a_year / 2)
    out += draws.some(0.7, draws.log_uniform(0.1, 1)) * draw_level(draws, length, 4 / a_year, 0.3)
    for season in rhythm.seasons:
        out += draws.some(0.5, draws.log_uniform(0.02, 0.4)) * draw_season(draws, season, length)
    out += draws.log_uniform(0.003, 0.2) * draw_noise(draws, length)
    return scale_up(draws, out)


CYCLE = Kind(
    "cycles",
    5,
    "Building, orders, prices of raw goods, hares and lynxes: what has risen for long turns, at a"
    " time that only the series' own past tells.",
    make_cycle,
)
