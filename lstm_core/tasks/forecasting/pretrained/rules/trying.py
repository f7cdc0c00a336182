"""How the rules would have done: each asked a little earlier, beside what then came."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.candidates import (
    Fit,
    Logs,
    Scale,
    apply_rules,
)

_FEWEST_STEPS, _MOST_STEPS = 6, 24
_FEWEST_BEFORE = 4
_MOST_TRIED = 8


def count_steps_back(seasons: tuple[int, ...]) -> int:
    """How far back rules are tried: whole short seasons, six steps at least and 24 at most."""
    season = min(max(seasons[:1], default=1), _MOST_STEPS)
    return min(-(-_FEWEST_STEPS // season) * season, _MOST_STEPS)


def find_long_enough(known: np.ndarray, lengths: np.ndarray, back: int) -> np.ndarray:
    """Of which series enough was known ``back`` steps ago, ``(count,)``.

    Args:
        known: ``(count, length)``. ``lengths``: ``(count,)``, steps since the first value.
    """
    return (lengths >= back + _FEWEST_BEFORE) & (known[:, :-back].sum(1) >= _FEWEST_BEFORE)


def try_rules(
    fit: Fit, came: np.ndarray, scale: Scale, zero: np.ndarray, logs: Logs | None
) -> np.ndarray:
    """Return ``(count, rules)``: mean absolute errors, NaN where nothing is known.

    Args:
        fit: of the values up to a cutoff.
        came: ``(count, steps)``, the values after it, NaN where missing.
        zero: ``(count,)``, what nothing is on the scale asked for; NaN where it is no forecast.
    """
    back = came.shape[1]
    ahead = np.unique(np.linspace(1, back, min(back, _MOST_TRIED)).round().astype(int))
    said = apply_rules(fit, ahead, scale, zero, logs)
    came = scale.put(came[:, ahead - 1])
    there = np.isfinite(came)
    off = np.where(there[..., None], np.abs(said - np.nan_to_num(came)[..., None]), 0).sum(1)
    errors = off / np.maximum(there.sum(1), 1)[:, None]
    return np.where(there.any(1)[:, None], errors, np.nan)
