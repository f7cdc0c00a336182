"""What the names of a table's columns say of time: months, hours, dates, or steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

import pandas as pd

from lstm_core.data.reading.times import parse_times
from lstm_core.data.reading.times.forms.words import month_of

Unit = Literal["month", "quarter", "week", "day", "hour"]
"""Parts of a time, counted from 0 for the first: of a year, of a month (day), of a day (hour)."""

FEWEST_TIMES = 3
"""Columns that are times, before a table is one of times across."""

_MONTHS = (
    "jan january januar janner janvier enero ene gennaio gen janeiro januari sty styczen ocak "
    "leden",
    "feb february februar fevrier fev febrero febbraio fevereiro februari lut luty subat unor",
    "mar march marz maerz mrz mars marzo marco maart mrt marzec mart brezen",
    "apr april avril avr abril abr aprile kwi kwiecien nisan duben",
    "may mai mayo maggio mag maio mei maj mayis kveten",
    "jun june juni juin junio giugno giu junho cze czerwiec haziran cerven",
    "jul july juli juillet juil julio luglio lug julho lip lipiec temmuz cervenec",
    "aug august aout agosto ago augustus augusti sie sierpien agustos srpen",
    "sep sept september septembre septiembre settembre set setembro wrz wrzesien eylul zari",
    "oct october oktober okt octobre octubre ottobre ott outubro out paz pazdziernik ekim rijen",
    "nov november novembre noviembre novembro lis listopad kasim",
    "dec december dezember dez decembre diciembre dic dicembre dezembro desember gru grudzien "
    "aralik prosinec",
)
_CYRILLIC = ["янв", "фев", "мар", "апр", "маи", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_NUM_OF_MONTH = {word: number for number, words in enumerate(_MONTHS) for word in words.split()}
_NUM_OF_MONTH |= {word: number for number, word in enumerate(_CYRILLIC)}
_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3}
_NUM_OF_EACH: dict[Unit, int] = {"month": 12, "quarter": 4, "week": 53, "day": 31, "hour": 24}

_OF_AN_HOUR = (48, 96)
"""Columns of a day in half hours and in quarters of an hour."""
_MAY_LACK: dict[Unit, int] = {"week": 1, "day": 3}

_QUARTER = re.compile(r"(?:q|qtr|quarter|quartal|trim|trimestre|t|kw)\s?([1-4])|([1-4])\s?q")
_QUARTAL = re.compile(r"([1-4])\.?\s?(?:q|quartal|quarter|trimestre|trim)")
_WEEK = re.compile(r"(?:w|wk|week|kw|woche|semaine|semana|sem)\s?(\d{1,2})")
_DAY = re.compile(r"(?:d|day|tag|jour|dia|dag)\s?(\d{1,2})")
_HOUR = re.compile(
    r"(?:h|hh|qh|sp|ptu|slot|interval|hr|he|hour|hours|std|stunde|heure|hora|ora|uur"
    r"|hour ending|hr ending|p|period)"
    r"\s?(\d{1,2})|(\d{1,2})\s?(?:h|uhr|hr)"
)
_MONTH_NUMBER = re.compile(r"(?:m|month|monat|mois|mes)\s?(\d{1,2})|(\d{1,2})\s?[月월]")
_CLOCK = re.compile(
    r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?:\s?([ap])\.?m\.?)?"
    r"(?:\s?[-–]\s?\d{1,2}:[0-5]\d)?"
)
_CLOCK_RANGE = re.compile(r"(\d{1,2})(?::?00)?\s?[-–]\s?(\d{1,2})(?::?00)?")
_NUMBER = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:1[6-9]|2[01])\d\d")
_PLAIN_DATE = r"(?:1[6-9]|2[01])\d\d(?:-\d{2}){0,2}"
_DRESSED = re.compile(
    r"(?:x|y|yr|fy|cy|year|jahr)[ _.]?(\d{4}(?:[-._]\d{2}(?:[-._]\d{2})?)?)", re.IGNORECASE
)
_TWICE = re.compile(r"(\d{4})(?:[-]?(?:M|Q)\d{1,2})? \[.*\]", re.IGNORECASE)
_COUNTED = re.compile(
    r"(d|day|w|wk|week|m|month|quarter|h|hour|t|time|step|period|tag|woche|monat)[ _.-]?(\d+)",
    re.IGNORECASE,
)


def read_parts(names: Sequence[str], bare: Unit) -> tuple[Unit, dict[str, float]] | None:
    """Return what part of a time columns are, and which one each is: ``Jan`` is month 0.

    Hours are fractions where the names are clocks: 00:30 is 0.5. Hours, days and weeks counted
    from 1 begin with 0, as the first hour of a day begins at midnight; a clock stays what it is,
    so that 24:00 is the next day's beginning.

    Args:
        names: of all columns of numbers; those that are no part are left out of what is returned.
        bare: what names are that are numbers and nothing else.
    """
    readers: tuple[tuple[Unit, Callable[[str], float | None]], ...] = (
        ("month", _read_month),
        ("quarter", _read_quarter),
        ("hour", _read_clock),
        ("hour", _read_hour),
        ("week", lambda name: _read_counted(_WEEK, name)),
        ("day", lambda name: _read_counted(_DAY, name)),
        ("month", lambda name: _read_counted(_MONTH_NUMBER, name)),
        (bare, _read_number),
    )
    plain = {name: _fold(name) for name in names}
    for unit, read in readers:
        found = {name: part for name, text in plain.items() if (part := read(text)) is not None}
        whole = _count_from_0(unit, found, is_clock=read is _read_clock)
        if whole is not None:
            return whole
    return None


def read_dates(names: Sequence[str], fewest: int = FEWEST_TIMES) -> pd.Series | None:
    """Return the times that names are, missing for names that are none; None for too few.

    Names are read as cells of a column of times are, and with what programs put around a year:
    ``X2024``, ``2019 [YR2019]``, ``Sales 2019-01``.
    """
    cells = pd.Series(list(names), index=list(names), dtype="str")
    for undress in (lambda name: name, _undress, _cut_words(names)):
        given = cells.map(undress)
        is_time = given.str.contains(r"\d\d|[qQ]\s?[1-4]", regex=True)
        if is_time.sum() < fewest:
            continue
        plain = given.str.fullmatch(_PLAIN_DATE)
        for wanted in (is_time, is_time & ~given.str.fullmatch(r"\d{1,3}"), plain):
            if wanted.sum() < fewest or given[wanted].str.fullmatch(r"\d{1,3}").any():
                continue
            times = _parse(given[wanted])
            if times is not None:
                return times.reindex(cells.index)
    return None


def read_years(names: Sequence[str]) -> dict[str, int]:
    """Return the names that are years, as they stand or dressed."""
    found = {}
    for name in names:
        text = _undress(name)
        if _YEAR.fullmatch(text):
            found[name] = int(text)
    return found


def read_counted(names: Sequence[str]) -> tuple[int, list[str]]:
    """Return the first number and the columns that count steps without a gap: ``d_1``, ``d_2``."""
    found: dict[str, dict[int, str]] = {}
    for name in names:
        match = _COUNTED.fullmatch(name.strip())
        if match:
            found.setdefault(match[1].lower(), {})[int(match[2])] = name
    if not found:
        return 0, []
    numbers = max(found.values(), key=len)
    first, last = min(numbers), max(numbers)
    if last - first + 1 != len(numbers):
        return 0, []
    return first, [numbers[number] for number in range(first, last + 1)]


def read_month(text: str) -> int | None:
    """Return the number of a month's name in one of ten languages, January as 0."""
    number = _read_month(_fold(text))
    return None if number is None else int(number)


