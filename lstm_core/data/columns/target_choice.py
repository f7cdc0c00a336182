"""Which column is predicted, when nobody said: what the rows tell first, then what names tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.columns.kinds import Kind, Layout, stands_still
from lstm_core.data.columns.markets import find_closing, find_quotes
from lstm_core.data.columns.splitting import split_words
from lstm_core.data.columns.words import names_amount, names_price, rank_name
from lstm_core.data.reading.layouts.summaries import names_summary, sums_up
from lstm_core.errors import DataError

_LARGEST_FUTURE = 1 / 3
"""Share of a series' rows; a column that ends earlier has ended, and is not awaited."""

_MOSTLY = 0.5
_NUM_TRIED = 1_000
"""Rows that mostly say already that a column is something else."""

_MUCH, _LITTLE = 0.5, 0.2
"""Share of rows that repeat the value before: of what is set, and of what comes out of it."""


@dataclass(frozen=True)
class TargetChoice:
    """What is predicted, and what else could have been meant.

    Attributes:
        name: the chosen column.
        others: more columns of numbers that could be predicted, the likelier first.
        is_clear: whether the table itself says which; otherwise a person should.
        reason: why this one, in a sentence.
    """

    name: str
    others: tuple[str, ...]
    is_clear: bool
    reason: str


def choose_target(
    frame: pd.DataFrame, layout: Layout, kinds: Mapping[str, Kind], taken: Collection[str]
) -> TargetChoice:
    """Choose the column to predict.

    In this order: the column that is empty where the others go on; what varies from row to row
    rather than being set now and then; what does not name itself a price beside an amount, unless
    it is a market's; what names itself something to predict; what the values show to be the price
    that a period ends with; the last one.

    Args:
        taken: columns that have another part.

    Raises:
        DataError: no column of numbers is left, or only columns of two values.
    """
    names = [name for name, kind in kinds.items() if kind == "number" and name not in taken]
    if not names:
        return _choose_last_resort(frame, kinds, taken)
    if len(names) == 1:
        return TargetChoice(names[0], (), True, "The only column of numbers that varies.")
    awaited = find_awaited(frame, layout, kinds)
    names = _leave_out_sparse(frame, names)
    if len(names) == 1:
        return TargetChoice(names[0], (), True, "The others are mostly empty.")
    kept = [name for name in names if name in awaited] or names
    reason = "It is empty where the other columns go on." if len(kept) < len(names) else ""
    values = {name: frame[name].to_numpy(np.float64, na_value=np.nan) for name in names}
    still = {name: stands_still(values[name], layout) for name in names}
    ranks = {name: rank_name(name, kinds) for name in names}
    for name in find_quotes(kinds):
        if name in names and still[name] <= _LITTLE:  # traded at, not set by somebody
            ranks[name] = max(ranks[name], 2)
    if max(ranks.values()) < 1:
        closing = find_closing({name: values[name][layout.order[:_NUM_TRIED]] for name in names})
        if closing is not None:
            ranks[closing] = 2
    free = _leave_out_settings(values, still, kept, ranks)
    if len(free) < len(kept) and not reason:
        reason = "The other columns are set, and this one follows."
    best = max(ranks[name] for name in free)
    first = [name for name in free if ranks[name] == best]
    summing = _find_sum(frame, names) if best <= 1 else None
    if summing is not None:
        first, reason = [summing], "It is the sum of the others."
    chosen = _choose_by_name(first, best)
    if len(first) == 1 and best > 0:
        reason = reason or "By its name."
    others = sorted(
        (name for name in names if name != chosen),
        key=lambda name: (name not in free, name not in kept, -ranks[name]),
    )
    return TargetChoice(chosen, tuple(others), len(first) == 1, reason or "Several are possible.")


def find_awaited(frame: pd.DataFrame, layout: Layout, kinds: Mapping[str, Kind]) -> dict[str, bool]:
    """Return the columns that are empty in the last rows of most series where others are given."""
    ends = {}
    for name, kind in kinds.items():
        if kind in ("number", "flag", "category"):
            ends[name] = find_ends(frame[name], layout)
    if not ends:
        return {}
    last = np.max(list(ends.values()), axis=0)  # (series,)
    lengths = layout.ends - layout.starts
    awaited = {}
    for name, end in ends.items():
        is_awaited = (end < last) & (end >= 0) & (last - end <= _LARGEST_FUTURE * lengths)
        if is_awaited.mean() > 0.5:
            awaited[name] = True
    return awaited


