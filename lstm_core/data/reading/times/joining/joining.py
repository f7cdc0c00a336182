"""One column of times in the place of several that make one together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Question, Remark
from lstm_core.data.reading.times.joining.calendars import find_calendar
from lstm_core.data.reading.times.joining.carried import carry_down
from lstm_core.data.reading.times.joining.clock_alone import count_clocks
from lstm_core.data.reading.times.joining.dated_clocks import find_dated_clock
from lstm_core.data.reading.times.joining.found import Found
from lstm_core.data.reading.times.joining.unnamed import name_parts
from lstm_core.data.reading.times.one_clock.summer import even_out
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_ORDER_ITEM = "data.reading.date_order"


def join_times(table: SourceTable, plan: ReadingPlan) -> SourceTable:
    """Return the table with one column of times where several make one.

    Joined are a date that repeats and a clock, an hour or a count of stretches of the day; and a
    year with a month, quarter or week, and a day, an hour and a minute where they stand there. A
    table with a column of whole times keeps its columns. The new column is called by the names of
    the old ones and stands in the first one's place; the plan's ``times`` names them.

    Raises:
        DataError: the columns that the plan names make no time together.
    """
    if plan.times is not None and len(plan.times) < 2:
        return table
    table = carry_down(table)
    names = [str(name) for name in table.frame.columns]
    if plan.times is not None:
        names = [name for name in plan.times if name in names]
    found = _find(table, names, plan)
    if found is None and plan.times is not None:
        listed = ", ".join(f'"{name}"' for name in plan.times)
        raise DataError(
            f"The columns {listed} make no time together.",
            "Name a column of dates and one of clocks or hours, or columns of the year, the month "
            "and the day.",
        )
    if found is None:
        return count_clocks(table, plan)
    return _put(table, found)


def _find(table: SourceTable, names: Sequence[str], plan: ReadingPlan) -> Found | None:
    is_told = plan.times is not None
    dated = find_dated_clock(table, names, plan, is_told)
    if dated is not None:
        return dated
    unnamed = name_parts(table)
    if unnamed is None:
        return find_calendar(table, names, plan, is_told)
    renamed, own = unnamed
    said = {name: part for part, name in own.items()}
    found = find_calendar(renamed, [said.get(name, name) for name in names], plan, is_told)
    if found is None:
        return None
    return replace(found, names=tuple(own.get(name, name) for name in found.names))


def _put(table: SourceTable, found: Found) -> SourceTable:
    frame = table.frame
    name = " ".join(found.names)
    while name in frame.columns and name not in found.names:
        name += " "
    times, told_of_summer = even_out(found.times, name)
    joined = pd.Series(times.astype("datetime64[ns]"), frame.index, name=name)
    gone = {*found.names, *found.ends}
    columns = [frame[column] for column in frame.columns if column not in gone]
    before = list(frame.columns).index(found.names[0])
    first = sum(column not in gone for column in frame.columns[:before])
    kept = pd.concat([*columns[:first], joined, *columns[first:]], axis=1)
    listed = [f'"{part}"' for part in found.names]
    sentence = f"{', '.join(listed[:-1])} and {listed[-1]} were read as one time."
    remarks = [Remark("joined_times", sentence)]
    if found.told:
        remarks.append(Remark("joined_times", found.told))
    if found.ends:
        ends = ", ".join(f'"{end}"' for end in found.ends)
        remarks.append(Remark("joined_times", f"Where stretches end was left out: {ends}."))
    return replace(
        table,
        frame=kept,
        remarks=(*_settle_remarks(table.remarks, found), *remarks, *told_of_summer),
        questions=_settle_questions(table.questions, found),
        spelt={part: cells for part, cells in table.spelt.items() if part not in gone},
        plan=_settle_plan(table.plan, found),
    )


def _settle_questions(asked: tuple[Question, ...], found: Found) -> tuple[Question, ...]:
    """Drop what the clocks have answered: which date order makes time go on evenly."""
    if found.date_order is None:
        return asked
    return tuple(question for question in asked if question.item != _ORDER_ITEM)


def _settle_remarks(remarks: tuple[Remark, ...], found: Found) -> tuple[Remark, ...]:
    if found.date_order is None:
        return remarks
    shown = "day, month, year" if found.date_order == "day" else "month, day, year"
    told = Remark("date_order", f"Dates were read as {shown}: so hours follow one another.")
    return (*(remark for remark in remarks if remark.kind != "date_order"), told)


def _settle_plan(plan: ReadingPlan, found: Found) -> ReadingPlan:
    updated = plan.fill(times=found.names)
    if found.date_order is None:
        return updated
    return type(plan).model_validate(updated.model_dump() | {"date_order": found.date_order})
