"""Numbers that stand for "missing": -9999 among temperatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

_NINES = re.compile(r"-?9{2,}(?:\.9+)?|-?9\.9{2,}|-(?:8{3,}|7{3,}|6{3,})(?:\.[876]+)?")
_FILLS = frozenset({
    -32768.0, 32767.0, 65535.0, -2147483648.0, 2147483647.0, 4294967295.0, 1e20, -1e20, 1e30, -1e30,
    1e31, -1e31, 1e32, 1e33, 1e34, 1e35, -1e34, 1e36, 1e37, 9.969209968386869e36,
    9.96921e36, -3.4028234663852886e38, 3.4028234663852886e38, -1.7976931348623157e308,
    -3.4e38, 3.4e38, -99900.0, -9990.0, -990.0,
})  # fmt: skip
_MOST = 4
_FAR = 3.0
"""A sentinel is as many times the others' span away from them."""
_FEWEST_OTHERS = 3
_LARGEST_SHARE = 0.6
_SMALL_POSITIVE = 999.0
_CERTAIN = 1e19
_APART = 0.5
_VERY_FAR = 50.0
_MOST_LEVELS = 50
_NUM_COMPARED = 1_000


@dataclass(frozen=True)
class Sentinel:
    """A number in a column that is likely none.

    Attributes:
        value: as a number, and ``text``: as a person writes it, with a point.
        is_sure: it is taken as missing until somebody says otherwise.
        rows: of the column, ascending.
        low, high: between which the others are.
    """

    column: str
    value: float
    text: str
    is_sure: bool
    rows: np.ndarray
    low: float
    high: float


def find_sentinels(columns: Mapping[str, np.ndarray]) -> list[Sentinel]:
    """Return the likely sentinels of columns of numbers, surely missing ones first.

    A number is sure only where no column has others on both of its sides.
    """
    found = [sentinel for name, values in columns.items() for sentinel in _look(name, values)]
    sure = {sentinel.value for sentinel in found if sentinel.is_sure}
    plausible = {
        value
        for value in sure
        for name, values in columns.items()
        if not any(one.value == value and one.column == name for one in found)
        and (values == value).any()
    }
    settled = [
        Sentinel(
            one.column,
            one.value,
            one.text,
            one.value in sure - plausible,
            one.rows,
            one.low,
            one.high,
        )
        for one in found
    ]
    return sorted(settled, key=lambda one: not one.is_sure)


def write_number(value: float) -> str:
    """Return a number as a person writes it: ``-9999``, ``-99.99``, ``1e+20``."""
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:g}" if abs(
        value) >= 1e15 else repr(float(value))  # fmt: skip


def _look(name: str, values: np.ndarray) -> list[Sentinel]:
    if not len(values) or not _has_sentinel_end(values):
        return []
    known = values[np.isfinite(values)]
    found: list[tuple[float, bool]] = []
    for _ in range(_MOST):
        if len(known) <= _FEWEST_OTHERS:
            break
        ends = float(known.min()), float(known.max())
        candidates = [end for end in ends if is_sentinel(end)]
        judged = [(value, _judge(value, known)) for value in candidates]
        judged = [(value, verdict) for value, verdict in judged if verdict is not None]
        if not judged:
            break
        value, verdict = judged[0]
        found.append((value, bool(verdict)))
        known = known[known != value]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    return [
        Sentinel(name, value, write_number(value), sure, np.flatnonzero(values == value), low, high)
        for value, sure in found
    ]


def _has_sentinel_end(values: np.ndarray) -> bool:
    ends = [float(np.fmin.reduce(values)), float(np.fmax.reduce(values))]
    return any(np.isinf(end) or (np.isfinite(end) and is_sentinel(end)) for end in ends)


def is_sentinel(value: float) -> bool:
    """Whether a number is one of those that programs write where they have no value."""
    return value in _FILLS or bool(_NINES.fullmatch(write_number(value)))


def _judge(value: float, known: np.ndarray) -> bool | None:
    """Say whether an end of the column is surely a sentinel; None where it is a plausible value."""
    others = known[known != value]
    count = len(known) - len(others)
    others = _drop_ends(others)
    if len(others) < _FEWEST_OTHERS or count > _LARGEST_SHARE * len(known):
        return None
    low, high = (float(quantile) for quantile in np.quantile(others, [0.005, 0.995]))
    size = max(abs(low), abs(high))
    span = high - low or float(others.max() - others.min()) or max(size, 1.0)
    distance = float(np.min(np.abs(others - value))) / span
    if value < 0 and float(others.min()) >= 0:  # nothing else is negative
        return bool(distance >= _FAR or abs(value) > size or count >= 2)
    if distance >= _FAR:
        if value < 0 or abs(value) >= _CERTAIN:
            return True
        if _is_level(others, count):
            return False
        if count >= 2:
            return bool(value >= _SMALL_POSITIVE or value % 1 != 0)
        return _judge_once(value, distance)
    if value < 0 and distance >= _APART and count >= 2 and abs(value) > size:
        return True
    return False if distance >= _APART and count >= 2 and abs(value) > size else None


def _judge_once(value: float, distance: float) -> bool | None:
    """Judge a large number that stands there once: a record may be 99, hardly 9999 among tens."""
    if value < _SMALL_POSITIVE:
        return None
    return bool(value >= 10 * _SMALL_POSITIVE and distance >= _VERY_FAR)


def _is_level(others: np.ndarray, count: int) -> bool:
    """Whether a number comes as often as each of a few whole ones: it may name something."""
    if (others[:_NUM_COMPARED] % 1 != 0).any():
        return False
    _, counts = np.unique(others, return_counts=True)
    usual = float(np.median(counts))
    return len(counts) <= _MOST_LEVELS and usual >= 3 and count >= 0.5 * usual


def _drop_ends(values: np.ndarray) -> np.ndarray:
    """Leave out other sentinels."""
    for _ in range(_MOST):
        ends = [end for end in (values.min(), values.max()) if is_sentinel(float(end))] if len(
            values) else []  # fmt: skip
        if not ends:
            break
        values = values[~np.isin(values, ends)]
    return values
