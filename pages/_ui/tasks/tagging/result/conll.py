"""Tagged sequences as CoNLL: a word and its tags a line, a blank line between sequences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

_NOTHING = "_"
"""In place of what is empty."""


def write_conll(table: pd.DataFrame, columns: Sequence[str]) -> str:
    """Return lines of cells with tabs between them; whatever is in a cell, it stays one.

    Args:
        table: a row a step, sequence by sequence; ``item`` tells them apart.
        columns: of it, in their order; ``token`` is the step's number where there are no words.
    """
    cells = [_clean(table["step" if _lacks_words(table, name) else name]) for name in columns]
    items = table["item"].to_numpy()
    lines: list[str] = []
    for row, line in enumerate(zip(*cells, strict=True)):
        if row and items[row] != items[row - 1]:
            lines.append("")
        lines.append("\t".join(line))
    return "\n".join(lines) + "\n"


def _lacks_words(table: pd.DataFrame, name: str) -> bool:
    return name == "token" and not table["token"].astype(bool).any()


def _clean(column: pd.Series) -> list[str]:
    """Return cells without spaces of any kind, which would be read as the end of a cell."""
    return ["_".join(str(value).split()) or _NOTHING for value in column]
