"""The series of the Monash archive (.tsf): a line for each, with its start and its values.

Source: R. Godahewa et al.: Monash time series forecasting archive, 2021.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.reading.rows.body.names import name_columns
from lstm_core.data.reading.rows.text.decoding import decode
from lstm_core.data.reading.table import Rows
from lstm_core.data.reading.telling import MOST_SET_ASIDE, Remark, SetAside
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_MOST_VALUES = 50_000_000
_WORDS = {
    "yearly": "YS",
    "annual": "YS",
    "quarterly": "3MS",
    "monthly": "MS",
    "weekly": "7D",
    "daily": "D",
    "hourly": "h",
    "half_hourly": "30min",
    "minutely": "min",
    "secondly": "s",
}
_UNITS = {
    "year": "YS",
    "month": "MS",
    "week": "W",
    "day": "D",
    "hour": "h",
    "minute": "min",
    "second": "s",
}


def read_tsf(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return a row for each series and time.

    Raises:
        DataError: there are no series, or more values than are read.
    """
    text = decode(content, name, plan.encoding)
    lines = text.data.decode("utf-8", "replace").split("\n")
    attributes: list[str] = []
    frequency, first = "", len(lines)
    for at, line in enumerate(lines):
        words = line.split()
        mark = words[0].lower() if words else ""
        if mark == "@attribute" and len(words) > 1:
            attributes.append(words[1])
        elif mark == "@frequency" and len(words) > 1:
            frequency = words[1].lower()
        elif mark == "@data":
            first = at + 1
            break
    offset = _find_offset(frequency)
    frames, numbers, set_aside, num_values = [], [], [], 0
    for number, line in enumerate(lines[first:], start=first + 1):
        if not line.strip() or line.startswith("#"):
            continue
        frame = _read_series(line, attributes, offset)
        if frame is None:
            set_aside.append(SetAside(number, line[:200], "no series as the attributes say"))
            continue
        num_values += len(frame)
        if num_values > _MOST_VALUES:
            raise DataError(
                f'The file "{name[:80]}" holds more than {_MOST_VALUES:,} values.',
                "Bring some of its series.",
            )
        frames.append(frame)
        numbers.append(np.full(len(frame), number, np.int64))
    if not frames:
        raise DataError(
            f'The file "{name[:80]}" holds no series that can be read.', "Fetch it again."
        )
    frame = pd.concat(frames, ignore_index=True)
    given, remarks = name_columns(list(frame.columns), len(frame.columns))
    frame.columns = pd.Index(given)
    remarks.append(
        Remark(
            "series_of_lines", f"Each of {len(frames):,} lines of values became rows of a series."
        )
    )
    if set_aside:
        told = tuple(each.line for each in set_aside[:20])
        remarks.append(
            Remark("set_aside", f"{count_words(len(set_aside), 'line')} set aside.", told)
        )
    return Rows(
        frame,
        np.concatenate(numbers),
        plan.fill(encoding=text.encoding),
        head=tuple(line[:500] for line in lines[:50]),
        set_aside=tuple(set_aside[:MOST_SET_ASIDE]),
        num_set_aside=len(set_aside),
        remarks=(*text.remarks, *remarks),
    )


def _find_offset(frequency: str) -> pd.offsets.BaseOffset | None:
    if frequency in _WORDS:
        return pd.tseries.frequencies.to_offset(_WORDS[frequency])
    found = re.fullmatch(r"(\d{1,4})_(year|month|week|day|hour|minute|second)s?", frequency)
    if found is None:
        return None
    number, unit = int(found.group(1)), found.group(2)
    if unit == "week":
        number, unit = 7 * number, "day"
    return pd.tseries.frequencies.to_offset(f"{max(number, 1)}{_UNITS[unit]}")


def _read_series(
    line: str, attributes: Sequence[str], offset: pd.offsets.BaseOffset | None
) -> pd.DataFrame | None:
    parts = line.split(":", len(attributes))
    if len(parts) != len(attributes) + 1:
        return None
    try:
        values = np.array(
            ["nan" if cell.strip() in ("?", "") else cell for cell in parts[-1].split(",")],
            dtype=np.float64,
        )
    except ValueError:
        return None
    columns: dict[str, object] = {}
    start = None
    for attribute, cell in zip(attributes, parts, strict=False):
        if "start" in attribute.lower():
            start = _read_start(cell)
            if start is None:
                return None
        else:
            columns[attribute] = pd.Series([cell.strip()] * len(values), dtype="str")
    try:
        if start is not None and offset is not None:
            columns["time"] = pd.date_range(
                start, periods=len(values), freq=_anchor(offset, start)
            ).astype("datetime64[ns]")
        else:
            columns["step"] = np.arange(1, len(values) + 1, dtype=np.int64)
    except (ValueError, OverflowError, pd.errors.OutOfBoundsDatetime):
        return None
    columns["value"] = values
    return pd.DataFrame(columns)


def _anchor(
    offset: pd.offsets.BaseOffset, start: pd.Timestamp
) -> pd.offsets.BaseOffset | pd.DateOffset:
    """Keep the day of the month that a series begins on."""
    months = {"YS-JAN": 12, "MS": 1}.get(offset.rule_code)
    if months is None or (start.day == 1 and (months == 1 or start.month == 1)):
        return offset
    return pd.DateOffset(months=months * offset.n)


def _read_start(cell: str) -> pd.Timestamp | None:
    found = re.fullmatch(
        r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2})[-:](\d{1,2})(?:[-:](\d{1,2}))?)?\s*", cell
    )
    if found is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        return pd.Timestamp(year, month, day, hour, minute, second)
    except ValueError:
        return None
