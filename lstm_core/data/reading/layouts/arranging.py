"""One row for each time, however the table has it."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from lstm_core.data.reading.layouts.crossed import LAYOUT_ITEM, turn_crossed
from lstm_core.data.reading.layouts.measures import ask_measures, turn_measures
from lstm_core.data.reading.layouts.wide import turn_wide
from lstm_core.data.reading.table import SourceTable
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan, TableLayout

_LACKING: dict[TableLayout, tuple[str, str]] = {
    "wide": (
        "The names of the columns can't be read as times.",
        "Name them like 2024-03-31",
    ),
    "year_month": (
        "There are no columns for each month, quarter, week, day or hour beside a column of years "
        "or dates.",
        "Name them like Jan to Dec or 00:00 to 23:00",
    ),
    "measures": (
        "There is no column that names measures, with one column of numbers beside it.",
        'Call it "measure"',
    ),
}


def arrange(table: SourceTable, plan: ReadingPlan) -> SourceTable:
    """Return the table with a row for each time, and its layout in its plan.

    Columns that are times (dates, years, counted steps) are turned into rows, one series after
    the other; so are months, quarters, weeks, days or hours beside a column of what they are
    parts of. The new columns are called ``time`` and ``value``; what says whose row it is stays
    under its own name.

    Raises:
        DataError: the plan names a layout that the table has not.
    """
    if plan.layout == "long":
        return replace(table, plan=table.plan.fill(layout="long"))
    turned = None
    if plan.layout != "wide":
        turned = turn_crossed(table)
    if turned is None and plan.layout != "year_month":
        turned = turn_wide(table, is_told=plan.layout == "wide")
    if plan.layout == "measures":
        turned = turn_measures(turned or table)
    if plan.layout is not None:
        found = turned or _refuse(plan.layout)
        asked = tuple(each for each in found.questions if each.item != LAYOUT_ITEM)
        return replace(found, questions=asked)
    found = turned or replace(table, plan=table.plan.fill(layout="long"))
    return ask_measures(found, found.plan.layout or "long")


def _refuse(layout: TableLayout) -> NoReturn:
    what, remedy = _LACKING[layout]
    raise DataError(what, f"{remedy}, or leave the layout to what is found.")
