"""What a file gave, before anything has a part: one face for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.signals import Signals
from lstm_core.spec.items import Content


@dataclass(frozen=True)
class Hint:
    """A column whose part the format itself tells, and the sentence that says so."""

    column: str
    reason: str


@dataclass(frozen=True)
class ItemSource:
    """A table, and beside it the signals of its rows where the format keeps them apart.

    Attributes:
        frame: text columns alone, as they were written; a cell without anything is ``""``.
            Names are unique, and hostile.
        signals: a signal for each row of ``frame``; may hold NaN still. None where the numbers,
            if there are any, stand in the table.
        content: what the format says that it holds; None where it doesn't.
        hints: by part of ``ItemsDataSpec``.
        decimal: the decimal mark of the table's numbers.
        has_header: whether the first row of a table was taken as names; None for other formats.
        name: of the file.
        vectors: a file of words' vectors that was brought beside.
        notes: how it was read.
    """

    frame: pd.DataFrame
    name: str
    signals: Signals | None = None
    content: Content | None = None
    hints: Mapping[str, Hint] = field(default_factory=dict)
    decimal: str = "."
    has_header: bool | None = None
    notes: tuple[str, ...] = ()
    vectors: GivenFile | None = None

    @property
    def num_rows(self) -> int:
        return len(self.frame)
