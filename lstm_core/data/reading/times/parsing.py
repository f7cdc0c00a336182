"""Columns that are times, in the many ways in which people write them."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.parsed import ParsedTimes
from lstm_core.spec.reading import ReadingPlan

WORST_UNREADABLE_SHARE = 0.05
"""A column of times may have this share of cells that can't be read; more, and it is none."""

NumberMeaning = Literal["step", "year", "month", "day", "epoch", "excel"]

_NUM_SAMPLE_CELLS = 200
_YEARS_AHEAD = 20
_LARGEST_STEP = 1e15  # exact in a float64, and sums of some stay within an int64
_EARLIEST, _LATEST = pd.Timestamp("1700-01-01"), pd.Timestamp("2250-01-01")
_TIME_WORDS = re.compile(
    r"date|time|stamp|month|year|day|hour|minute|week|quarter|period|step|index|epoch"
    r"|\bds\b|\bt\b|datum|zeit|jahr|monat|fecha|jour",
    re.IGNORECASE,
)
_YEAR_WORDS = re.compile(r"year|date|time|period|\byr\b|jahr|datum|fecha|ann[eé]e", re.IGNORECASE)
_DATE_WORDS = re.compile(r"date|time|day|period|month|datum|zeit|fecha|stamp|epoch", re.IGNORECASE)

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
_NAMED_DATES = (
    "%Y/%m/%d", "%Y.%m.%d", "%Y/%m", "%m/%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %B %Y",
    "%b %d, %Y", "%B %d, %Y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y", "%Y-%b", "%Y %b",
)  # fmt: skip
_NUMERIC_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(\d.*))?")
_QUARTER = re.compile(r"(?:(\d{4})[- ]?Q([1-4])|Q([1-4])[- /]?(\d{4}))", re.IGNORECASE)
_ISO_WEEK = re.compile(r"\d{4}-?W\d{2}")
_LATE = re.compile(r"(?<=[ T])24:00(?=(?::00(?:\.0+)?)?(?:\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?$)")
_ZONE = re.compile(r"(?<=\d)\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)$")
_CLOCK_AND_ZONE = re.compile(r":\d{2}(?:\.\d+)?\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)$")


def has_time_name(name: str) -> bool:
    """Whether a column's name speaks of time."""
    return bool(_TIME_WORDS.search(name.replace("_", " ")))


def parse_times(column: pd.Series, plan: ReadingPlan | None = None) -> ParsedTimes | None:
    """Read a column as times, or return None when it is none.

    Read are ISO 8601, numeric dates with the day or the month first, named months, quarters
    (``2020Q1``), ISO weeks, years, ``YYYYMM`` and ``YYYYMMDD`` as whole numbers, seconds, milli-,
    micro- and nanoseconds since 1970, and Excel's days since 1899. Any other whole numbers are
    steps. Times with a zone become UTC, except midnights everywhere, which stay dates.
    """
    parsed = _parse(column)
    if parsed is None:
        return None
    num_given, num_read = int(column.notna().sum()), int(parsed.values.notna().sum())
    is_readable = num_read > 0 and num_read >= (1 - WORST_UNREADABLE_SHARE) * num_given
    return parsed if is_readable else None


def looks_like_times(sample: pd.Series) -> bool:
    """Whether a few cells of text are surely times; numbers alone are not."""
    given = sample.dropna()
    if given.empty or not pd.api.types.is_string_dtype(given):
        return False
    if given.str.fullmatch(r"[\s\d.,+-]*").all():
        return False
    parsed = parse_times(given)
    return parsed is not None and parsed.is_calendar


def _parse(column: pd.Series) -> ParsedTimes | None:
    if pd.api.types.is_bool_dtype(column):
        return None
    if pd.api.types.is_datetime64_any_dtype(column):
        return _finish(column, ())
    if pd.api.types.is_numeric_dtype(column):
        return _parse_numbers(column)
    cells = column.astype("str").str.strip().mask(column.isna())
    given = cells.dropna()
    given = given[given != ""]
    if given.empty or _parse_text(given.iloc[:_NUM_SAMPLE_CELLS]) is None:
        return None
    parsed = _parse_text(given)
    if parsed is None:
        return None
    return _finish(parsed.values.reindex(column.index), parsed.notes)


