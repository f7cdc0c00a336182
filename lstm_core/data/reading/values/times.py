"""Columns of text that are times, told from numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times import ParsedTimes, looks_like_times, parse_times
from lstm_core.data.reading.values.missing.words import MISSING_WORDS
from lstm_core.spec.reading import ReadingPlan


def are_times(sample: pa.Array, name: str) -> bool:
    """Whether given cells are times; plain numbers are not, but for months such as ``2024.01``.

    Args:
        name: the column's.
    """
    texts = [text for text in sample.to_pylist() if text.lower() not in MISSING_WORDS]
    if not any(any(sign.isdigit() for sign in text) for text in texts):
        return False
    return looks_like_times(pd.Series(texts, dtype="str", name=name))


def read_times(column: pd.Series, plan: ReadingPlan) -> ParsedTimes | None:
    """Read a column as times; None where it is none."""
    parsed = parse_times(column, plan)
    return parsed if parsed is not None and parsed.is_calendar else None


def drop_words(column: pd.Series) -> tuple[pd.Series, dict[str, np.ndarray]]:
    """Return a column of text without words for a missing value, and the rows of each."""
    is_word = column.str.lower().isin(MISSING_WORDS).to_numpy()
    words = column[is_word]
    return column.mask(is_word), {
        str(word): np.flatnonzero(is_word & (column == word).to_numpy()) for word in words.unique()
    }


def settle_order(
    times: dict[str, ParsedTimes], columns: dict[str, pd.Series], plan: ReadingPlan
) -> dict[str, ParsedTimes]:
    """Read columns again whose order of day and month is open, where another column proves it."""
    proven = {
        parsed.date_order
        for parsed in times.values()
        if parsed.date_order is not None and not _asks_order(parsed)
    }
    if len(proven) != 1 or plan.date_order is not None:
        return times
    said = plan.fill(date_order=proven.pop())
    settled = dict(times)
    for name, parsed in times.items():
        again = read_times(columns[name], said) if _asks_order(parsed) else None
        if again is not None:
            settled[name] = again
    return settled


def place_remarks(parsed: Sequence[ParsedTimes], lines: np.ndarray) -> tuple[Remark, ...]:
    """Return what the columns tell, with the file's lines, each sentence once."""
    placed = [
        replace(
            remark,
            lines=tuple(int(lines[place - 1]) for place in remark.lines if place <= len(lines)),
        )
        for one in parsed
        for remark in one.remarks
    ]
    return tuple(dict.fromkeys(placed))


def _asks_order(parsed: ParsedTimes) -> bool:
    return any(question.item == "data.reading.date_order" for question in parsed.questions)
