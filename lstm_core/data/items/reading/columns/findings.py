"""What was understood of the files, why, and what else could be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.items.reading.columns.facts import ColumnFacts
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

    Attributes:
        spec: every part filled in that the files have. The steps of a wide table, thousands of
            columns, stand there only if they were chosen.
        findings: by part.
        channels: the columns of numbers that make up the signals; empty where the file itself
            keeps signals apart.
        columns: what the table's columns hold, a row an item (in a long table, of what is the
            same within each item).
    """

    spec: ItemsDataSpec
    findings: Mapping[str, Finding]
    channels: tuple[str, ...]
    columns: tuple[ColumnFacts, ...]
