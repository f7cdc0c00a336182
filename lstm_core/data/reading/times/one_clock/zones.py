"""Times with a zone: one clock for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NANOS, NOTHING
from lstm_core.data.reading.times.forms.words import offset_of

_HOUR = 3_600 * NANOS
_NUM_GLIMPSED = 1_000


@dataclass(frozen=True)
class OneClock:
    """Times of one clock, int64 ``(rows,)``; ``zone`` as a plan says it."""

    times: np.ndarray
    zone: str
    remarks: tuple[Remark, ...] = ()


def put_on_one_clock(
    times: np.ndarray, zones: np.ndarray, words: list[str], wanted: str | None
) -> OneClock:
    """Turn times with a zone into UTC, but for whole days, which stay dates.

    Where offsets change and all times are at one clock, such as a market's close, they stay at
    this clock.

    Args:
        times: as they are written; int64 ``(rows,)``.
        zones: places in ``words``; 0 where no zone is written, which is read as UTC.
        wanted: the zone to show times in; empty for times as they are written; None for the above.
    """
    offsets, is_known = _find_offsets(times, zones, words)
    times = np.where(is_known, times, NOTHING)
    given = times != NOTHING
    if not given.any() or wanted == "":
        return OneClock(times, "")
    used = offsets[given]
    moves = bool((used != used[0]).any())
    glimpsed = times[given][:_NUM_GLIMPSED] % DAY_NANOS
    may_share = bool((glimpsed == glimpsed[0]).all())
    clocks = times[given] % DAY_NANOS if may_share else glimpsed
    if wanted is None and (clocks == 0).all():
        if not used.any():
            return OneClock(times, "")
        told = "The times' zone was left out, because all are whole days."
        return OneClock(times, "", (Remark("zone", told),))
    if wanted is None and moves and (clocks == clocks[0]).all():
        shown = f"{pd.Timestamp(int(times[given][0])):%H:%M}"
        told = f"The times' zone was left out: all are at {shown} there."
        return OneClock(times, "", (Remark("zone", told),))
    universal = np.where(given, times - offsets * NANOS, NOTHING)
    if wanted is None or wanted.upper() in ("UTC", "Z", "GMT"):
        days = read_local_days(universal)
        if days is not None:
            told = "Times with a zone are local midnights and were read as days."
            return OneClock(days, "UTC", (Remark("zone", told),))
        told = "Times with a zone were turned into UTC."
        return OneClock(universal, "UTC", (Remark("zone", told),) if used.any() else ())
    try:
        zone = ZoneInfo(wanted)
    except (KeyError, ValueError, OSError):
        told = f'There is no zone "{wanted[:40]}": times with a zone were turned into UTC.'
        return OneClock(universal, "UTC", (Remark("zone", told),))
    shown_times = np.where(given, universal + _offsets_at(universal, zone) * NANOS, NOTHING)
    return OneClock(shown_times, wanted, (Remark("zone", f"Times are shown in {wanted}."),))


def read_local_days(times: np.ndarray) -> np.ndarray | None:
    """Return the days of which these are the midnights, where summer time moves the clock.

    None where they are something else: two clocks an hour apart, and whole days or nearly so from
    row to row, are what tells them.
    """
    given = times[times != NOTHING]
    if len(np.unique(given[:_NUM_GLIMPSED] % DAY_NANOS)) > 2:
        return None
    given = np.unique(given)
    clocks = np.unique(given % DAY_NANOS)
    if len(clocks) != 2 or clocks[1] - clocks[0] not in (_HOUR, 23 * _HOUR):
        return None
    distances = np.diff(given)
    nearest = np.round(distances / DAY_NANOS).astype(np.int64) * DAY_NANOS
    if distances.min() < 23 * _HOUR or (abs(distances - nearest) > _HOUR).any():
        return None
    days = (times + DAY_NANOS // 2) // DAY_NANOS * DAY_NANOS
    return np.where(times == NOTHING, NOTHING, days)


def _find_offsets(
    times: np.ndarray, zones: np.ndarray, words: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return seconds from UTC, and whether the zone is one that is known; ``(rows,)``."""
    fixed = [0 if not word else offset_of(word) for word in words]
    offsets = np.array([offset or 0 for offset in fixed], dtype=np.int64)[zones]
    is_known = np.array([offset is not None for offset in fixed])[zones]
    for place, word in enumerate(words):
        rows = np.flatnonzero((zones == place) & (times != NOTHING))
        if fixed[place] is not None or not len(rows):
            continue
        try:
            zone = ZoneInfo(word)
        except (KeyError, ValueError, OSError):
            continue
        offsets[rows] = _offsets_of_local(times[rows], zone)
        is_known[rows] = True
    return offsets, is_known


def _offsets_of_local(times: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """Return seconds from UTC of local times; the order of rows tells doubled hours apart."""
    local = pd.DatetimeIndex(times.astype("datetime64[ns]"))
    before = np.ones(len(times), dtype=bool)
    seen = pd.Series(times).duplicated().to_numpy()
    falls = np.r_[False, np.diff(times) < 0]
    second = seen | (np.maximum.accumulate(times) > times) | falls
    zoned = local.tz_localize(zone, ambiguous=before & ~second, nonexistent="shift_forward")
    return (times - zoned.tz_convert("UTC").tz_localize(None).astype("int64").to_numpy()) // NANOS


def _offsets_at(times: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """Return seconds from UTC at universal times; 0 for none."""
    given = np.where(times == NOTHING, 0, times)
    universal = pd.DatetimeIndex(given.astype("datetime64[ns]")).tz_localize("UTC")
    local = universal.tz_convert(zone).tz_localize(None).astype("int64").to_numpy()
    return (local - given) // NANOS
