"""Which form a column's times are written in, from a sample of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa

from lstm_core.data.reading.times.forms.composing import NOTHING, compose
from lstm_core.data.reading.times.forms.forms import FORMS, Form
from lstm_core.data.reading.times.forms.taking import take_apart
from lstm_core.data.reading.times.names import has_time_name, names_quarter, names_week

_MOST_FORMS = 3
_FEW_TRIED = 25
_LONGEST = 80


def may_be_times(cells: list[str]) -> bool:
    """Whether a sample is worth comparing with forms: short cells with digits."""
    tried = cells[:_FEW_TRIED]
    fitting = sum(len(cell) <= _LONGEST and any(map(str.isdigit, cell)) for cell in tried)
    return bool(tried) and 2 * fitting >= len(tried)


def choose_forms(cells: list[str], name: str, only: tuple[Form, ...] = FORMS) -> tuple[Form, ...]:
    """Return the forms that together read a sample, the one with the most cells first.

    A column has one form, now and then two: where the program that wrote it changed its mind.
    """
    chosen: list[Form] = []
    left = cells
    while left and len(chosen) < _MOST_FORMS:
        form, missed = _choose_form(left, name, only, is_first=not chosen)
        if form is None:
            break
        chosen.append(form)
        left = missed
    return tuple(chosen)


def _choose_form(
    cells: list[str], name: str, only: tuple[Form, ...], is_first: bool
) -> tuple[Form | None, list[str]]:
    named = has_time_name(name)
    best: Form | None = None
    best_missed = cells
    for form in only:
        tried = cells[:_FEW_TRIED] if is_first else cells
        if not (form.is_sure or named) or not any(map(form.compiled.match, tried)):
            continue
        matched = [bool(form.compiled.match(cell)) for cell in cells]
        if sum(matched) <= len(cells) - len(best_missed):
            continue
        read = read_sample(cells, form)
        if form.name == "numbered_week" and not names_week(name):
            continue
        if form.name == "year_quarter" and not _counts_quarters(cells, form, name):
            continue
        if "name" in form.compiled.groupindex and _have_days_and_no_year(cells, form):
            continue
        missed = [cell for cell, is_read in zip(cells, read, strict=True) if not is_read]
        if len(missed) < len(best_missed):
            best, best_missed = form, missed
            if not missed:
                break
    return best, best_missed


def read_sample(cells: list[str], form: Form) -> np.ndarray:
    """Whether each cell is a time in this form; ``(cells,)``."""
    parts = take_apart(pa.array(cells), (form,), cells)
    orders = ("day", "month", "year") if parts.is_numeric else (None,)
    return np.logical_or.reduce([compose(parts, order) != NOTHING for order in orders])


def _counts_quarters(cells: list[str], form: Form, name: str) -> bool:
    """Whether ``2020-1`` is a quarter: its column says so, or 1 follows upon 4 and never 5."""
    if names_quarter(name):
        return True
    parts = take_apart(pa.array(cells), (form,), cells)
    months = parts.days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    is_whole = parts.is_read.all() and len(cells) >= 6
    return bool(is_whole and (months % 12 == 9).any() and (abs(np.diff(months)) == 3).all())


def _have_days_and_no_year(cells: list[str], form: Form) -> bool:
    """Whether ``Jan 10``, ``Jan 11`` go on by days: the number runs while the month stands."""
    if "day" in form.compiled.groupindex:
        return False
    found = [match for cell in cells if (match := form.compiled.match(cell)) is not None]
    if any(len(match["year"]) > 2 for match in found):
        return False
    pairs = list(pairwise(found))
    runs = sum(one["year"] != two["year"] and one["name"] == two["name"] for one, two in pairs)
    return 2 * runs > len(pairs)
