"""Taking cells apart: from text to the numbers of a date."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.data.reading.times.forms.cells import Group, cut, extract, keep, to_whole, translate
from lstm_core.data.reading.times.forms.composing import (
    NANOS,
    NOTHING,
    Parts,
    days_of,
    days_of_weeks,
    pick_century,
)
from lstm_core.data.reading.times.forms.forms import Form
from lstm_core.data.reading.times.forms.shapes import find_fixed, find_shapes
from lstm_core.data.reading.times.forms.words import (
    era_of,
    may_stand_before,
    may_stand_behind,
    month_of,
)

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_A_CLOCK = r"^\s?-\s*\d{1,2}[:.h]\d{2}(:\d{2})?$"
_ROC_YEAR = 1911
"""Before the first one of Taiwan's calendar."""
_FIRST_YEAR, _LAST_YEAR = 1700, 2249


def take_apart(array: pa.Array, forms: tuple[Form, ...], cells: list[str]) -> Parts:
    """Return the parts of all cells that are of one of the forms, the first that fits.

    Args:
        cells: a sample; its shapes are tried before all that a form allows for.
    """
    parts = Parts.of_nothing(len(array))
    left = np.flatnonzero(pc.is_valid(array).to_numpy(zero_copy_only=False))
    for form in forms:
        fixed = find_fixed(cells, form) if form is forms[0] else None
        if fixed is not None:
            left = _put(parts, array, left, fixed, find_shapes(cells, form)[0], cells[0])
        for shape in find_shapes(cells, form):
            left = _put(parts, array, left, None, shape)
    for form in forms:
        left = _put(parts, array, left, None, form.pattern)
    return parts


def _put(
    parts: Parts,
    array: pa.Array,
    rows: np.ndarray,
    fixed: dict[str, tuple[int, int]] | None,
    pattern: str,
    like: str = "",
) -> np.ndarray:
    """Take some rows apart and put them in place; return those that are left."""
    if not len(rows):
        return rows
    chosen = array if len(rows) == len(array) else array.take(pa.array(rows))
    groups, matched = (
        extract(chosen, pattern) if fixed is None else cut(chosen, pattern, fixed, like)
    )
    _fill(parts, rows, groups, matched)
    return rows[~parts.is_read[rows]]


def _fill(parts: Parts, rows: np.ndarray, groups: dict[str, Group], matched: np.ndarray) -> None:
    if not matched.any():
        return
    if not matched.all():
        rows = rows[matched]
        groups = {name: keep(group, matched) for name, group in groups.items()}
    is_read = np.ones(len(rows), dtype=bool)
    if "before" in groups:
        known = translate(groups["before"], lambda word: not word or may_stand_before(word))
        is_read = known.astype(bool)
    if "after" in groups:
        is_read &= translate(groups["after"], may_stand_behind).astype(bool)
    if "until" in groups and "hour" not in groups:  # a clock behind a dash ends no day
        is_read &= ~pc.match_substring_regex(groups["until"], _A_CLOCK).to_numpy(False)
    years = _find_years(groups)
    if (years < 100).any():
        parts.has_short_years, years = True, pick_century(years)
    clocks = find_clocks(groups, len(rows))
    is_read &= (clocks != NOTHING) & (years >= _FIRST_YEAR) & (years <= _LAST_YEAR)
    if "one" in groups:
        parts.ones[rows[is_read]] = to_whole(groups["one"])[is_read]
        parts.twos[rows[is_read]] = to_whole(groups["two"])[is_read]
    else:
        days, exist = _find_days(groups, years)
        is_read &= exist
        parts.days[rows[is_read]] = days[is_read]
    parts.years[rows[is_read]] = years[is_read]
    parts.clocks[rows[is_read]] = clocks[is_read]
    for name in ("zone", "region"):  # an offset says more than the region behind it
        if name in groups:
            found = _number_words(groups[name], parts.zone_words)
            takes = is_read & (found > 0) & (parts.zones[rows] == 0)
            parts.zones[rows[takes]] = found[takes]
    if "until" in groups:
        given = pc.not_equal(groups["until"], "").to_numpy(zero_copy_only=False)
        parts.ends[rows] = given & is_read
    parts.is_read[rows[is_read]] = True


