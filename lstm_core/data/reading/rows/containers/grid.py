"""Tables that come as rows of cells: sheets of workbooks, tables of web pages.

They go through the same eyes as text does, for titles, headers and totals stand in them as well;
numbers and dates keep their type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from lstm_core.data.reading.rows.body.table import read_decoded
from lstm_core.data.reading.rows.containers.cells import show, type_values
from lstm_core.data.reading.rows.text.decoding import Text
from lstm_core.data.reading.table import Rows
from lstm_core.spec.reading import ReadingPlan

_INNER = "\x1f"
_TO_BLANK = str.maketrans({"\n": " ", "\r": " ", _INNER: " ", "\0": "", "\v": " ", "\f": " "})
_SEPARATORS = (";", "\t", "|", ",")
_FEWEST_LINES = 3
_NUM_SHOWN = 50
_LONGEST_SHOWN = 500


def read_grid(cells: Sequence[Sequence[Any]], name: str, plan: ReadingPlan) -> Rows:
    """Return the table in rows of cells: texts, numbers, bools, dates, times, or None.

    Raises:
        DataError: there is none.
    """
    width = max(map(len, cells), default=0)
    lines = []
    for row in cells:
        texts = [show(cell).translate(_TO_BLANK) for cell in row]
        lines.append(_INNER.join(texts) + _INNER * (width - len(texts)))
    text = Text("\n".join(lines).encode("utf-8", "replace") + b"\n", "utf-8")
    if _holds_lines(cells):
        bare = Text(text.data.replace(_INNER.encode(), b""), text.encoding)
        rows = read_decoded(bare, name, plan)[0]
        return replace(rows, plan=rows.plan.model_copy(update={"encoding": plan.encoding}))
    inner = plan.model_copy(update={"separator": _INNER, "quote": ""})
    rows, places = read_decoded(text, name, inner)
    frame = _restore_types(rows, places, cells)
    found = {
        item: getattr(rows.plan, item)
        for item in ("skip_top", "skip_bottom", "header_rows", "comment")
    }
    return replace(
        rows,
        frame=frame,
        plan=plan.fill(**found),
        head=tuple(
            line.rstrip(_INNER).replace(_INNER, "\t")[:_LONGEST_SHOWN]
            for line in lines[:_NUM_SHOWN]
        ),
        set_aside=tuple(
            replace(each, text=each.text.rstrip(_INNER).replace(_INNER, "\t"))
            for each in rows.set_aside
        ),
        remarks=tuple(remark for remark in rows.remarks if remark.kind != "separator"),
    )


def _holds_lines(cells: Sequence[Sequence[Any]]) -> bool:
    """Whether a sheet has whole lines of a text in its first column, each with its separators."""
    filled = [[cell for cell in row if cell not in (None, "")] for row in cells]
    lines = [row[0] for row in filled if row]
    if len(lines) < _FEWEST_LINES or any(len(row) > 1 for row in filled):
        return False
    if not all(isinstance(line, str) for line in lines):
        return False
    counts = [{line.count(mark) for line in lines} for mark in _SEPARATORS]
    return any(len(numbers) == 1 and numbers != {0} for numbers in counts)


def _restore_types(
    rows: Rows, places: Sequence[int], cells: Sequence[Sequence[Any]]
) -> pd.DataFrame:
    """Give columns of numbers, dates or bools alone their type back."""
    columns = {name: rows.frame[name] for name in rows.frame.columns}
    kept = [cells[line - 1] for line in rows.lines.tolist()]
    for name, at in zip(rows.frame.columns, places, strict=True):
        values = [row[at] if at < len(row) else None for row in kept]
        typed = type_values(values)
        if typed is not None:
            columns[name] = typed
    return pd.DataFrame(columns)
