"""How much speaks for a file being a table over time."""

from __future__ import annotations

from pandas.api.types import is_numeric_dtype

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.columns.time_choice import choose_time
from lstm_core.data.excerpt import cut_lines
from lstm_core.data.reading.read import read_table
from lstm_core.data.reading.rows.containers.recognising import recognise
from lstm_core.errors import DataError
from lstm_core.spec.series import SeriesDataSpec

_CALENDAR, _STEPS, _NUMBERS = 0.7, 0.5, 0.4


def rate_table(content: bytes, name: str) -> float:
    """Return 0 for what is no such table, more where its rows have times, from 0 to 1.

    Args:
        content: of the file; only the beginning of a long text is read.
    """
    is_text = recognise(content) == "text"
    try:
        table = read_table(cut_lines(content) if is_text else content, name)
    except DataError:
        return 0.0
    try:
        choice = choose_roles(table, SeriesDataSpec(source="csv", name=""))
    except DataError:  # times in an unknown writing, say: there it is told what is wrong with them
        return _NUMBERS if any(map(is_numeric_dtype, table.frame.dtypes)) else 0.0
    _, times, _ = choose_time(table, choice.spec)
    if times is None:
        return _NUMBERS
    return _CALENDAR if times.is_calendar else _STEPS
