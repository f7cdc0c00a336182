"""``ParsedTimes``: a column read as times, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lstm_core.data.reading.telling import Question, Remark

DateOrder = Literal["day", "month"]


@dataclass(frozen=True)
class ParsedTimes:
    """A column read as times.

    Attributes:
        values: ``datetime64[ns]`` without a zone, or nullable ``Int64`` for counted steps; what
            could not be read is missing. The index is the column's.
        remarks: how it was read, where that could be mistaken. Their lines are places in the
            column, from 1: whoever knows the file's lines puts those there.
        questions: what can be read two ways; until it is answered, as the first choice says.
        form: how the times are written, as ``time_form`` of a plan says it; empty for columns
            that come as times already.
        date_order: which comes first where that had to be decided.
        zone: of times with a zone, as ``zone`` of a plan says it; None where they have none.
    """

    values: pd.Series
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()
    form: str = ""
    date_order: DateOrder | None = None
    zone: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks' sentences."""
        return tuple(remark.sentence for remark in self.remarks)

    @property
    def is_calendar(self) -> bool:
        return pd.api.types.is_datetime64_any_dtype(self.values)
