"""What was trained on and what was tested, over the whole series."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.charts.forecasting.folds import draw_folds
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.forecasting.framing.regions import list_regions
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_ONE_TRAINING = "One training, on the rows before the test part, predicted all folds."
_REFIT = {
    "expanding": "Before each fold the model was trained anew, on all rows up to there.",
    "sliding": "Before each fold the model was trained anew, on equally many rows before it.",
}


def show_folds(run: Run, history: pd.DataFrame, predictions: pd.DataFrame) -> None:
    """Show the folds of one series and target; tables as for ``charts.forecasting.folds``."""
    spec = run.resolved_spec
    if spec is None:
        return
    st.plotly_chart(
        recall_figure(draw_folds, history, predictions, list_regions(history["timestamp"], spec)),
        key="run.folds",
        config=PLOTLY_CONFIG,
        alt="The whole series: training, validation and test part, its folds numbered, and what "
        "the model predicted in them.",
    )
    task = spec.task
    how = _REFIT[task.window] if task.refit else _ONE_TRAINING
    gap = f" {task.gap} rows between the parts were left out." if task.gap else ""
    st.caption(
        f"{how} The validation part decides when to stop. Numbers stand for the folds of the test "
        f"part; drag over them to look closer, double click for all.{gap}"
    )
