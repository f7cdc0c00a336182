"""Months of whole weeks: four, four and five in turn."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.calendars.turns import Turns

_SHORT, _LONG = 28, 35
_IN_TURN = 3
_FEWEST = 6


def find_turns(days: np.ndarray, distances: np.ndarray) -> str:
    """Return the alias of periods of 28, 28 and 35 days in turn; ``""`` where they are not.

    Args:
        days: int64, days since 1970 with a row, sorted, each once.
        distances: in days, between neighbours within each series.
    """
    is_usual = np.isin(distances, (_SHORT, _LONG))
    if len(days) < _FEWEST or not is_usual.mean() > 0.8 or not (distances == _LONG).any():
        return ""
    for lengths in ((28, 28, 35), (28, 35, 28), (35, 28, 28)):
        turns = Turns(lengths, str(days[:1].astype("datetime64[D]")[0]).replace("-", ""))
        places = np.cumsum([0, *lengths[:-1]])
        if np.isin((days - days[0]) % sum(lengths), places).all():
            return turns.alias
    return ""
