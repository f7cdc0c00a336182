"""The marks of numbers, and what stands for none."""

from __future__ import annotations

from pages._ui.data.kinds.series.reading.items.item import PlanItem, say_list, say_name
from pages._ui.data.kinds.series.reading.items.values import MARKS

VALUES = (
    PlanItem(
        "decimal",
        "decimal mark",
        "What stands before the decimals?",
        "Decimal mark: 3.5 or 3,5. The other one may then stand between thousands.",
        "choice",
        say_name({".": "point", ",": "comma"}, before="decimal "),
        usual=(".",),
        values={".": "3.5: the point", ",": "3,5: the comma"},
    ),
    PlanItem(
        "thousands",
        "thousands mark",
        "What stands between thousands?",
        "Grouping mark, as in 1,000 or 1.000; it is left out when a number is read.",
        "choice",
        lambda value: f"thousands: {MARKS.get(value, value)}",
        usual=("", ","),
        values={
            "": "1000: nothing",
            ",": "1,000: a comma",
            ".": "1.000: a point",
            "'": "1'000: an apostrophe",
            " ": "1 000: a space",
        },
    ),
    PlanItem(
        "missing",
        "words for missing",
        "What stands for a missing value?",
        "Beside empty cells and the usual words (NA, null, -). Numbers such as -9999 as well.",
        "words",
        say_list("missing: ", "the usual words for missing"),
        usual=((),),
    ),
)