def find_ends(column: pd.Series, layout: Layout) -> np.ndarray:
    """Return each series' last row with a value, counted within the series; -1 for none."""
    known = column.notna().to_numpy()[layout.order]
    rows = np.where(known, np.arange(len(known)), -1)
    found = np.maximum.reduceat(rows, layout.starts)
    return np.where(found >= 0, found - layout.starts, -1)


def _leave_out_sparse(frame: pd.DataFrame, names: list[str]) -> list[str]:
    """Leave out columns that are mostly empty, where others are not."""
    full = [name for name in names if frame[name].isna().mean() < _MOSTLY]
    return full or names


def _leave_out_settings(
    values: Mapping[str, np.ndarray],
    still: Mapping[str, float],
    names: list[str],
    ranks: Mapping[str, float],
) -> list[str]:
    """Leave out what is set by somebody, where something follows from it."""
    moving = [name for name in names if still[name] <= _LITTLE]
    free = [name for name in names if not (moving and still[name] >= _MUCH)]
    beside = [name for name in free if names_amount(name) or _counts(values[name])]
    free = [
        name
        for name in free
        if not (names_price(name) and any(other != name for other in beside)) or ranks[name] > 1
    ]
    return free or names


def _counts(values: np.ndarray) -> bool:
    """Whether these are whole numbers, none of them negative: how many there were."""
    return _are_counts(values[:_NUM_TRIED]) and _are_counts(values)


def _are_counts(values: np.ndarray) -> bool:
    known = values[~np.isnan(values)]
    return bool((known >= 0).all() and (known == np.floor(known)).all())


def _choose_by_name(names: list[str], rank: float) -> str:
    """The last of those without a telling name: a table's last column is often what it is about.

    Where others are called like it, such as ``MT_001`` and ``MT_002``, it is the first of them.
    """
    if rank > 0:
        return names[0]
    return next(name for name in names if _is_alike(name, names[-1]))


def _is_alike(name: str, other: str) -> bool:
    """Whether two names differ in a number, or begin with the same word."""
    stems = [re.sub(r"\d+", "#", each.lower()) for each in (name, other)]
    if stems[0] == stems[1]:
        return True
    words = [split_words(each) for each in (name, other)]
    if words[0] == words[1]:
        return bool(words[0])
    return all(len(each) > 1 for each in words) and words[0][0] == words[1][0]


def _find_sum(frame: pd.DataFrame, names: list[str]) -> str | None:
    """Return the column that calls itself a total and is the sum of the others."""
    for name in names:
        beside = [other for other in names if other != name]
        if len(beside) > 1 and names_summary(name):
            values = frame[beside].to_numpy(np.float64, na_value=np.nan)
            if sums_up(frame[name], values):
                return name
    return None


def _choose_last_resort(
    frame: pd.DataFrame, kinds: Mapping[str, Kind], taken: Collection[str]
) -> TargetChoice:
    """Choose among what is rarely meant, where there is nothing else."""
    left = {name: kind for name, kind in kinds.items() if name not in taken}
    numbers = [name for name in left if pd.api.types.is_numeric_dtype(frame[name])]
    for wanted in ("counter", "static", "place", "id", "calendar", "flag", "constant", "empty"):
        found = [name for name in reversed(numbers) if left[name] == wanted]
        if wanted == "flag":
            found = [name for name in found if not _is_yes_or_no(frame[name])]
        if found:
            name = max(found, key=lambda name: rank_name(name, kinds))  # the first of the best
            return TargetChoice(name, (), True, "There is no other column of numbers.")
    flags = [name for name, kind in left.items() if kind == "flag"]
    if flags:
        raise DataError(
            f'The only column that could be predicted, "{flags[-1]}", has two values, yes and no.',
            "Bring a column of amounts; or choose this one by name, and its share of yes is what "
            "is predicted.",
        )
    raise DataError(
        "No column holds numbers to predict.",
        "Give the file a column of numbers; write them without units, such as 12.5.",
    )


def _is_yes_or_no(column: pd.Series) -> bool:
    return set(column.dropna().unique()) <= {0, 1}
