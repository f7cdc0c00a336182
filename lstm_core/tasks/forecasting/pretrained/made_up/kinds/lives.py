"""Short lives: what is launched, spreads, peaks and goes; waves of infection or of fashion."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.levels import draw_level
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.seasons import draw_season
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_MOST_WAVES = 4


def make_lives(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """One to four waves, each rising and fading at rates of its own, on a floor or on nothing.

    A wave is a logistic rise that a slower logistic fall cuts off; Bass's curve of diffusion
    ("A new product growth for model consumer durables", Management Science 15, 1969) has both
    in one.
    """
    steps = np.arange(length)[None]
    waves = np.zeros((draws.count, length))
    number = draws.one_of(0.5, 0.2, 0.15, 0.15) + 1
    for wave in range(_MOST_WAVES):
        start = draws.uniform(-0.3, 1) * length
        rising = draws.log_uniform(0.02, 0.2) * length + 1
        falling = rising * draws.log_uniform(0.7, 6)
        lasts = draws.log_uniform(0.05, 0.6) * length
        up = np.clip((steps - start) / rising, -50, 50)
        down = np.clip((steps - start - lasts) / falling, -50, 50)
        height = draws.log_uniform(0.3, 3) * (wave < number)
        waves += height / (1 + np.exp(-up)) / (1 + np.exp(down))
    waves += draws.some(0.5, draws.log_uniform(0.02, 0.5), draws.log_uniform(5e-4, 0.02))
    factors = draws.log_uniform(0.02, 0.3) * draw_noise(draws, length)
    factors += draws.some(0.4, 0.3) * draw_level(draws, length, 4 / max(rhythm.longest, 4), 0.3)
    for season in rhythm.seasons:
        factors += draws.some(0.5, draws.log_uniform(0.05, 0.5)) * draw_season(
            draws, season, length
        )
    return Signal.positive(waves * multiply(factors))


LIVES = Kind(
    "short lives",
    3,
    "Models of a phone, films, campaigns, infections: growth that ends, and decline that slows"
    " down, which a trend's rule carries on for ever.",
    make_lives,
)
