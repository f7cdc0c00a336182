"""What was taken for what, as a matrix whose cells can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.matrix import Side, draw_matrix, share_rows
from lstm_core.charts.core.palette import label_name


def draw_confusion(matrix: np.ndarray, names: Sequence[str]) -> go.Figure:
    """Draw true labels downward and labels as said to the right; what is right, on the diagonal.

    Args:
        matrix: ``(labels, labels)`` counts; ``names``: of the labels.
    """
    shares = share_rows(matrix)
    told = [
        f"{label_name(names[row][:100])}, taken for {label_name(names[column][:100])}: "
        f"{matrix[row, column]:,} ({shares[row, column]:.0%} of its items)"
        if row != column
        else f"{label_name(names[row][:100])}, rightly: {matrix[row, row]:,} "
        f"({shares[row, row]:.0%} of its items)"
        for row, column in np.ndindex(matrix.shape)
    ]
    is_right = np.eye(len(names), dtype=bool)
    return draw_matrix(
        matrix, is_right, Side("its label", names), Side("the model says", names), told
    )
