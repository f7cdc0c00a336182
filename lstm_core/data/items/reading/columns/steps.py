"""Wide tables: which columns are the steps of a signal, and of which channel."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_core.data.items.reading.columns.facts import ColumnFacts


FEWEST_STEPS = 5
_NUMBERED = re.compile(r"(.*?)[\s_\-.\[(]*(\d{1,9})[\])]?")
_BARE_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,12})?")


def find_steps(facts: Sequence[ColumnFacts]) -> tuple[str, ...]:
    """Return the columns of numbers whose names count: ``t0``, ``t1``, …; empty where none do.

    Columns of several channels, ``x_0 … x_99, y_0 … y_99``, count as often as each other.
    """
    families: dict[str, list[str]] = defaultdict(list)
    for each in facts:
        # Behind the end of all but a few items, a column is empty.
        if each.is_number or each.num_given == 0:
            families[name_channel(each.name)].append(each.name)
    sizes = {family: len(names) for family, names in families.items()}
    longest = max(sizes.values(), default=0)
    if longest < FEWEST_STEPS:
        return ()
    kept = {name for family, names in families.items() if len(names) == longest for name in names}
    return tuple(each.name for each in facts if each.name in kept)


def split_channels(columns: Sequence[str]) -> dict[str, list[str]]:
    """Return each channel's columns of a wide table, in their order.

    Where the names don't tell channels of one length apart, all columns are one channel.
    """
    families: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        families[name_channel(column)].append(column)
    lengths = {len(names) for names in families.values()}
    if len(lengths) != 1 or lengths == {1}:
        return {"value": list(columns)}
    if len(families) == 1:
        return {"value": list(columns)}
    return {family or "value": names for family, names in families.items()}


def are_nameless(columns: Sequence[str]) -> bool:
    """Whether all names are mere numbers, as pandas gives them to a table without any."""
    return len(columns) >= FEWEST_STEPS and all(_BARE_NUMBER.fullmatch(name) for name in columns)


def is_bare(name: str) -> bool:
    """Whether a name is a number, or one that was given for want of any."""
    return bool(_BARE_NUMBER.fullmatch(name) or re.fullmatch(r"column \d+", name))


def name_channel(column: str) -> str:
    """Return a name without the number that it ends in; ``""`` for a bare number."""
    if _BARE_NUMBER.fullmatch(column.strip()):
        return ""
    found = _NUMBERED.fullmatch(column.strip())
    return found.group(1) if found is not None else column
