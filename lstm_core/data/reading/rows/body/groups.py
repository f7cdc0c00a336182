"""Lines among the rows that name the rows below them: a region, a shop, a product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.reading.rows.body.sorting import Sorted
from lstm_core.data.reading.rows.dialect.cutting import Dialect, cut_cells
from lstm_core.data.reading.rows.dialect.kinds import kind_of
from lstm_core.data.reading.telling import SetAside

NOWHERE = 2**31
"""The place of a column that is none among the cells."""
_NAME = "group"
_FEWEST_GROUPS = 2
_FEWEST_ROWS = 2


def add_groups(
    frame: pd.DataFrame, row_lines: np.ndarray, dialect: Dialect, found: Sorted
) -> pd.DataFrame:
    """Return the frame with a column of the groups' names before the others, if there are any.

    They are groups where the first one stands above the first row, no two are called the same,
    and each has rows below it. Their lines are no longer set aside then.

    Args:
        row_lines: of the frame's rows, from 0.
    """
    named = [(each, _read_name(each, dialect)) for each in found.set_aside]
    named = sorted(((each, name) for each, name in named if name), key=lambda one: one[0].line)
    if len(named) < _FEWEST_GROUPS or frame.empty:
        return frame
    starts = np.array([each.line - 1 for each, _ in named])
    names = [name for _, name in named]
    group = np.searchsorted(starts, row_lines, side="right") - 1
    sizes = np.bincount(np.maximum(group, 0), minlength=len(names))
    if group[0] < 0 or len(set(names)) < len(names) or sizes.min() < _FEWEST_ROWS:
        return frame
    for each, _ in named:
        found.set_aside.remove(each)
        found.leave_out("groups", each.line - 1)
    column = pd.Series(np.array(names, dtype=object)[group], dtype="str", index=frame.index)
    return pd.concat([column.rename(_find_free(frame.columns)), frame], axis=1)


def _read_name(each: SetAside, dialect: Dialect) -> str:
    """Return the one text in the first cell of a line; empty if it holds more, or none."""
    first, *others = cut_cells(each.text, dialect)
    is_name = first != "" and kind_of(first) == "text" and not any(others)
    return first if is_name and not each.reason.startswith("a total") else ""


def _find_free(taken: Sequence[str] | pd.Index) -> str:
    name, number = _NAME, 2
    while name in taken:
        name, number = f"{_NAME} ({number})", number + 1
    return name
