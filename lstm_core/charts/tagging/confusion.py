"""Which type of entity, or which tag, was taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.matrix import Side, draw_matrix, share_rows
from lstm_core.charts.core.palette import label_name

NONE = ""
"""In place of a type: there is no entity, or none was said."""

NOT_THERE, MISSED = "not there", "missed"
"""The last row: what was invented; the last column: what was not found."""

MOST_TYPES = 25
"""Of more, those that are mistaken most."""


def list_shown(confusion: pd.DataFrame) -> list[str]:
    """Return the types to show, in their own order.

    Args:
        confusion: ``type, said, num``; ``""`` is none.
    """
    wrong = confusion[confusion["type"] != confusion["said"]]
    num = wrong.groupby("type")["num"].sum().add(wrong.groupby("said")["num"].sum(), fill_value=0)
    names = {*confusion["type"], *confusion["said"]} - {NONE}
    ranked = sorted(names, key=lambda name: (-float(num.get(name, 0)), name))
    return sorted(ranked[:MOST_TYPES])


def build_matrix(
    confusion: pd.DataFrame, types: Sequence[str], *, marks_entities: bool
) -> np.ndarray:
    """Return how often each type was taken for each, ``(types, types)``.

    Of entities there is a last row for what was invented and a last column for what was missed.
    """
    names = [*types, NONE] if marks_entities else list(types)
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)), np.int64)
    for name, said, num in confusion[["type", "said", "num"]].itertuples(index=False):
        if name in places and said in places:
            matrix[places[name], places[said]] += int(num)
    return matrix


def draw_confusion(matrix: np.ndarray, types: Sequence[str], *, marks_entities: bool) -> go.Figure:
    """Draw true types downward and types as said to the right; those alike on the diagonal."""
    count = len(types)
    is_right = np.zeros(matrix.shape, dtype=bool)
    is_right[np.arange(count), np.arange(count)] = True
    shares = share_rows(matrix)
    told = [
        _tell(types, row, column, int(matrix[row, column]), float(shares[row, column]))
        for row, column in np.ndindex(matrix.shape)
    ]
    if marks_entities:
        true, said = Side("its type", [*types, NOT_THERE]), Side("the model says", [*types, MISSED])
    else:
        true, said = Side("its tag", types), Side("the model says", types)
    return draw_matrix(matrix, is_right, true, said, told)


def _tell(types: Sequence[str], row: int, column: int, number: int, share: float) -> str:
    """Return what a cell holds, in words."""
    name, said = (
        label_name(types[place][:100]) if place < len(types) else "" for place in (row, column)
    )
    if not name and not said:
        return "neither there nor said"
    if not name:
        return f"{said}, said where there is none: {number:,}"
    if not said:
        return f"{name}, missed: {number:,} ({share:.0%})"
    if name == said:
        return f"{name}, said to be one: {number:,} ({share:.0%})"
    return f"{name}, taken for {said}: {number:,} ({share:.0%})"
