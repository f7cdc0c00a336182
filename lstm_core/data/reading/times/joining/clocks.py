"""Columns that say what time of the day it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from lstm_core.data.reading.times.forms.cells import extract, take_sample, to_arrow
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NANOS, NOTHING
from lstm_core.data.reading.times.forms.forms import LETTERS
from lstm_core.data.reading.times.forms.taking import find_clocks
from lstm_core.data.reading.times.names import spaced

_MINUTE = 60 * NANOS
_HOUR = 60 * _MINUTE
_NEARLY_ALL = 0.95
_CLOCK = (
    r"^[T ]?(?P<hour>\d{1,2})(?:[:.hH](?P<minute>\d{2})(?:[:.]?(?P<second>\d{2})"
    r"(?:[.,](?P<fraction>\d{1,9}))?)?|\s?h|\s?[:]00)(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\.?))?"
    r"(?:\s?(?:Uhr|uur|[-–]|to|bis)\s?[^a-z]{0,14})?$"
)
_HOUR_ONLY = (
    rf"^(?:[{LETTERS}]{{1,6}}\.?\s?)?(?P<hour>\d{{1,2}})\s?(?:(?P<half>[AaPp]\.?[Mm]\.?)|h|Uhr|uur)?"
    r"(?:\s?(?:[-–]|to|bis)\s?\d{1,2}\s?(?:[AaPp]\.?[Mm]\.?|h|Uhr)?)?$"
)
_HOUR_WORD = re.compile(
    r"^\s?(?:h|he|hb|hr|hrs|hour|stunde|std|heure|hora|ora|uur|time|hour (?:ending|beginning))?"
    r"\.?\s?\d",
    re.IGNORECASE,
)
_NAMES_HOUR = re.compile(
    r"\bhours?\b|\bhrs?\b|\bhh\b|\bhe\b|stunde|\bstd\b|heure|\bhoras?\b|\bor[ae]\b|\buur\b|timme|\btime\b"
    r"|tunti|saat|\bчас\b|godzina|時|小时|小時|시간|\bh\b",
    re.IGNORECASE,
)
_NAMES_CLOCK = re.compile(
    r"time|clock|\bhhmm|zeit|uhr|heure|\bhora\b|\bora\b|tijd|\btid\b|время|czas|godzina|saat"
    r"|anfang|start|begin|von\b|from\b|時刻|时间|時間|시각|시간",
    re.IGNORECASE,
)
_NAMES_PERIOD = re.compile(
    r"period|interval|\bptu\b|settlement|\bsp\b|\bslot\b|\bblock\b|\bmtu\b|quarter.?hour|half.?hour"
    r"|viertelstunde|halbstunde|\bstep\b",
    re.IGNORECASE,
)
_NAMES_MINUTE = re.compile(r"\bmin(?:ute|uten|uto|utos|uti|uut)?s?\b|\bmm\b|\bmi\b", re.IGNORECASE)
_NAMES_END = re.compile(
    r"\bend|\bende\b|\bbis\b|\bto\b|until|till|\bfin\b|\bhasta\b|\bfine\b|\bstop", re.IGNORECASE
)
_WORDS_BESIDE = re.compile(
    r"\b(?:of|the|day|no|nr|number|ending|beginning|begin|end|start|starting|local|utc|gmt|cet|cest"
    r"|est|edt|lst|hhmm|hhmmss|hh|mm|ss|des|du|de|del|tages)\b|[^\w]|\d",
    re.IGNORECASE,
)
_NAMES_A_SPAN = re.compile(
    r"time\b|hours\b|hrs\b|stunden|horas|heures|work|open|wait|run|spent|total|billed|over|man.?h"
    r"|per\b|duration|dauer|delay|rate",
    re.IGNORECASE,
)
_RUN_SHARE = 0.7
_MOST_LOOKED_AT = 50_000
_COUNTS_A_DAY = ((23, 25, 60), (46, 50, 30), (92, 100, 15), (138, 150, 10), (276, 300, 5))
"""How many stretches a day has, with an hour less or more in spring and autumn, and of how many
minutes they are."""
_NUM_FIRST = 200


@dataclass(frozen=True)
class Clock:
    """A column of clocks.

    Attributes:
        times: int64 nanoseconds since midnight, ``(rows,)``; ``NOTHING`` for none.
        told: how it was read, where that could be mistaken; empty otherwise.
        is_text: whether the cells look like a clock whatever their column is called.
    """

    times: np.ndarray
    told: str = ""
    is_text: bool = False


def read_clock(column: pd.Series, spelt: pd.Series | None = None) -> Clock | None:
    """Read a column as clocks; None when it is none.

    Numbers need a name that speaks of hours, clocks or stretches of a day.

    Args:
        spelt: the cells as they are written, where zeros stand before numbers.
    """
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return None
    if pd.api.types.is_timedelta64_dtype(column):
        times = column.dt.as_unit("ns").astype("int64").to_numpy()
        fits = ((times >= 0) & (times <= DAY_NANOS)) | column.isna().to_numpy()
        return Clock(np.where(column.isna(), NOTHING, times), "", True) if fits.all() else None
    if pd.api.types.is_numeric_dtype(column):
        return _read_numbers(column, spelt)
    return _read_text(column)


def run_on(times: np.ndarray) -> bool:
    """Whether clocks mostly go on by one step, or stand still, as rows of a day do."""
    given = times[times != NOTHING][:_MOST_LOOKED_AT]
    steps = np.diff(given) % DAY_NANOS
    moving, counts = np.unique(steps[steps > 0], return_counts=True)
    if not len(moving):
        return False
    usual = moving[counts.argmax()]
    span = int(given.max() - given.min())
    is_run = (steps == usual) | (steps == 0) | (steps == (-span) % DAY_NANOS)
    return bool(is_run.mean() >= _RUN_SHARE)


def read_minutes(column: pd.Series) -> np.ndarray | None:
    """Read minutes of an hour that stand alone; int64 ``(rows,)``."""
    if not _NAMES_MINUTE.search(spaced(column.name)) or not _is_plain_number(column):
        return None
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    is_minute = (values >= 0) & (values < 60) & (values % 1 == 0)
    return (
        np.where(is_minute, np.nan_to_num(values), 0).astype(np.int64) if is_minute.all() else None
    )


def names_end(name: object) -> bool:
    """Whether a column's name says that its clocks are where stretches end."""
    return bool(_NAMES_END.search(spaced(name)))


