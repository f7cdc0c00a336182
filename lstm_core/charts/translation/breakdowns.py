"""How good translations are, by how long the given text is and by its unknown words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.beside import draw_beside, list_parts

ORDER = ("length", "unknown", "group")
"""By length of what was given; by how many of its words were never met; by group."""


def list_breakdowns(breakdowns: pd.DataFrame) -> list[str]:
    """Return the ways that have something to compare, in ``ORDER``."""
    return list_parts(breakdowns, ORDER)


def draw_breakdown(
    breakdowns: pd.DataFrame,
    by: str,
    columns: Mapping[str, str],
    title: str = "chrF",
    value_format: str = ".1f",
) -> go.Figure:
    """Draw the score of each part, beside that of baselines: longer is better.

    Args:
        breakdowns: ``by, value, num`` and a column of scores for each of ``columns``; what a group
            is called is hostile. Of groups, those with the lowest scores are shown.
        by: one of ``list_breakdowns``.
        columns: names for people by column, the model's first.
        title, value_format: of the score; d3's, such as ``".1%"``.
    """
    rows = breakdowns[breakdowns["by"] == by]
    if by == "group":
        rows = rows.sort_values(next(iter(columns)), kind="stable")
    return draw_beside(rows, columns, title, value_format)
