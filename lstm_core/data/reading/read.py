"""One way from the bytes of a file to its table, whatever the file is."""

from __future__ import annotations

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.sources.csv import read_csv
from lstm_core.spec.reading import ReadingPlan


def read_table(
    content: bytes, name: str, plan: ReadingPlan | None = None, *, fewest_rows: int = 2
) -> SourceTable:
    """Return the table that a file holds, its rows in the file's order.

    Args:
        content: the whole file.
        name: the file's name, for messages and for its ending.
        plan: what a person said of it; the rest is found.
        fewest_rows: how many there must be at least; 1 or 2.

    Raises:
        DataError: it holds no table, or none that can be read as the plan says.
    """
    return read_csv(content, name, fewest_rows=fewest_rows)
