"""One way from the bytes of a file to its table, whatever the file is."""

from __future__ import annotations

import pyarrow as pa

from lstm_core.data.reading.layouts.arranging import arrange
from lstm_core.data.reading.layouts.by_order import number_rows
from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.reading.times import join_times
from lstm_core.data.reading.values.reading import read_values
from lstm_core.errors import DataError
from lstm_core.machine import return_memory
from lstm_core.spec.reading import ReadingPlan

# pyarrow's own allocator hands pages back at once and then asks for them anew, stage by stage: a
# third of a large file's CPU time went into that.
pa.set_memory_pool(pa.system_memory_pool())

_LARGE_BYTES = 2**23
"""Of a file whose cutting leaves memory behind that is worth giving back."""


def read_table(
    content: bytes, name: str, plan: ReadingPlan | None = None, *, fewest_rows: int = 2
) -> SourceTable:
    """Return the table that a file holds, its rows in the file's order.

    Args:
        content: the whole file.
        name: the file's name, for messages.
        plan: what a person said of it; the rest is found.
        fewest_rows: how many there must be at least; 1 or 2.

    Raises:
        DataError: it holds no table, or none that can be read as the plan says.
    """
    plan = plan or ReadingPlan()
    values = read_values(_read_rows(content, name, plan), name, plan)
    table = arrange(join_times(values, plan), plan)
    table = number_rows(table, plan)
    if len(table.frame) < fewest_rows:
        held = "only a header" if table.frame.empty else "only one row"
        raise DataError(
            f'The file "{name[:80]}" holds {held}.',
            "A model needs many rows: choose a file with one row for each point in time.",
        )
    return table


def _read_rows(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Read rows, and give back what cutting a large text has used beside them.

    They get no name here, so that each text can go once its numbers are read.
    """
    try:
        return read_rows(content, name, plan)
    finally:
        if len(content) >= _LARGE_BYTES:
            return_memory()
