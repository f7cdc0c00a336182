"""How far ahead people usually look."""

from __future__ import annotations

from lstm_core.data.series.spacing.frequency import Frequency

_USUAL = {
    "hour": 24,
    "day": 30,
    "business day": 20,
    "week": 13,
    "month": 12,
    "quarter": 8,
    "year": 5,
}
_WITHOUT_SEASON = 20


def find_usual_horizon(frequency: Frequency, season: int) -> tuple[int, str]:
    """Return how many steps ahead are usually asked for, and why, in a sentence.

    Args:
        season: in steps; 1 where there is none.
    """
    usual = _USUAL.get(frequency.unit)
    if usual is not None:
        return usual, f"Usual where rows are one {frequency.unit} apart."
    if season > 1:
        return season, "One season."
    return _WITHOUT_SEASON, "There is no season and no calendar to go by."
