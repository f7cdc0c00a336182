"""From the bytes of a file to its rows: container, text, dialect, body."""

from __future__ import annotations

from lstm_core.data.reading.rows.body.table import read_text
from lstm_core.data.reading.table import Rows
from lstm_core.spec.reading import ReadingPlan


def read_rows(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the rows of the table that a file holds, whatever its name says that it is.

    Raises:
        DataError: it holds no table, or more than is read.
    """
    return read_text(content, name, plan)
