"""Ranges as wide as a series' own past asks for, where there is enough of it.

The network would have been asked before: at a few earlier cutoffs it is, and by how far its range
would have had to be stretched, for 80% of what came to lie in it, the present one is, most of the
way. Short histories say too little about that; their ranges stay as the network has them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN, QUANTILES

NUM_CUTOFFS = 8
_FEWEST_KNOWN = 48
_SHORTEST_BACK, _LONGEST_BACK = 6, 24
_MOST_ASKED = 8
_MOST_STRETCH = 2.0
_TRUST = NUM_CUTOFFS / (NUM_CUTOFFS + 2)
"""How much of the way is gone; a few cutoffs say something about a series, and not all."""
_LOW, _HIGH = QUANTILES.index(0.1), QUANTILES.index(0.9)

Ask = Callable[[np.ndarray, int], np.ndarray]
"""Quantiles ``(count, steps, quantiles)`` of series, in their units, at some steps ahead; as they
would have been some steps ago."""


def find_stretch(
    histories: Histories, ahead: np.ndarray, begin: Callable[[Histories], Ask]
) -> np.ndarray:
    """Return ``(count,)``: what widths around the median are to be multiplied by.

    Args:
        begin: gives what answers for some of the histories, all of them as they are among it.
    """
    stretch = np.ones(len(histories))
    values = histories.values
    lengths = values.shape[1] - np.isfinite(values).argmax(1)
    back = int(np.clip(ahead.max(), _SHORTEST_BACK, _LONGEST_BACK))
    fewest = max(_FEWEST_KNOWN, 2 * max(histories.seasons[:1], default=1))
    before = values[:, : max(values.shape[1] - NUM_CUTOFFS * back, 0)]
    rows = np.flatnonzero(
        (lengths >= NUM_CUTOFFS * back + fewest) & (2 * np.isfinite(before).sum(1) >= fewest)
    )
    if not len(rows):
        return stretch
    chosen = np.linspace(0, len(ahead) - 1, min(len(ahead), _MOST_ASKED)).round().astype(int)
    steps = ahead[chosen]
    past = histories if len(rows) == len(histories) else histories.take(rows)
    ask = begin(past)
    missed = [_miss(past.values, steps, back * number, ask) for number in range(1, NUM_CUTOFFS + 1)]
    asked = np.concatenate(missed, 1)
    known = np.isfinite(asked).any(1)
    needed = np.ones(len(rows))
    needed[known] = np.nanquantile(asked[known], 0.8, axis=1)
    needed = np.clip(needed, 1 / _MOST_STRETCH, _MOST_STRETCH)
    stretch[rows] = needed**_TRUST
    return stretch


def stretch_around(quantiles: np.ndarray, stretch: np.ndarray) -> np.ndarray:
    """Multiply all distances from the median."""
    middle = quantiles[..., MEDIAN, None]
    return np.asarray(middle + stretch[:, None, None] * (quantiles - middle))


def _miss(values: np.ndarray, steps: np.ndarray, back: int, ask: Ask) -> np.ndarray:
    """Errors from one cutoff as shares of the range on their side, ``(count, some steps)``."""
    within = steps[steps <= back]
    if not len(within):
        return np.empty((len(values), 0))
    quantiles = ask(within, back)
    came = values[:, values.shape[1] - back - 1 + within]
    off = came - quantiles[..., MEDIAN]
    above = quantiles[..., _HIGH] - quantiles[..., MEDIAN]
    below = quantiles[..., MEDIAN] - quantiles[..., _LOW]
    width = np.where(off > 0, above, below)
    return np.where(off == 0, 0, np.abs(off) / np.maximum(width, np.abs(off) / 1e3 + 1e-300))