def _parse(cells: pd.Series) -> pd.Series | None:
    years = cells.str.fullmatch(_YEAR)
    if years.all():
        return pd.Series(pd.to_datetime(cells, format="%Y"), index=cells.index)
    parsed = parse_times(cells.reset_index(drop=True))
    if parsed is None or not parsed.is_calendar:
        return None
    return parsed.values.set_axis(cells.index)


def _undress(name: str) -> str:
    text = name.strip()
    twice = _TWICE.fullmatch(text)
    if twice:
        return text.partition(" [")[0]
    dressed = _DRESSED.fullmatch(text)
    return re.sub(r"[._]", "-", dressed[1]) if dressed else text


def _cut_words(names: Sequence[str]) -> Callable[[str], str]:
    """Return what takes off the words that most names have before their time."""
    leads: dict[str, int] = {}
    for name in names:
        lead = re.match(r"\D*[^\W\d][ _.:-]+(?=\d)", name)
        if lead:
            leads[lead[0]] = leads.get(lead[0], 0) + 1
    best = max(leads, key=lambda lead: leads[lead], default="")
    return lambda name: name[len(best) :] if best and name.startswith(best) else ""


def _count_from_0(
    unit: Unit, found: dict[str, float], *, is_clock: bool
) -> tuple[Unit, dict[str, float]] | None:
    """Return the parts where each is there once and none is left out between them."""
    parts = sorted(found.values())
    if len(set(parts)) < len(parts) or not parts:
        return None
    if is_clock:
        return _check_clocks(found, parts)
    whole = _NUM_OF_EACH[unit]
    num_each = len(parts) // whole if unit == "hour" and len(parts) in _OF_AN_HOUR else 1
    whole *= num_each
    if len(parts) > whole + (unit == "hour"):  # a 25th hour, when summer time ends
        return None
    start = 0 if unit in ("month", "quarter") and parts[0] == 0 else 1
    if unit in ("hour", "day", "week"):
        start = int(parts[0])
    kept = {name: (part - start) / num_each for name, part in found.items()}
    kept = {name: part for name, part in kept.items() if part < whole / num_each}
    is_whole = sorted(kept.values()) == [number / num_each for number in range(len(kept))]
    fewest = whole - _MAY_LACK.get(unit, 0)
    return (unit, kept) if start in (0, 1) and is_whole and len(kept) >= fewest else None


