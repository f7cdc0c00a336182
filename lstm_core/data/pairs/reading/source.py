"""What files of pairs gave, before anything has a part: a row a pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from lstm_core.data.items.reading.source import Hint

Form = Literal["table", "objects", "parallel", "tmx", "lines"]


@dataclass(frozen=True)
class PairSource:
    """A table with a row for each pair.

    Attributes:
        frame: text columns alone, as they were written; a cell without anything is ``""``.
            Names are unique, and hostile.
        name: of the file.
        form: ``table``: cells of a table; ``objects``: JSON; ``parallel``: files a side; ``tmx``;
            ``lines``: running text, a sentence a line.
        hints: by part of ``PairsDataSpec``, what the format itself tells.
        has_header: whether the first row was taken as names; None for other forms.
        first_line: the number that the first row has in its file, for messages.
        num_files: that its rows come from, one behind the other.
        notes: how it was read.
    """

    frame: pd.DataFrame
    name: str
    form: Form
    hints: Mapping[str, Hint] = field(default_factory=dict)
    has_header: bool | None = None
    first_line: int = 1
    num_files: int = 1
    notes: tuple[str, ...] = ()
