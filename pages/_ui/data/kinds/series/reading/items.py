"""The items of a reading plan: what each is called, what it says, and what else it could be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from lstm_core.data.reading.rows.text.code_pages import NAMES as CODE_PAGES
from lstm_core.spec.reading import SPACES

Form = Literal["choice", "list", "number", "text", "words", "columns", "member"]
"""``choice``: one of a few; ``list``: one of many, or typed; ``words``: several, typed;
``columns``: several of the table's; ``member``: one of the file's sheets or files."""


@dataclass(frozen=True)
class PlanItem:
    """One item of a reading plan.

    Attributes:
        noun: on the chip where it has no value.
        question: above its control; with the term in its ``help``.
        say: what a value of it is, in a few words of plain text, as on a chip.
        usual: values that nobody has to be told of.
        values: what can be chosen, in words.
        of: the files that have it: those that are text, those that hold several tables, or all.
        path: in the spec, where it is none of the plan's.
    """

    name: str
    noun: str
    question: str
    help: str
    form: Form
    say: Callable[[Any], str]
    usual: tuple[Any, ...] = ()
    values: Mapping[Any, str] = field(default_factory=lambda: MappingProxyType({}))
    of: Literal["text", "members", "all"] = "all"
    path: str = ""

    @property
    def setting(self) -> str:
        """Where it stands in the spec."""
        return self.path or f"data.reading.{self.name}"


_SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    " ": "one space",
    SPACES: "spaces",
    ":": "colon",
    "^": "caret",
}
_MARKS = {"": "none", ",": "comma", ".": "point", "'": "apostrophe", " ": "space"}
_REPEATS = {
    "sum": "their sum",
    "mean": "their mean",
    "first": "the first",
    "last": "the last",
    "count": "how many they are",
}
_LAYOUTS = {
    "long": "a row for each time",
    "wide": "a column for each time",
    "year_month": "years down, months across",
}
_ENCODINGS = {
    "utf-8": "UTF-8",
    **CODE_PAGES,
    "utf-16-le": "UTF-16, low byte first",
    "utf-16-be": "UTF-16, high byte first",
    "utf-32-le": "UTF-32, low byte first",
    "utf-32-be": "UTF-32, high byte first",
}
_ZONES = {
    "": "as they are written",
    **{
        name: name
        for name in (
            *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
            *("Europe/Helsinki", "Europe/Istanbul", "Europe/Moscow", "America/New_York"),
            *("America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo"),
            *("Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai"),
            *("Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
        )
    },
}
_SPACINGS = {
    "min": "a minute",
    "15min": "a quarter of an hour",
    "h": "an hour",
    "D": "a day",
    "B": "a business day",
    "W-MON": "a week, from Monday",
    "MS": "a month",
    "QS-JAN": "a quarter",
    "YS-JAN": "a year",
}
_WRITINGS = {
    "iso": "2024-03-31 14:30",
    "year_month_day": "2024/03/31",
    "numeric": "1/2/2024",
    "named_month": "31 March 2024",
    "compact": "20240331",
    "year_month": "2024-03, 03/2024",
    "year_quarter": "2024-1, a quarter",
    "quarter": "2024 Q1",
    "half_year": "2024 H1",
    "week": "2024-W13",
    "fiscal_year": "2023/24",
    "year": "2024",
    "year_fraction": "2024.25",
    "ordinal": "2024-091, days of the year",
    "era": "years of an era",
    "excel": "45382, Excel's days",
    "epoch_s": "1711893600, seconds since 1970",
    "epoch_ms": "1711893600000, milliseconds since 1970",
    "epoch_us": "microseconds since 1970",
    "epoch_ns": "nanoseconds since 1970",
    "step": "1, 2, 3: counted steps",
}


def _count(noun: str, most: str = "") -> Callable[[int], str]:
    def say(value: int) -> str:
        return most if not value and most else f"{value:,} {noun}{'' if value == 1 else 's'}"

    return say


def _name(values: Mapping[Any, str], before: str = "", after: str = "") -> Callable[[Any], str]:
    return lambda value: f"{before}{values.get(value, value)}{after}"


def _join(before: str, nothing: str) -> Callable[[Any], str]:
    return lambda value: f"{before}{', '.join(map(str, value))}" if value else nothing


ITEMS = {
    item.name: item
    for item in (
        PlanItem(
            "member",
            "sheet or file",
            "Which sheet or file?",
            "Of a workbook, one sheet is read; of an archive, one file.",
            "member",
            lambda value: f"from: {value}",
            of="members",
        ),
        PlanItem(
            "separator",
            "between cells",
            "What stands between cells?",
            "Separator, or delimiter: the sign that ends a cell.",
            "choice",
            _name(_SEPARATORS, after=" between cells"),
            usual=(",",),
            values=_SEPARATORS,
            of="text",
        ),
        PlanItem(
            "decimal",
            "decimal mark",
            "What stands before the decimals?",
            "Decimal mark: 3.5 or 3,5. The other one may then stand between thousands.",
            "choice",
            _name({".": "point", ",": "comma"}, before="decimal "),
            usual=(".",),
            values={".": "3.5: the point", ",": "3,5: the comma"},
        ),
        PlanItem(
            "thousands",
            "thousands mark",
            "What stands between thousands?",
            "Grouping mark, as in 1,000 or 1.000; it is left out when a number is read.",
            "choice",
            lambda value: f"thousands: {_MARKS.get(value, value)}",
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
            "date_order",
            "day or month first",
            "What comes first in 03/04/2024?",
            "Day first: the 3rd of April. Month first: March the 4th.",
            "choice",
            _name({}, after=" first"),
            values={"day": "the day: 3 April", "month": "the month: March 4"},
        ),
        PlanItem(
            "time_form",
            "writing of times",
            "How are times written?",
            "One of these, or the signs of strptime, such as %d.%m.%Y.",
            "list",
            lambda value: f"times like {_WRITINGS.get(value, value).partition(',')[0]}",
            usual=("iso", "numeric", "year_month_day", "step", "year"),
            values=_WRITINGS,
        ),
        PlanItem(
            "times",
            "time in several columns",
            "Which columns make one time?",
            "Where a time stands in several columns, such as a date and a clock, or a year, a "
            "month and a day.",
            "columns",
            _join("time: ", "one column of times"),
        ),
        PlanItem(
            "zone",
            "zone of times",
            "Which zone are times shown in?",
            "For times with a zone or an offset; a name such as Europe/Berlin.",
            "list",
            lambda value: f"zone: {value}" if value else "times as written",
            usual=("",),
            values=_ZONES,
        ),
        PlanItem(
            "layout",
            "layout",
            "How does the table stand?",
            "Long: a row for each time. Wide: a column for each time, which is turned.",
            "choice",
            _name(_LAYOUTS),
            usual=("long",),
            values=_LAYOUTS,
        ),
        PlanItem(
            "keys",
            "keys of series",
            "Which columns tell series apart?",
            "Keys: such as a shop and an item. Each combination is a series of its own.",
            "columns",
            _join("a series for each ", "one series"),
        ),
        PlanItem(
            "repeats",
            "several rows at one time",
            "What becomes of several rows at one time?",
            "Aggregate: how rows of one series at one time become one.",
            "choice",
            _name(_REPEATS, before="rows at one time: "),
            values=_REPEATS,
        ),
        PlanItem(
            "frequency",
            "spacing of the rows",
            "How far apart are the rows?",
            "Frequency: the time from one row to the next; one of these, or an offset as pandas "
            "writes it, such as 15min or W-SUN.",
            "list",
            lambda value: f"spacing: {_SPACINGS.get(value, value)}",
            values=_SPACINGS,
            path="data.frequency",
        ),
        PlanItem(
            "missing",
            "words for missing",
            "What stands for a missing value?",
            "Beside empty cells and the usual words (NA, null, -). Numbers such as -9999 as well.",
            "words",
            _join("missing: ", "the usual words for missing"),
            usual=((),),
        ),
        PlanItem(
            "header_rows",
            "header rows",
            "How many lines name the columns?",
            "Header rows; 0 where the first line is a row of values already.",
            "number",
            _count("header row", "no header"),
            usual=(1,),
        ),
        PlanItem(
            "skip_top",
            "lines above",
            "How many lines above are skipped?",
            "Lines above the header that are not the table's: a title, an address.",
            "number",
            lambda value: f"{_count('line')(value)} above skipped",
            usual=(0,),
        ),
        PlanItem(
            "skip_bottom",
            "lines below",
            "How many lines below are skipped?",
            "Lines below the last row that are not the table's: a sum, a source.",
            "number",
            lambda value: f"{_count('line')(value)} below skipped",
            usual=(0,),
        ),
        PlanItem(
            "comment",
            "remarks",
            "What do remarks begin with?",
            "Lines that begin with this sign are left out.",
            "text",
            lambda value: f"remarks begin with {value}" if value else "no remarks",
            usual=("",),
            of="text",
        ),
        PlanItem(
            "quote",
            "quotes",
            "What is text put between?",
            "Quotation mark: what stands between two of them is one cell.",
            "choice",
            lambda value: f"quotes: {value}" if value else "no quotes",
            usual=('"', ""),
            values={'"': '" double', "'": "' single", "": "nothing"},
            of="text",
        ),
        PlanItem(
            "encoding",
            "encoding",
            "How is the text encoded?",
            "Encoding, or code page. A wrong one shows strange letters in names.",
            "list",
            _name(_ENCODINGS, before="text: "),
            usual=("utf-8", "utf-8-sig", "ascii"),
            values=_ENCODINGS,
            of="text",
        ),
    )
}
"""By name, in the order of their chips; ``types`` stands in the table of columns."""
