"""What a network with attention looked at for its forecast."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.charts.core.selection import select_line
from lstm_core.charts.forecasting.attention import draw_attention, say_attention
from lstm_core.models.recipes import shows_weights
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG


def has_attention(run: Run) -> bool:
    """Whether the run's network weighs the steps of its window."""
    return shows_weights((run.resolved_spec or run.spec).model)


def show_attention(run: Run, history: pd.DataFrame, line: tuple[str, str]) -> None:
    """Draw the weights over the window that the forecast of one line goes on from."""
    attention = select_line(load_result(run.id, "attention.parquet"), line)
    st.plotly_chart(
        recall_figure(draw_attention, history, attention),
        key="run.attention",
        config=PLOTLY_CONFIG,
        alt="The last window, and how much each of its steps counted for the forecast.",
    )
    st.markdown(say_attention(attention))
    st.caption(
        "The weights of the last attention layer, which add up to 100%; of several networks, "
        "their mean. They show where it looked, not why."
    )
