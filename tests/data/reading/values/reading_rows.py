"""Rows by hand: what the stage before gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.reading.telling import Question, Remark
from lstm_core.data.reading.values.reading import read_values
from lstm_core.spec.reading import ReadingPlan

FIRST_LINE = 2


def make_rows(
    columns: Mapping[str, Sequence[str | None]], separator: str = ",", **said: object
) -> Rows:
    """Return rows of text as they stand below a header."""
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    plan = ReadingPlan.model_validate({"separator": separator} | said)
    return Rows(frame, np.arange(FIRST_LINE, FIRST_LINE + len(frame)), plan)


def read(
    columns: Mapping[str, Sequence[str | None]], separator: str = ",", **said: object
) -> SourceTable:
    rows = make_rows(columns, separator, **said)
    return read_values(rows, "table.csv", rows.plan)


def read_column(cells: Sequence[str | None], separator: str = ",", **said: object) -> pd.Series:
    return read({"v": cells}, separator, **said).frame["v"]


def find_remark(table: SourceTable, kind: str) -> Remark:
    return next(remark for remark in table.remarks if remark.kind == kind)


def kinds_of(table: SourceTable) -> set[str]:
    return {remark.kind for remark in table.remarks}


def find_question(table: SourceTable, item: str) -> Question | None:
    return next((one for one in table.questions if one.item == item), None)
