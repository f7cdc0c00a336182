"""From a signal without a unit to values: added or multiplied, with a floor where there is one."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal

_MOST = 8.0
"""Orders of magnitude are kept to ``exp`` of this, up and down."""


def scale_up(draws: Draws, signal: np.ndarray) -> Signal:
    """Values of a signal, whose unit is about what a series of business moves by.

    Multiplied (55%): all parts act in per cent, as on sales and prices. Added (35%): on what may
    be negative as well as on amounts far above zero. With a soft floor at zero (10%): what can't
    fall below nothing but often lies there.
    """
    how = draws.one_of(0.55, 0.35, 0.1)
    added = signal + draws.uniform(-1, 6)
    values = np.choose(how, [multiply(signal), added, soften(3 * signal + draws.uniform(-2, 3))])
    amounts = (how == 1) & draws.chance(0.6)
    values = np.where(amounts, soften(4 * added) / 4, values)
    non_negative = (how != 1) | amounts
    return Signal(values, non_negative, np.zeros_like(non_negative))


def multiply(signal: np.ndarray) -> np.ndarray:
    """``exp``, within reason."""
    return np.asarray(np.exp(np.clip(signal, -_MOST, _MOST)))


def soften(values: np.ndarray) -> np.ndarray:
    """A floor at zero that is neared, not hit: ``log(1 + exp(x))``."""
    return np.asarray(np.logaddexp(0, values))
