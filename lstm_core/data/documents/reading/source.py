"""What files gave, before anything has a part: one row a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from lstm_core.data.items.reading.source import Hint


@dataclass(frozen=True)
class DocumentSource:
    """A table of text cells.

    Attributes:
        frame: a cell without anything is ``""``. Names are unique, and hostile.
        is_files: whether each file was one text: the frame's columns then are ``file``, ``text``
            and what paths say.
        hints: by part of ``DocumentsDataSpec``: the column that the format itself tells.
        has_header: whether the first row of a table was taken as names; None for files.
        name: of the file. ``notes``: how it was read.
    """

    frame: pd.DataFrame
    name: str
    is_files: bool
    hints: Mapping[str, Hint] = field(default_factory=dict)
    has_header: bool | None = None
    notes: tuple[str, ...] = ()
