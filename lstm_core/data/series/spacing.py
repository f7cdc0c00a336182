"""How far apart rows are: the frequency that a series' own times suggest."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.frequency import Frequency, name_weekdays
from lstm_core.data.series.grid import DAY, MONTH_NAMES, WEEKDAY_NAMES, to_months

_SECOND = 1_000_000_000
_UNITS = (("D", DAY), ("h", 3_600 * _SECOND), ("min", 60 * _SECOND), ("s", _SECOND),
          ("ms", 1_000_000), ("us", 1_000))  # fmt: skip
_ROUND_SECONDS = (
    1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800,
    3_600, 7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
)  # fmt: skip
_DAYS_OF_A_LONG_WEEKEND = 4
_FEWEST_DAYS, _FEWEST_WEEKS = 4, 4
"""Days of the week that occur, and weeks without the others, before those count as free."""

_ALWAYS_SHARE = 0.9
_USUAL_SHARE = 0.5
"""The most frequent distance is the step when this share of the distances equals it."""


def infer_frequency(times: np.ndarray, distances: np.ndarray, is_calendar: bool) -> Frequency:
    """Return the spacing of one or several series.

    Args:
        times: int64, all times of all series; nanoseconds since 1970 or plain numbers.
        distances: int64, positive, between neighbours within each series; not empty.
        is_calendar: whether the numbers are nanoseconds.
    """
    if not is_calendar:
        return Frequency(step=_infer_step(distances))
    clocks = times % DAY
    median = float(np.median(distances))
    if median >= 0.9 * DAY and (clocks == clocks[0]).all():
        return Frequency(alias=_infer_day_alias(times, distances, median / DAY))
    return Frequency(alias=_alias_of(_infer_even_step(distances, median)))


def _infer_step(distances: np.ndarray) -> int:
    usual, share = _most_frequent(distances)
    if share >= _USUAL_SHARE and (distances % usual == 0).all():
        return usual
    return int(np.gcd.reduce(distances))


def _infer_day_alias(times: np.ndarray, distances: np.ndarray, median_days: float) -> str:
    usual, share = _most_frequent(distances)
    if median_days >= 27:
        months = _infer_months(times, distances, median_days)
        if months:
            return months
    if usual == 7 * DAY and share >= _USUAL_SHARE:
        return f"W-{_usual_weekday(times)}"
    if usual % (7 * DAY) == 0 and share >= _USUAL_SHARE:
        return f"{usual // (7 * DAY)}W-{_usual_weekday(times)}"
    if usual == DAY:
        return _name_days(times, distances)
    if share >= _USUAL_SHARE:
        return f"{usual // DAY}D"
    if 5 <= median_days <= 9:
        return f"W-{_usual_weekday(times)}"
    return _alias_of(max(1, round(median_days)) * DAY)


def _infer_months(times: np.ndarray, distances: np.ndarray, median_days: float) -> str:
    """Return an alias of months, quarters or years, or ``""`` where days are the better unit."""
    days = times.astype("datetime64[ns]").astype("datetime64[D]")
    starts = days.astype("datetime64[M]")
    days_of_month = (days - starts.astype("datetime64[D]")).astype(np.int64)
    usual, share = _most_frequent(distances)
    is_even = share >= _ALWAYS_SHARE and bool((distances % usual == 0).all())
    if is_even and len(np.unique(days_of_month)) > 2:
        return ""  # every 28 or 30 days, whatever the month, and however many are missing
    days_left = ((starts + 1).astype("datetime64[D]") - days).astype(np.int64) - 1
    at_end = bool((days_left <= _DAYS_OF_A_LONG_WEEKEND).all())
    months = to_months(times)
    num_months = next(
        (count for count, low, high in ((1, 27, 33), (3, 85, 97), (12, 355, 375))
         if low <= median_days <= high),
        max(1, round(median_days / 30.44)),
    )  # fmt: skip
    suffix = "E" if at_end else "S"
    if num_months == 1:
        return f"M{suffix}"
    anchor = int(np.bincount(months % num_months).argmax())  # January is 0
    if num_months == 3:  # pandas names quarters that end by their last month of the year
        return f"Q{suffix}-{MONTH_NAMES[anchor + 9 if at_end else anchor]}"
    if num_months == 12:
        return f"Y{suffix}-{MONTH_NAMES[anchor]}"
    return f"{num_months}M{suffix}"


def _infer_even_step(distances: np.ndarray, median: float) -> int:
    usual, share = _most_frequent(distances)
    if share >= _USUAL_SHARE:
        return usual
    seconds = median / _SECOND
    if seconds < 0.9:
        return max(1_000, usual // 1_000 * 1_000)
    nearest = min(_ROUND_SECONDS, key=lambda known: abs(np.log(known / seconds)))
    return nearest * _SECOND


def _alias_of(step: int) -> str:
    """Write nanoseconds in the largest unit that divides them."""
    for alias, size in _UNITS:
        if step % size == 0:
            count = step // size
            return alias if count == 1 else f"{count}{alias}"
    return f"{step}ns"


def _most_frequent(distances: np.ndarray) -> tuple[int, float]:
    values, counts = np.unique(distances, return_counts=True)
    top = counts.argmax()
    return int(values[top]), float(counts[top] / len(distances))


def _usual_weekday(times: np.ndarray) -> str:
    return WEEKDAY_NAMES[int(np.bincount(_weekdays(times)).argmax())]


def _weekdays(times: np.ndarray) -> np.ndarray:
    return (times // DAY + 3) % 7  # 1970-01-01 is a Thursday; 0 is Monday


def _name_days(times: np.ndarray, distances: np.ndarray) -> str:
    """Return ``B`` or an alias of other days of the week where the rest never occur, else ``D``."""
    days = np.unique(_weekdays(times))
    if len(days) == 7 or not (distances > DAY).any():
        return "D"
    num_weeks = (int(times.max()) - int(times.min())) / (7 * DAY)
    # A day of the week that is missing by chance misses a few times, not every time.
    is_proven = len(days) >= _FEWEST_DAYS and num_weeks >= _FEWEST_WEEKS
    if is_proven and days.tolist() != [0, 1, 2, 3, 4]:
        return name_weekdays(days)
    is_business = bool((days < 5).all() and (distances >= 3 * DAY).any())
    return "B" if is_business else "D"
