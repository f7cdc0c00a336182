"""Tables whose only times are clocks without a date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Choice, Question, Remark
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NANOS, NOTHING
from lstm_core.data.reading.times.joining.clocks import read_clock
from lstm_core.data.reading.times.names import has_time_name
from lstm_core.data.reading.times.numbers import meaning_of_numbers
from lstm_core.data.reading.times.parsing import looks_like_times
from lstm_core.spec.reading import ReadingPlan

_ITEM = "data.reading.time_form"
_COUNTED, _WITH_DAYS = "clock_steps", "clock"
_FIRST_DAY = pd.Timestamp("2001-01-01").value  # a Monday
_EVEN_SHARE = 0.9
_FEWEST_ROWS = 4
_SAMPLE_ROWS = 300


def count_clocks(table: SourceTable, plan: ReadingPlan) -> SourceTable:
    """Return the table with clocks that no date stands beside as counted steps, and ask.

    Counted is how many of the usual distance lie between the first row and each other, midnights
    passed over. Days are made up only where a plan's ``time_form`` says ``clock``; with
    ``clock_steps`` nothing is asked. Clocks at uneven distances stay as they are.
    """
    frame = table.frame
    if any(_holds_times(frame[name]) for name in frame.columns):
        return table
    for name in frame.columns:
        if not pd.api.types.is_string_dtype(frame[name]):
            continue
        clock = read_clock(frame[name])
        if clock is None or not clock.is_text:
            continue
        steps = _count(clock.times)
        if steps is None:
            continue
        return _put(table, plan, str(name), clock.times, *steps)
    return table


def _put(
    table: SourceTable,
    plan: ReadingPlan,
    name: str,
    clocks: np.ndarray,
    counted: np.ndarray,
    step: int,
) -> SourceTable:
    minutes = step / (60 * NANOS)
    frame = table.frame.copy()
    said = f'"{name[:40]}" says the time of the day and no day'
    if plan.time_form == _WITH_DAYS:
        times = _FIRST_DAY + clocks[0] + counted * step
        frame[name] = pd.Series(times.astype("datetime64[ns]"), frame.index)
        told = f"{said}: days were made up, from {_say(_FIRST_DAY)} on."
    else:
        frame[name] = pd.Series(counted, frame.index, dtype="int64")
        told = f"{said}: rows were counted in steps of {minutes:g} minutes, past midnight too."
    question = Question(
        _ITEM,
        f"{said}. How are its rows counted?",
        (
            Choice(_COUNTED, "In steps", f"0, 1, 2 and on, each {minutes:g} minutes"),
            Choice(
                _WITH_DAYS,
                "With made-up days",
                f"from {_say(_FIRST_DAY + int(clocks[0]))} on, so that the time of day is known",
            ),
        ),
    )
    asked = () if plan.time_form in (_COUNTED, _WITH_DAYS) else (question,)
    return replace(
        table,
        frame=frame,
        remarks=(*table.remarks, Remark("clock_alone", told)),
        questions=(*table.questions, *asked),
    )


def _say(time: int) -> str:
    return f"{pd.Timestamp(time):%Y-%m-%d %H:%M}"


def _holds_times(column: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(column):
        return True
    if pd.api.types.is_bool_dtype(column):
        return False
    if pd.api.types.is_numeric_dtype(column):
        if not has_time_name(str(column.name)):
            return False
        return meaning_of_numbers(column) not in (None, "step")
    return looks_like_times(column.dropna().head(_SAMPLE_ROWS))


def _count(times: np.ndarray) -> tuple[np.ndarray, int] | None:
    """Return steps since the first row and a step's nanoseconds; None where they are uneven."""
    if len(times) < _FEWEST_ROWS or (times == NOTHING).any():
        return None
    distances = np.diff(times) % DAY_NANOS
    usual, counts = np.unique(distances, return_counts=True)
    step = int(usual[counts.argmax()])
    if step == 0 or counts.max() < _EVEN_SHARE * len(distances) or (distances % step != 0).any():
        return None
    counted = np.concatenate([[0], np.cumsum(distances // step)])
    return counted, step
