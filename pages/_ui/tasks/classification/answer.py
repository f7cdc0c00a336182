"""The first screen of a finished classification, and what comes below it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from pages._ui.data.loading import load_result
from pages._ui.tasks.face import ResultParts


def show_answer(run: Run) -> ResultParts:
    """Return what comes below the verdict; the measures stand there beside the baselines."""
    predictions = load_result(run.id, "predictions.parquet")
    return ResultParts(
        downloads=lambda: _offer_predictions(run, predictions),
        try_it=_show_nothing,
        tabs={},
        proof=_show_nothing,
    )


def _offer_predictions(run: Run, predictions: pd.DataFrame) -> None:
    st.download_button(
        "Predictions as CSV",
        lambda: table_to_csv(predictions),
        file_name=f"predictions-{run.id}.csv",
        mime="text/csv",
        key="run.download_predictions",
        icon=":material/download:",
        on_click="ignore",
        help="What was said of each item that was kept apart to judge.",
    )


def _show_nothing() -> None:
    """Nothing more is to be shown."""
