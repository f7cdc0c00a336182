"""Series that tests draw: of a kind by name, without gaps, the same from the same seed."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up import KINDS, RHYTHMS, make_up


def draw_series(
    kind: str, length: int, *, rhythm: str = "monthly", count: int = 1, seed: int = 0
) -> np.ndarray:
    """``(count, length)``, all of one kind, among them outliers and rounded ones.

    See `KINDS` and `RHYTHMS` for the names.
    """
    shares = {one.name: float(one.name == kind) for one in KINDS}
    spacing = next(one for one in RHYTHMS if one.name == rhythm)
    # One series in twelve has gaps: more are made than are asked for.
    made = make_up(np.random.default_rng(seed), spacing, 2 * count + 10, length, shares)
    whole = made.values[np.isfinite(made.values).all(1)]
    return whole[:count]
