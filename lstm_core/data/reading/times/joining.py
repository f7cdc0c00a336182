"""Tables whose times stand in two columns: the date in one, the clock in another."""

from __future__ import annotations

from dataclasses import replace

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.reading.times.clocks import join_clock
from lstm_core.spec.reading import ReadingPlan


def join_times(table: SourceTable, plan: ReadingPlan) -> SourceTable:
    """Return the table with one column of times where two of them make one."""
    frame, told = join_clock(table.frame)
    remarks = tuple(Remark("joined_times", sentence) for sentence in told)
    return replace(table, frame=frame, remarks=(*table.remarks, *remarks))