def _number_words(group: pa.Array, words: list[str]) -> np.ndarray:
    """Return each word's place in ``words``, to which new ones are added."""

    def number(word: str) -> int:
        if word not in words:
            words.append(word)
        return words.index(word)

    return translate(group, number)


def _find_years(groups: dict[str, Group]) -> np.ndarray:
    if "era" in groups:
        before = translate(groups["era"], lambda sign: era_of(sign) or 0)
        return before + translate(groups["era_year"], _era_year)
    if "roc_year" in groups:
        return to_whole(groups["roc_year"]) + _ROC_YEAR
    return to_whole(groups["year"])


def _era_year(text: str) -> int:
    return 1 if text == "元" else int(text or 0)


def _find_days(groups: dict[str, Group], years: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return days since 1970 and whether there is such a day."""
    one = np.ones_like(years)
    if "quarter" in groups:
        quarters = translate(groups["quarter"], lambda text: _ROMAN.get(text, 0))
        return days_of(years, quarters * 3 - 2, one)
    if "half_year" in groups:
        return days_of(years, to_whole(groups["half_year"]) * 6 - 5, one)
    if "week" in groups:
        weekdays = to_whole(groups["weekday"], 1) if "weekday" in groups else one
        return days_of_weeks(years, to_whole(groups["week"]), weekdays)
    if "year_day" in groups:
        place = to_whole(groups["year_day"])
        first, _ = days_of(years, one, one)
        following, _ = days_of(years + 1, one, one)
        return first + place - 1, (place >= 1) & (first + place <= following)
    if "until_year" in groups:
        ends = to_whole(groups["until_year"], -1)
        days, exist = days_of(years, one, one)
        return days, exist & ((ends == -1) | (ends % 100 == (years + 1) % 100))
    months = one
    if "name" in groups:
        months = translate(groups["name"], month_of)
    elif "month" in groups:
        months = to_whole(groups["month"])
    return days_of(years, months, to_whole(groups["day"], 1) if "day" in groups else one)


def find_clocks(groups: dict[str, Group], length: int) -> np.ndarray:
    """Return nanoseconds since midnight; ``NOTHING`` where there is no such clock."""
    nothing = np.zeros(length, dtype=np.int64)
    if "hour" not in groups:
        return nothing
    hours = to_whole(groups["hour"], 0)
    minutes = to_whole(groups["minute"], 0) if "minute" in groups else nothing
    seconds = to_whole(groups["second"], 0) if "second" in groups else nothing
    nanos = _find_fractions(groups["fraction"]) if "fraction" in groups else nothing
    exist = (hours <= 24) & (minutes < 60) & (seconds < 61)
    exist &= (hours < 24) | (minutes + seconds + nanos == 0)
    for name in ("half", "day_half"):
        if name in groups:
            half = translate(groups[name], _half_of_day)
            exist &= (half == 0) | ((hours >= 1) & (hours <= 12)) | ((hours == 0) & (half == 2))
            hours = np.where((half > 0) & (hours == 12), 0, hours) + np.where(half == 2, 12, 0)
    return np.where(exist, ((hours * 60 + minutes) * 60 + seconds) * NANOS + nanos, NOTHING)


def _half_of_day(text: str) -> int:
    """0: nothing is said; 1: before noon; 2: after it."""
    said = text.strip().casefold()
    if not said:
        return 0
    return 2 if said[0] == "p" or said in ("下午", "午後", "오후") else 1


def _find_fractions(group: pa.Array) -> np.ndarray:
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(group, 9, "0"), 0, 9)
    return to_whole(digits, 0)
