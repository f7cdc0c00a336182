"""What files of tagged sequences gave, before anything has a part: a row a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.source import Hint

Form = Literal["columns", "table", "objects", "lines"]

DOCUMENT = "document"
"""What the column of documents is called where the format tells them."""


@dataclass(frozen=True)
class TaggedSource:
    """A table with a row for each step, and where its sequences begin if the format says it.

    Attributes:
        frame: text columns alone, as they were written; a cell without anything is ``""``.
            Names are unique, and hostile.
        name: of the file.
        form: ``columns``: CoNLL and its like; ``table``: cells under a header; ``objects``: JSON;
            ``lines``: running text, a sentence a line.
        begins: bool, ``(rows,)``: whether a sequence begins there; None where nothing says it.
        hints: by part of ``TaggedDataSpec``, what the format itself tells.
        decimal: the decimal mark of the table's numbers.
        has_header: whether the first row was taken as names; None for other forms.
        notes: how it was read.
    """

    frame: pd.DataFrame
    name: str
    form: Form
    begins: np.ndarray | None = None
    hints: Mapping[str, Hint] = field(default_factory=dict)
    decimal: str = "."
    has_header: bool | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.begins is not None and len(self.begins) != len(self.frame):
            raise ValueError("the beginnings of sequences don't fit the rows")

    @property
    def num_rows(self) -> int:
        return len(self.frame)