def _read_text(column: pd.Series) -> Clock | None:
    few = take_sample(to_arrow(column.iloc[:_NUM_FIRST]))
    if few and max(map(len, few)) > 24:  # before all of a long column is looked at
        return None
    array = to_arrow(column)
    cells = take_sample(array)
    if not cells or max(map(len, cells)) > 24:
        return None
    if all(re.fullmatch(r"\d{3,6}", cell) for cell in cells):
        return _read_numbers(pd.to_numeric(column, errors="coerce"), column)
    for pattern, is_sure in ((_CLOCK, True), (_HOUR_ONLY, False)):
        compiled = re.compile(pattern)
        if sum(bool(compiled.match(cell)) for cell in cells) < _NEARLY_ALL * len(cells):
            continue
        if not is_sure and not _are_hours(cells, column):
            continue
        groups, matched = extract(array, pattern)
        groups = {name: pc.fill_null(group, "") for name, group in groups.items()}
        times = find_clocks(groups, len(matched))
        times = np.where(matched & (times != NOTHING), times, NOTHING)
        given = pc.is_valid(array).to_numpy(zero_copy_only=False)
        if (times[given] != NOTHING).mean() < _NEARLY_ALL:
            return None
        if is_sure:
            return Clock(times, "", True)
        return _from_one(times, is_text=True)
    return None


def _are_hours(cells: list[str], column: pd.Series) -> bool:
    """Whether ``H1`` and ``00 - 01`` are hours: by their words, or by their column's name."""
    if _NAMES_HOUR.search(spaced(column.name)) or _NAMES_CLOCK.search(spaced(column.name)):
        return True
    return all(_HOUR_WORD.match(cell) and not cell[0].isdigit() for cell in cells) or all(
        re.fullmatch(r"\d{1,2}\s?[-–]\s?\d{1,2}", cell) for cell in cells
    )


