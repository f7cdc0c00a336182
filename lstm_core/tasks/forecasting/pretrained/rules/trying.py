"""How the rules would have done: each asked a little earlier, beside what then came."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES, Logs, apply_rules

_FEWEST_STEPS, _MOST_STEPS = 6, 24
_FEWEST_BEFORE = 4
_MOST_TRIED = 8


def try_rules(
    values: np.ndarray,
    lengths: np.ndarray,
    seasons: tuple[int, ...],
    zero: np.ndarray,
    logs: Logs,
) -> np.ndarray:
    """Return ``(count, rules)``: mean absolute errors from one earlier cutoff, NaN where unknown.

    The cutoff lies whole short seasons back, six steps at least and 24 at most.
    """
    season = min(max(seasons[:1], default=1), _MOST_STEPS)
    back = min(-(-_FEWEST_STEPS // season) * season, _MOST_STEPS)
    errors = np.full((len(values), len(RULES)), np.nan)
    known = np.isfinite(values)
    rows = np.flatnonzero(
        (lengths >= back + _FEWEST_BEFORE) & (known[:, :-back].sum(1) >= _FEWEST_BEFORE)
    )
    if not len(rows):
        return errors
    ahead = np.unique(np.linspace(1, back, min(back, _MOST_TRIED)).round().astype(int))
    said = apply_rules(
        values[rows, :-back],
        lengths[rows] - back,
        seasons,
        ahead,
        zero[rows],
        logs.take(rows, back),
    ).forecasts
    came = values[rows][:, values.shape[1] - back - 1 + ahead]
    there = np.isfinite(came)
    off = np.where(there[..., None], np.abs(said - np.nan_to_num(came)[..., None]), 0).sum(1)
    errors[rows] = np.where(
        there.any(1)[:, None], off / np.maximum(there.sum(1), 1)[:, None], np.nan
    )
    return errors
