"""When: how times are written, where they stand, how far apart they are."""

from __future__ import annotations

from pages._ui.data.kinds.series.reading.items.item import PlanItem, say_list, say_name
from pages._ui.data.kinds.series.reading.items.values import SPACINGS, WRITINGS, ZONES

TIMES = (
    PlanItem(
        "date_order",
        "day or month first",
        "What comes first in 03/04/2024?",
        "Day first: the 3rd of April. Month first: March the 4th.",
        "choice",
        say_name({}, after=" first"),
        values={"day": "the day: 3 April", "month": "the month: March 4"},
    ),
    PlanItem(
        "time_form",
        "writing of times",
        "How are times written?",
        "One of these, or the signs of strptime, such as %d.%m.%Y.",
        "list",
        lambda value: f"times like {WRITINGS.get(value, value).partition(',')[0]}",
        usual=("iso", "numeric", "year_month_day", "step", "year"),
        values=WRITINGS,
    ),
    PlanItem(
        "times",
        "time in several columns",
        "Which columns make one time?",
        "Where a time stands in several columns, such as a date and a clock, or a year, a "
        "month and a day.",
        "columns",
        say_list("time: ", "one column of times"),
    ),
    PlanItem(
        "zone",
        "zone of times",
        "Which zone are times shown in?",
        "For times with a zone or an offset; a name such as Europe/Berlin.",
        "list",
        lambda value: f"zone: {value}" if value else "times as written",
        usual=("",),
        values=ZONES,
    ),
    PlanItem(
        "frequency",
        "spacing of the rows",
        "How far apart are the rows?",
        "Frequency: the time from one row to the next; one of these, or an offset as pandas "
        "writes it, such as 15min or W-SUN.",
        "list",
        lambda value: f"spacing: {SPACINGS.get(value, value)}",
        values=SPACINGS,
        path="data.frequency",
    ),
)