def _from_one(times: np.ndarray, is_text: bool = False) -> Clock:
    """Read hours that are counted from 1 to 24 as the ones that begin at 0 to 23 o'clock."""
    given = times[times != NOTHING]
    if len(given) and given.min() >= _HOUR and given.max() == 24 * _HOUR:
        told = "Hours 1 to 24 were read as those that begin at 00:00 to 23:00."
        return Clock(np.where(times == NOTHING, NOTHING, times - _HOUR), told, is_text)
    return Clock(times, "", is_text)


def _is_plain_number(column: pd.Series) -> bool:
    return bool(
        pd.api.types.is_numeric_dtype(column)
        and not pd.api.types.is_bool_dtype(column)
        and column.notna().any()
    )


def _read_numbers(column: pd.Series, spelt: pd.Series | None) -> Clock | None:
    if not _is_plain_number(column):
        return None
    name = spaced(column.name)
    if not any(words.search(name) for words in (_NAMES_CLOCK, _NAMES_HOUR, _NAMES_PERIOD)):
        return None
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    given = np.isfinite(values)
    if not given.any():
        return None
    filled = np.where(given, values, 0.0)
    low, high = float(values[given].min()), float(values[given].max())
    if low < 0 or high > 240_000:
        return None
    if (filled % 1 != 0).any():
        if high < 1 and _NAMES_CLOCK.search(name):  # a spreadsheet's part of a day
            seconds = np.round(filled * 86_400).astype(np.int64) * NANOS
            return Clock(np.where(given, seconds, NOTHING))
        return None
    whole = filled.astype(np.int64)
    if _NAMES_PERIOD.search(name):
        minutes = _minutes_of_a_count(name, low, high)
        if minutes is None:
            return None
        told = f"Stretches of {minutes} minutes were counted from 1 at 00:00."
        return Clock(np.where(given, (whole - 1) * minutes * _MINUTE, NOTHING), told)
    digits = 0 if spelt is None else int(spelt.dropna().str.len().max() or 0)
    is_hour = _NAMES_HOUR.search(name) and not _NAMES_A_SPAN.search(name)
    if not is_hour and not _is_only(_NAMES_CLOCK, name) and not _is_only(_NAMES_HOUR, name):
        return None
    if high <= 24 and digits < 3 and _NAMES_HOUR.search(name):
        return _from_one(np.where(given, whole * _HOUR, NOTHING))
    size = 100 if high <= 2_400 else 1
    times = _read_compact(whole * size)
    return Clock(np.where(given, times, NOTHING)) if (times != NOTHING).all() else None


def _is_only(words: re.Pattern[str], name: str) -> bool:
    """Whether a name says this and nothing else: ``hours worked`` are no hours of a day."""
    return bool(words.search(name)) and not _WORDS_BESIDE.sub("", words.sub("", name)).strip(" _")


def _read_compact(whole: np.ndarray) -> np.ndarray:
    """Read ``hhmmss`` as nanoseconds since midnight; 5 in ``hhmm`` is 00:05."""
    hours, minutes, seconds = whole // 10_000, whole // 100 % 100, whole % 100
    exist = (hours < 24) | (whole == 240_000)
    exist &= (minutes < 60) & (seconds < 60)
    times = ((hours * 60 + minutes) * 60 + seconds) * NANOS
    return np.where(exist, times, NOTHING)


def _minutes_of_a_count(name: str, low: float, high: float) -> int | None:
    if low < 1:
        return None
    for fewest, most, minutes in _COUNTS_A_DAY:
        if fewest <= high <= most:
            return minutes
    if re.search(r"settlement|half.?hour|halbstunde", name, re.IGNORECASE) and high <= 50:
        return 30
    if re.search(r"quarter.?hour|viertelstunde", name, re.IGNORECASE) and high <= 100:
        return 15
    return None
