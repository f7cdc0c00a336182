"""Figures are drawn once for what they show: a page that is shown again has them at hand."""

from __future__ import annotations

import plotly.graph_objects as go

from lstm_core.memo import Memo

_MOST_KEPT = 128

recall_figure = Memo[go.Figure](_MOST_KEPT).recall
"""Of this server's figures, the one that a function draws; see ``Memo.recall``."""
