"""What stands in a file that is read as no table, for a person to see why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.excerpt import cut_lines
from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.rows.text.decoding import decode
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

NUM_LINES = 50
LONGEST_LINE = 500
"""Characters; the rest of a longer line is left out."""

_NUM_BYTES = 200_000


def glimpse_rows(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the first rows as far as they are found, and the first lines in any case.

    Args:
        content: the whole file.
        plan: what a person said of it.

    Of a file that is no text and holds no rows, there is nothing to show.
    """
    try:
        rows = read_rows(content, name, plan)
    except DataError:
        head = _read_lines(cut_lines(content, _NUM_BYTES), name, plan.encoding)
        return Rows(pd.DataFrame(), np.empty(0, np.int64), plan, head)
    return replace(rows, frame=rows.frame.head(NUM_LINES), lines=rows.lines[:NUM_LINES])


def _read_lines(beginning: bytes, name: str, encoding: str | None) -> tuple[str, ...]:
    try:
        text = decode(beginning, name, encoding)
    except DataError:
        return () if encoding is None else _read_lines(beginning, name, None)
    lines = text.data.decode("utf-8", "replace").split("\n")[:NUM_LINES]
    return tuple(line[:LONGEST_LINE] for line in lines)
