"""Changes of what wanders, and the size of these changes."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_short_steps
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.walk import draw_changes
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_coloured, draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_returns(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Changes about zero (two in three), or how large they are: positive, of long memory."""
    changes = draw_changes(draws, length)
    changes[:, 1:] += draws.some(0.4, draws.uniform(-0.3, 0.3)) * changes[:, :-1]
    changes += draws.some(0.5, 0.1 * draws.normal())
    sizes = multiply(
        draws.log_uniform(0.2, 0.8) * draw_coloured(draws, length, 0.5, 1.5)
        + draws.log_uniform(0.05, 0.4) * draw_noise(draws, length)
    )
    sized = draws.chance(1 / 3)
    return Signal(np.where(sized, sizes, changes), sized, np.zeros_like(sized))


RETURNS = Kind(
    "returns",
    2,
    "Changes of prices, errors of a control, and how violent they are: the mean is the forecast,"
    " and the range is all that there is to know.",
    make_returns,
    suit_short_steps,
)
