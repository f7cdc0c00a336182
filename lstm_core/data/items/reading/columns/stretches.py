"""Long tables: which rows are one item, in which order, and what is the same in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.facts import ColumnFacts, read_column
from lstm_core.data.items.reading.columns.vocabulary import (
    names_group,
    names_item,
    names_time,
    rank_label_name,
)

_FEWEST_STEPS = 3
_MANY_NUMBERED = 20
"""Columns of one name but for its number: steps of a wide table."""
_SHARE_IN_ORDER = 0.95


@dataclass(frozen=True)
class Stretches:
    """Rows of a long table, item by item.

    Attributes:
        order: int64, ``(rows,)``: row numbers of the table, an item's rows together, items as
            they first occur.
        lengths: int64, ``(items,)``.
    """

    order: np.ndarray
    lengths: np.ndarray

    @property
    def firsts(self) -> np.ndarray:
        """int64, ``(items,)``: each item's first row in the table."""
        return self.order[np.cumsum(self.lengths) - self.lengths]

    def varies(self, column: pd.Series) -> np.ndarray:
        """Say of each item whether a column has more than one value in its rows, ``(items,)``."""
        codes = pd.factorize(column)[0][self.order]
        starts = np.cumsum(self.lengths) - self.lengths
        high = np.maximum.reduceat(codes, starts)
        return high != np.minimum.reduceat(codes, starts)

    def sort_by(self, moments: np.ndarray) -> Stretches:
        """Return the same items with their rows in the order of ``moments``, ``(rows,)``."""
        items = np.repeat(np.arange(len(self.lengths)), self.lengths)
        order = np.lexsort((moments[self.order], items))
        return Stretches(self.order[order], self.lengths)


@dataclass(frozen=True)
class LongTable:
    """The columns that make a table a long one; ``is_sure`` where names and rows agree."""

    item: str
    time: str | None
    is_sure: bool


def gather_rows(frame: pd.DataFrame, columns: Sequence[str]) -> Stretches:
    """Gather the rows that agree in these columns, wherever they stand."""
    codes = _number(frame, columns)
    lengths = np.bincount(codes).astype(np.int64)
    return Stretches(np.argsort(codes, kind="stable"), lengths)


def cut_stretches(frame: pd.DataFrame, columns: Sequence[str]) -> Stretches:
    """Cut the table wherever one of these columns changes."""
    codes = _number(frame, columns)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1])
    lengths = np.diff(np.concatenate([starts, [len(codes)]]))
    return Stretches(np.arange(len(codes)), lengths.astype(np.int64))


def gather_items(frame: pd.DataFrame, item: str) -> Stretches:
    """Gather rows by item; where names come again after others, each stretch is an item."""
    blocks = cut_stretches(frame, [item])
    are_blocks = len(blocks.lengths) <= len(frame) / _FEWEST_STEPS
    return blocks if are_blocks else gather_rows(frame, [item])


def find_long_table(
    frame: pd.DataFrame, facts: Sequence[ColumnFacts], decimal: str
) -> LongTable | None:
    """Find the column that names the items, and the one that orders their rows.

    A name of an item recurs in many rows, and those stand together, or carry a name that says
    what they are. Of several such columns, the one with the most values cuts the finest.
    """
    labels = [
        each
        for each in facts
        if rank_label_name(each.name) >= 2 and (each.is_whole or not each.is_number)
    ]
    candidates = []
    for each in facts:
        many = 2 <= each.num_distinct <= len(frame) / _FEWEST_STEPS
        if each.family >= _MANY_NUMBERED:
            continue
        if not many or (each.is_number and not each.is_whole) or each.parts > 1 or each.words > 4:
            continue
        num_runs = len(cut_stretches(frame, [each.name]).lengths)
        is_named = names_item(each.name)
        # Numbers that begin again, in each person's rows, stand together all the same.
        are_blocks = is_named and num_runs <= len(frame) / _FEWEST_STEPS
        is_together = are_blocks or num_runs <= 1.02 * each.num_distinct
        if not is_together and not (is_named or names_group(each.name)):
            continue
        if any(
            _changes_to_and_fro(frame, each.name, other.name) for other in labels if other != each
        ):
            continue
        time = _find_time(frame, each.name, facts, decimal)
        score = 2 * is_named + 2 * is_together + (time is not None) - names_group(each.name) / 2
        fineness = num_runs if are_blocks else each.num_distinct
        candidates.append((score, fineness, each.place, each, time, is_together))
    if not candidates:
        return None
    best = max(candidates, key=lambda each: (each[0], each[1], -each[2]))
    _, _, _, found, time, is_together = best
    is_sure = (names_item(found.name) and is_together) or (
        time is not None and (is_together or names_item(found.name) or names_group(found.name))
    )
    return LongTable(found.name, time, is_sure)


def _find_time(
    frame: pd.DataFrame, item: str, facts: Sequence[ColumnFacts], decimal: str
) -> str | None:
    """Return the column that grows within the items, by name first; None where none does."""
    named = [
        each
        for each in facts
        if each.name != item and (each.is_time or (names_time(each.name) and each.is_number))
    ]
    stretches = gather_items(frame, item)
    within = np.ones(len(frame), dtype=bool)
    within[np.cumsum(stretches.lengths) - stretches.lengths] = False
    # What is measured does not grow with each and every step: a count without a name does.
    counts = [
        each
        for each in facts
        if each.name != item and each not in named and each.is_whole and each.num_distinct > 2
    ]
    for each in [*sorted(named, key=lambda each: not each.is_time), *counts]:
        moments = read_moments(frame[each.name], decimal)[stretches.order]
        steps = np.diff(moments, prepend=moments[:1])[within]
        # Rows out of order are put in order later, so most of them will do.
        needed = _SHARE_IN_ORDER if each in named else 1.0
        if len(steps) and each.num_distinct > 2 and (steps > 0).mean() >= needed:
            return each.name
    return None


def _changes_to_and_fro(frame: pd.DataFrame, item: str, label: str) -> bool:
    """Whether labels come and go within items, so that these are none."""
    pairs = len(gather_rows(frame, [item, label]).lengths)
    runs = len(cut_stretches(frame, [item, label]).lengths)
    return pairs > 1.2 * frame[item].nunique() and runs > 2 * pairs


def read_moments(column: pd.Series, decimal: str = ".") -> np.ndarray:
    """Return what orders the rows, float64 ``(rows,)``; NaN where a cell is no time."""
    numbers = read_column(column, decimal)
    if np.isnan(numbers).mean() <= 0.5:
        return numbers
    from lstm_core.data.reading.times import parse_times

    parsed = parse_times(column.where(column != ""))
    if parsed is None:
        return np.arange(len(column), dtype=np.float64)
    values = pd.to_datetime(parsed.values).astype("int64").to_numpy(dtype=np.float64)
    values[parsed.values.isna().to_numpy()] = np.nan
    return values


def _number(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Number the rows by what stands in these columns, in the order of first occurrence."""
    codes = np.zeros(len(frame), dtype=np.int64)
    for name in columns:
        column = pd.factorize(frame[name])[0].astype(np.int64)
        codes = pd.factorize(codes * (int(column.max(initial=0)) + 1) + column)[0].astype(np.int64)
    return codes
