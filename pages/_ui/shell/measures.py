"""How tables show measures."""

from __future__ import annotations

from lstm_core.judging.measures import Measure


def choose_format(measure: Measure) -> str:
    """Return the format of a measure for ``NumberColumn``: ``"%.4g"``, or ``"percent"``."""
    return "percent" if "%" in measure.digits else f"%{measure.digits}"
