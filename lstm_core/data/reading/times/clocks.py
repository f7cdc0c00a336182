"""Tables whose times stand in two columns: the date in one, the clock in another."""

from __future__ import annotations

import pandas as pd

from lstm_core.data.reading.times.parsing import parse_times

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?"
_NUM_SAMPLE_CELLS = 200


def join_clock(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the table with one column of times instead of two, and a sentence on that.

    A column of clocks is joined where dates repeat; as it is, where there is no such pair.
    """
    clocks = [name for name in frame.columns if _is_clock(frame[name])]
    if len(clocks) != 1:
        return frame, []
    dates = [name for name in frame.columns if _is_date(frame[name])]
    if not dates:
        return frame, []
    clock, place = clocks[0], list(frame.columns).index(clocks[0])
    date = min(dates, key=lambda name: abs(list(frame.columns).index(name) - place))
    joined = (frame[date].str.strip() + " " + frame[clock].str.strip()).rename(f"{date} {clock}")
    if not frame[date].duplicated().any() or joined.name in frame.columns:
        return frame, []
    if parse_times(joined) is None:
        return frame, []
    first = list(frame.columns).index(date)
    kept = frame.drop(columns=clock)
    first -= int(place < first)
    kept = pd.concat([kept.iloc[:, :first], joined, kept.iloc[:, first + 1 :]], axis=1)
    return kept, [f'"{date}" and "{clock}" were read as one time.']


def _is_clock(column: pd.Series) -> bool:
    if not pd.api.types.is_string_dtype(column) or column.isna().all():
        return False
    given = column.dropna().str.strip()
    sample = given.iloc[:_NUM_SAMPLE_CELLS]
    return bool(sample.str.fullmatch(_CLOCK).all() and given.str.fullmatch(_CLOCK).all())


def _is_date(column: pd.Series) -> bool:
    """Whether a column holds dates without a clock."""
    if not pd.api.types.is_string_dtype(column):
        return False
    sample = column.dropna().iloc[:_NUM_SAMPLE_CELLS]
    if sample.empty or sample.str.contains(":").any():
        return False
    parsed = parse_times(sample)
    return parsed is not None and parsed.is_calendar
