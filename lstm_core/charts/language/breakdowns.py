"""Where a text surprised: by what a unit is, by how far it has been read."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.beside import draw_beside, list_parts

ORDER = ("kind", "place")
"""By what a unit is; by how far a text has been read."""


def list_breakdowns(breakdowns: pd.DataFrame) -> list[str]:
    """Return the ways that have something to compare, in ``ORDER``."""
    return list_parts(breakdowns, ORDER)


def draw_breakdown(
    breakdowns: pd.DataFrame,
    by: str,
    columns: Mapping[str, str],
    title: str = "surprise, nats a unit",
) -> go.Figure:
    """Draw the surprise of each part, beside that of baselines: shorter is better.

    Args:
        breakdowns: ``by, value, num`` and a column of nats for each of ``columns``.
        by: one of ``list_breakdowns``.
        columns: names for people by column, the model's first.
    """
    return draw_beside(breakdowns[breakdowns["by"] == by], columns, title, ".2f")
