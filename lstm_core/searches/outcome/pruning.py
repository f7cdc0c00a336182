"""When a trial is hopeless: the median stopping rule, as a limit for each epoch.

A trial ends early when its best validation loss so far is worse than the median of what the
trials before it had reached by the same epoch. Source: Golovin et al., "Google Vizier: A Service
for Black-Box Optimization", KDD 2017, section 3.2.1, with best losses in place of running means.
The limits are fixed when a trial begins, so that one search on one slot gives the same twice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

FEWEST_TRIALS = 5
"""Fewer say little about what is usual."""

WARM_UP_SHARE = 0.2
FEWEST_EPOCHS = 2


def find_limit(curves: pd.DataFrame, trials: Sequence[int]) -> list[float | None] | None:
    """Return by epoch the validation loss above which a trial is hopeless; None for no limit.

    Args:
        curves: ``trial, run_id, epoch, validation_loss``.
        trials: completed ones whose losses can be compared.

    Returns:
        As long as the longest curve; None in it during the warm-up, a fifth of that.
    """
    if len(trials) < FEWEST_TRIALS:
        return None
    own = curves[curves["trial"].isin(trials)]
    first_runs = own.groupby("trial")["run_id"].first()
    own = own[own["run_id"].isin(first_runs)]
    if own.empty:
        return None
    table = own.pivot_table(index="epoch", columns="trial", values="validation_loss")
    best = table.cummin().ffill()  # one that stopped keeps what it had
    medians = best.median(axis=1, skipna=True).to_numpy()
    warm_up = max(FEWEST_EPOCHS, int(np.ceil(WARM_UP_SHARE * len(medians))))
    return [
        None if epoch <= warm_up or not np.isfinite(median) else float(median)
        for epoch, median in enumerate(medians, start=1)
    ]


def is_hopeless(losses: Sequence[float], limit: Sequence[float | None] | None) -> bool:
    """Whether a trial with these validation losses, epoch by epoch, should end now."""
    if limit is None or not losses or len(losses) > len(limit):
        return False
    most = limit[len(losses) - 1]
    finite = [loss for loss in losses if np.isfinite(loss)]
    return most is not None and (not finite or min(finite) > most)