def _check_clocks(
    found: dict[str, float], parts: list[float]
) -> tuple[Unit, dict[str, float]] | None:
    if len(parts) < 4:
        return None
    step = 24 / len(parts)
    even = all(abs(parts[n] - parts[0] - n * step) < 1e-9 for n in range(len(parts)))
    return ("hour", found) if even and parts[0] in (0, step) else None


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[\s_]+", " ", letters.replace("ł", "l").strip().lower())


def _read_month(name: str) -> float | None:
    word = name.strip(" .()")
    number = _NUM_OF_MONTH.get(word)
    return number if number is not None else (month_of(word) - 1 if month_of(word) else None)


def _read_quarter(name: str) -> float | None:
    if name in _ROMAN:
        return _ROMAN[name]
    match = _QUARTER.fullmatch(name) or _QUARTAL.fullmatch(name)
    return int(next(filter(None, match.groups()))) - 1 if match else None


def _read_clock(name: str) -> float | None:
    match = _CLOCK.fullmatch(name)
    if not match:
        return None
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + 12 * (match[4] == "p")
    return hour + int(match[2]) / 60 + int(match[3] or 0) / 3_600


def _read_hour(name: str) -> float | None:
    text = name.replace(":00", "") if _CLOCK_RANGE.fullmatch(name) else name
    span = _CLOCK_RANGE.fullmatch(text)
    if span:
        begin, end = int(span[1]), int(span[2])
        return begin if end in (begin + 1, (begin + 1) % 24) else None
    return _read_counted(_HOUR, name)


def _read_counted(form: re.Pattern[str], name: str) -> float | None:
    match = form.fullmatch(name)
    return int(next(filter(None, match.groups()))) if match else None


def _read_number(name: str) -> float | None:
    return int(name) if _NUMBER.fullmatch(name) else None
