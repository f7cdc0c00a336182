"""What items of a reading plan can be, in words."""

from __future__ import annotations

from lstm_core.data.reading.rows.text.code_pages import NAMES as CODE_PAGES
from lstm_core.spec.reading import SPACES

SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    " ": "one space",
    SPACES: "spaces",
    ":": "colon",
    "^": "caret",
}
MARKS = {"": "none", ",": "comma", ".": "point", "'": "apostrophe", " ": "space"}
REPEATS = {
    "sum": "their sum",
    "mean": "their mean",
    "first": "the first",
    "last": "the last",
    "count": "how many they are",
}
LAYOUTS = {
    "long": "a row for each time",
    "wide": "a column for each time",
    "year_month": "years down, months across",
}
ENCODINGS = {
    "utf-8": "UTF-8",
    **CODE_PAGES,
    "utf-16-le": "UTF-16, low byte first",
    "utf-16-be": "UTF-16, high byte first",
    "utf-32-le": "UTF-32, low byte first",
    "utf-32-be": "UTF-32, high byte first",
}
ZONES = {
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
SPACINGS = {
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
WRITINGS = {
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
