"""How series stand in a table, and what becomes of several rows at one time."""

from __future__ import annotations

from pages._ui.data.kinds.series.reading.items.item import PlanItem, say_list, say_name
from pages._ui.data.kinds.series.reading.items.values import LAYOUTS, REPEATS

SERIES = (
    PlanItem(
        "layout",
        "layout",
        "How does the table stand?",
        "Long: a row for each time. Wide: a column for each time, which is turned.",
        "choice",
        say_name(LAYOUTS),
        usual=("long",),
        values=LAYOUTS,
    ),
    PlanItem(
        "keys",
        "keys of series",
        "Which columns tell series apart?",
        "Keys: such as a shop and an item. Each combination is a series of its own.",
        "columns",
        say_list("a series for each ", "one series"),
    ),
    PlanItem(
        "repeats",
        "several rows at one time",
        "What becomes of several rows at one time?",
        "Aggregate: how rows of one series at one time become one.",
        "choice",
        say_name(REPEATS, before="rows at one time: "),
        values=REPEATS,
    ),
)
