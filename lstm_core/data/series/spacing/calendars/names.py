"""Days and months in words."""

from __future__ import annotations

from collections.abc import Sequence

WEEKDAY_NAMES = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MONTH_NAMES = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip
DAY_WORDS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_days(days: Sequence[int]) -> str:
    """``"Monday to Saturday"`` where the days follow each other, else a list of them."""
    if len(days) == 7:
        return "every day"
    first = next((day for day in days if (day - 1) % 7 not in days), days[0])
    ordered = sorted(days, key=lambda day: (day - first) % 7)
    if len(days) > 2 and all((first + place) % 7 == day for place, day in enumerate(ordered)):
        return f"{DAY_WORDS[first]} to {DAY_WORDS[ordered[-1]]}"
    return ", ".join(DAY_WORDS[day] for day in days)


def say_ordinal(number: int) -> str:
    """``"1st"``, ``"22nd"``, ``"13th"``."""
    last = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


def join_words(words: Sequence[str]) -> str:
    """``"1st, 11th and 21st"``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
