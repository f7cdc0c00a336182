"""Stretches of time such as 31:07 that no clock shows, as seconds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

_PARTS = r"^(?P<sign>-?)(?P<first>\d{1,4}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d(?:[.,]\d+)?))?$"
_HOURS_OF_A_DAY = 24


def look_like_durations(sample: pa.Array, *, is_said: bool) -> bool:
    """Whether given cells are stretches of time: all are written so, and one is no clock's time.

    Args:
        is_said: a person said that they are numbers, so that they may be any clock's.
    """
    if not len(sample) or not compute.all(compute.match_substring_regex(sample, _PARTS)).as_py():
        return False
    firsts = compute.extract_regex(sample, _PARTS).field("first").cast(pa.int64())
    return is_said or compute.max(firsts).as_py() > _HOURS_OF_A_DAY


def read_durations(cells: pa.Array) -> np.ndarray | None:
    """Return seconds, float64, ``(cells,)``; None where a cell is no stretch of time.

    Two parts are minutes and seconds, three are hours, minutes and seconds.
    """
    parts = compute.extract_regex(cells, _PARTS)
    if parts.null_count > cells.null_count:
        return None
    first, second = (_to_numbers(parts.field(name)) for name in ("first", "second"))
    third = _to_numbers(compute.replace_substring(parts.field("third"), ",", "."))
    has_third = ~np.isnan(third)
    seconds = np.where(has_third, 3_600 * first + 60 * second + third, 60 * first + second)
    negative = compute.equal(parts.field("sign"), "-").fill_null(False)
    seconds = seconds * np.where(negative.to_numpy(zero_copy_only=False), -1, 1)
    seconds[compute.is_null(cells).to_numpy(zero_copy_only=False)] = np.nan
    return seconds


def _to_numbers(texts: pa.Array) -> np.ndarray:
    given = compute.if_else(compute.equal(compute.binary_length(texts), 0), None, texts)
    numbers: np.ndarray = given.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers
