"""Local times without a zone: hours that summer time doubles or leaves out."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NANOS, NOTHING

_HOUR = 3_600 * NANOS
_MONTHS = (2, 3, 4, 9, 10, 11)
_LATEST_CLOCK = 4 * _HOUR
_LARGEST_STEP = 2 * _HOUR
_MOST_STEPS_LOST = 5
_EVEN_SHARE = 0.9
_MOST_LOOKED_AT = 50_000
_UNIVERSAL = re.compile(r"\b(?:UTC|GMT)\b|universal", re.IGNORECASE)


def even_out(times: np.ndarray, name: str) -> tuple[np.ndarray, tuple[Remark, ...]]:
    """Return times that run on where the clock was put back or forward, as it stood at first.

    The order of rows tells the doubled hour's first run from its second. Done only to rows of one
    series at even distances, on Sunday nights of spring and autumn; anything else stays as it is.

    Args:
        times: int64 nanoseconds, ``(rows,)``, ``NOTHING`` for none; in the order of the file.
    """
    rows = np.flatnonzero(times != NOTHING)
    given = times[rows]
    if len(rows) < 4 or _UNIVERSAL.search(name.replace("_", " ")):
        return times, ()
    is_falling = (np.diff(given) < 0).mean() > 0.5
    if is_falling:
        rows, given = rows[::-1], given[::-1]
    steps = np.diff(given)
    step = _find_step(steps)
    if step is None or (steps == step).mean() < _EVEN_SHARE:
        return times, ()
    back = (steps <= step - _HOUR) & (steps > step - _HOUR - _MOST_STEPS_LOST * step)
    back &= steps < step
    back &= (steps - step) % _HOUR == 0
    ahead = (steps >= step + _HOUR) & (steps < step + _HOUR + min(_HOUR, _MOST_STEPS_LOST * step))
    if (steps[~back] <= 0).any() or not (back | ahead).any():
        return times, ()
    moves = np.flatnonzero(back | ahead)
    shifts = np.where(back[moves], 1, -1)
    is_night = _is_change_of_clocks(given[moves])
    moves, shifts = moves[is_night], shifts[is_night]
    if not len(moves) or (back.sum() != (shifts > 0).sum()):
        return times, ()  # the rest is doubled for other reasons
    sums = np.cumsum(shifts)
    if sums.max() - min(sums.min(), 0) > 1 or (sums.max() > 0) + (sums.min() < 0) > 1:
        return times, ()
    added = np.zeros(len(given), dtype=np.int64)
    added[moves + 1] = shifts * _HOUR
    even = times.copy()
    even[rows] = given + np.cumsum(added)
    return even, (_tell(given[moves], shifts),)


def _find_step(steps: np.ndarray) -> int | None:
    some = steps[:_MOST_LOOKED_AT]
    values, counts = np.unique(some[some > 0], return_counts=True)
    if not len(values):
        return None
    step = int(values[counts.argmax()])
    return step if step <= _LARGEST_STEP else None


def _is_change_of_clocks(before: np.ndarray) -> np.ndarray:
    """Whether the last time before a jump stands in a night in which clocks are changed."""
    at = pd.DatetimeIndex(before.astype("datetime64[ns]") + np.timedelta64(1, "h"))
    is_sunday = at.day_of_week == 6
    return np.asarray(is_sunday & at.month.isin(_MONTHS) & (before % DAY_NANOS < _LATEST_CLOCK)) | (
        np.asarray(is_sunday & at.month.isin(_MONTHS) & (before % DAY_NANOS >= 23 * _HOUR))
    )


def _tell(moments: np.ndarray, shifts: np.ndarray) -> Remark:
    shown = ", ".join(
        f"{pd.Timestamp(int(at)):%Y-%m-%d} ({'doubled' if shift > 0 else 'left out'})"
        for at, shift in list(zip(moments, shifts, strict=True))[:4]
    )
    return Remark(
        "dst",
        f"Local times with an hour that summer time doubles or leaves out: {shown}. They were put "
        "on one clock, the one of the first row, so that no hour is twice there and none is gone.",
    )
