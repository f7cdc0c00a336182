"""From rates to counts: what is counted in pieces scatters by how few there are."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws

_MOST = 1e6


def count_pieces(draws: Draws, rates: np.ndarray) -> np.ndarray:
    """Whole numbers ``(count, length)`` of these means.

    Half are Poisson's; the others are overdispersed (negative binomial, a Poisson whose rate
    itself varies by Gamma), as where buyers come in groups or days differ unseen.
    """
    shape = draws.some(0.5, draws.log_uniform(1.5, 80), np.inf)
    rates = np.clip(rates, 0, _MOST)
    varied = np.flatnonzero(np.isfinite(shape))
    if len(varied):
        drawn = draws.rng.standard_gamma(np.broadcast_to(shape[varied], rates[varied].shape))
        rates = rates.copy()
        rates[varied] *= drawn / shape[varied]
    return draws.rng.poisson(np.minimum(rates, _MOST)).astype(float)
