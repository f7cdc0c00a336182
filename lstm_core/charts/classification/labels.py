"""How many items each label has."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.counts import draw_counts


def draw_label_counts(counts: pd.DataFrame) -> go.Figure:
    """Draw a lying bar for each label, the largest on top.

    Args:
        counts: ``label, num_items``, the largest first.
    """
    labels = [str(label) for label in counts["label"]]
    return draw_counts(labels, counts["num_items"].tolist())