def meaning_of_numbers(column: pd.Series) -> NumberMeaning | None:
    """Say what a column of numbers counts if it is a time; None for fractions."""
    numbers = column.dropna()
    if numbers.empty or not np.isfinite(numbers.to_numpy(dtype=np.float64)).all():
        return None
    name = str(column.name).replace("_", " ")
    low, high = float(numbers.min()), float(numbers.max())
    if low >= 20_000 and high < 80_000 and _DATE_WORDS.search(name):
        return "excel"
    if (numbers % 1 != 0).any():
        return "epoch" if low > 1e8 and high < 1e10 else None
    if low >= 1600 and high <= 2200 and _YEAR_WORDS.search(name):
        return "year"
    if low >= 160_001 and high <= 220_012 and (numbers % 100).between(1, 12).all():
        return "month"
    if (
        low >= 16_000_101
        and high <= 22_001_231
        and (numbers % 100).between(1, 31).all()
        and (numbers // 100 % 100).between(1, 12).all()
    ):
        return "day"
    if low > 1e8 and (high > 1e11 or _DATE_WORDS.search(name)):
        return "epoch"
    return "step" if max(-low, high) <= _LARGEST_STEP else None


def _parse_numbers(column: pd.Series) -> ParsedTimes | None:
    meaning = meaning_of_numbers(column)
    if meaning is None:
        return None
    if meaning == "step":
        return ParsedTimes(column.astype("Float64").astype("Int64"))
    if meaning == "excel":
        days = pd.to_timedelta(column, unit="D").dt.round("s")
        return _finish(
            pd.Timestamp("1899-12-30") + days, ("Times were read as Excel's count of days.",)
        )
    if meaning == "epoch":
        unit, words = _epoch_unit(float(column.max()))
        times = pd.to_datetime(column, unit=unit, errors="coerce")
        midnights = _read_local_days(times)
        if midnights is not None:
            return _finish(
                midnights, (f"Times were read as {words} since 1970, at local midnights.",)
            )
        return _finish(times, (f"Times were read as {words} since 1970, in UTC.",))
    form = {"year": "%Y", "month": "%Y%m", "day": "%Y%m%d"}[meaning]
    text = column.astype("Int64").astype("str").mask(column.isna())
    return _finish(pd.to_datetime(text, format=form, errors="coerce"), ())


def _read_local_days(times: pd.Series) -> pd.Series | None:
    """Return the days of which these are the midnights, where summer time moves the clock.

    None where they are something else: two clocks an hour apart, and whole days or nearly so from
    row to row, are what tells them.
    """
    given = times.dropna().drop_duplicates().sort_values()
    hours = (given - given.dt.normalize()).dt.total_seconds() / 3_600
    clocks = sorted(hours.unique())
    if len(clocks) != 2 or clocks[1] - clocks[0] not in (1.0, 23.0):
        return None
    distances = given.diff().dropna().dt.total_seconds() / 3_600
    if distances.min() < 23 or (abs(distances - 24 * (distances / 24).round()) > 1).any():
        return None
    return (times + pd.Timedelta(hours=12)).dt.normalize()


def _epoch_unit(largest: float) -> tuple[Literal["s", "ms", "us", "ns"], str]:
    if largest < 1e11:
        return "s", "seconds"
    if largest < 1e14:
        return "ms", "milliseconds"
    return ("us", "microseconds") if largest < 1e17 else ("ns", "nanoseconds")


def _parse_text(cells: pd.Series) -> ParsedTimes | None:
    """Read cells that are all given; the first form that reads nearly all of them wins."""
    is_late = cells.str.contains(_LATE)
    if is_late.any():  # 24:00 is how the end of a day is written, where hours are counted from 1
        parsed = _parse_text(cells.str.replace(_LATE, "00:00", regex=True))
        if parsed is None:
            return None
        later = pd.to_timedelta(is_late.astype("int64"), unit="D")
        return ParsedTimes(parsed.values + later, parsed.remarks)
    first = str(cells.iloc[0])
    notes: tuple[str, ...] = ()
    if _QUARTER.fullmatch(first):
        return _accept(_parse_quarters(cells))
    if _ISO_WEEK.fullmatch(first):
        weeks = cells.str.replace("-", "") + "1"
        return _accept(pd.to_datetime(weeks, format="%GW%V%u", errors="coerce"))
    if not re.search(r"\d", first):
        return None
    if cells.str.contains(_CLOCK_AND_ZONE).any():
        cells, notes = _to_one_zone(cells)
    parsed = _accept(pd.to_datetime(cells, format="ISO8601", errors="coerce"), notes)
    if parsed is not None:
        return parsed
    if cells.str.fullmatch(_NUMERIC_DATE).mean() >= 1 - WORST_UNREADABLE_SHARE:
        return _parse_numeric_dates(cells)
    sample = cells.iloc[:_NUM_SAMPLE_CELLS]
    for date in _NAMED_DATES:
        for clock in _CLOCKS:
            if _accept(pd.to_datetime(sample, format=date + clock, errors="coerce")) is not None:
                times = pd.to_datetime(cells, format=date + clock, errors="coerce")
                return _accept(_pick_century(times) if "%y" in date else times, notes)
    return None


def _to_one_zone(cells: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    """Return the cells without their zone, as UTC, or as they stand where all are of one clock."""
    local = cells.str.replace(_ZONE, "", regex=True)
    if local.str.contains(r"[ T]00:00(?::00(?:\.0+)?)?$", regex=True).all():
        return local, ("The times' zone was left out, because all are whole days.",)
    clocks = local.str.extract(r"[ T](\d.*)$", expand=False)
    if clocks.nunique() == 1 and clocks.notna().all():
        return local, (f"The times' zone was left out: all are at {clocks.iloc[0]} there.",)
    times = pd.to_datetime(cells, format="ISO8601", utc=True, errors="coerce")
    if times.isna().mean() > WORST_UNREADABLE_SHARE:
        return cells, ()
    text = times.dt.tz_convert(None).astype("str").mask(times.isna(), "")
    return text, ("Times with a zone were turned into UTC.",)


def _parse_quarters(cells: pd.Series) -> pd.Series:
    parts = cells.str.extract(_QUARTER)
    years = pd.to_numeric(parts[0].fillna(parts[3]), errors="coerce")
    quarters = pd.to_numeric(parts[1].fillna(parts[2]), errors="coerce")
    months = (quarters - 1) * 3 + 1
    codes = (years * 100 + months).astype("Int64").astype("str").mask(years.isna())
    return pd.to_datetime(codes, format="%Y%m", errors="coerce")


def _parse_numeric_dates(cells: pd.Series) -> ParsedTimes | None:
    """Read ``03/04/2020``: the day comes first, or the month, whichever the column proves."""
    parts = cells.str.extract(_NUMERIC_DATE)
    first = pd.to_numeric(parts[0], errors="coerce")
    second = pd.to_numeric(parts[2], errors="coerce")
    separator = str(parts[1].mode().iloc[0])
    year = "%Y" if parts[3].str.len().mode().iloc[0] == 4 else "%y"
    text = parts[0] + "-" + parts[2] + "-" + parts[3]
    text = text + (" " + parts[4].str.strip()).fillna("")
    forms = {"day": f"%d-%m-{year}", "month": f"%m-%d-{year}"}
    read = {order: _parse_with_clock(text, form) for order, form in forms.items()}
    order, doubt = _which_first(first, second, separator, read)
    times = read[order]
    if times is None:
        return None
    shown = "day, month, year" if order == "day" else "month, day, year"
    notes = (f"Dates were read as {shown}{doubt}.",)
    return _accept(times, notes)


def _parse_with_clock(text: pd.Series, date_form: str) -> pd.Series | None:
    for clock in _CLOCKS:
        times = pd.to_datetime(text, format=date_form + clock, errors="coerce")
        if times.isna().mean() <= WORST_UNREADABLE_SHARE:
            return _pick_century(times) if "%y" in date_form else times
    return None


def _which_first(
    first: pd.Series, second: pd.Series, separator: str, read: dict[str, pd.Series | None]
) -> tuple[Literal["day", "month"], str]:
    """Decide by numbers above 12, then by the more even spacing, then by custom."""
    day_proofs, month_proofs = int((first > 12).sum()), int((second > 12).sum())
    if day_proofs != month_proofs:
        return ("day", "") if day_proofs > month_proofs else ("month", "")
    spacings = {
        order: _measure_unevenness(times) for order, times in read.items() if times is not None
    }
    if len(spacings) == 2 and spacings["day"] != spacings["month"]:
        return ("day", "") if spacings["day"] < spacings["month"] else ("month", "")
    doubt = ", which the dates themselves do not prove"
    return ("day", doubt) if separator == "." else ("month", doubt)


def _pick_century(times: pd.Series) -> pd.Series:
    """Move years of two digits that lie far ahead of today a century back: ``Jan-50`` is 1950."""
    is_far = times > pd.Timestamp.now() + pd.DateOffset(years=_YEARS_AHEAD)
    return times.where(~is_far, times - pd.DateOffset(years=100))


def _measure_unevenness(times: pd.Series) -> float:
    """Return the spread of the distances between neighbours as a share of their mean.

    Months differ by a tenth; every January's first twelve days, and then a year, by far more.
    """
    distances = times.diff().dropna().abs().dt.total_seconds()
    mean = float(distances.mean()) if len(distances) else 0.0
    return round(float(distances.std(ddof=0)) / mean, 3) if mean > 0 else 0.0


def _accept(times: pd.Series, notes: tuple[str, ...] = ()) -> ParsedTimes | None:
    return _finish(times, notes) if times.isna().mean() <= WORST_UNREADABLE_SHARE else None


def _finish(times: pd.Series, notes: tuple[str, ...]) -> ParsedTimes:
    """Drop the zone, drop times that no ``datetime64[ns]`` of ours holds, and set the unit."""
    if getattr(times.dtype, "tz", None) is not None:
        local_midnights = bool((times.dropna() == times.dropna().dt.normalize()).all())
        if local_midnights:
            times = times.dt.tz_localize(None)
        else:
            times = times.dt.tz_convert("UTC").dt.tz_localize(None)
            notes = (*notes, "Times with a zone were turned into UTC.")
    times = times.where(times.between(_EARLIEST, _LATEST))
    remarks = tuple(Remark("times", note) for note in notes)
    return ParsedTimes(times.dt.as_unit("ns"), remarks)
