"""What was understood of the files, why, and what else could be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.items.reading.facts import ColumnFacts
from lstm_core.spec.items import ItemsDataSpec

PARTS = ("text", "label", "group", "item", "time", "split")
"""The parts that one column may have, as ``ItemsDataSpec`` calls them."""


@dataclass(frozen=True)
class Finding:
    """One decision.

    Attributes:
        part: the field of ``ItemsDataSpec``.
        value: what it was set to, as it stands in the spec; None for no column.
        reason: a sentence about why, for people; names in it are hostile.
        others: the values that could be meant instead, the likeliest first.
        asks: whether a person should look at it: something speaks for another answer.
    """

    part: str
    value: str | None
    reason: str
    others: tuple[str, ...] = ()
    asks: bool = False


@dataclass(frozen=True)
class Understanding:
    """All decisions together.

    ``spec`` has every part filled in that the files have; ``columns`` are what the table's
    columns hold, one row an item (in a long table, of what is the same within each item).
    """

    spec: ItemsDataSpec
    findings: Mapping[str, Finding]
    columns: tuple[ColumnFacts, ...]
