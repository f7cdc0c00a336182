"""The table of the model beside its baselines."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.runs.run import Run
from pages._ui.wording import BASELINE_TITLES

_TITLES = {"mae": "MAE", "rmse": "RMSE", "mase": "MASE", "smape": "sMAPE %", "r2": "R²"}
_HELP = {
    "MAE": "Mean absolute error, in the units of the target. Smaller is better.",
    "RMSE": "Root of the mean squared error: large misses weigh more. Smaller is better.",
    "MASE": "Error relative to repeating the last season in the training part; below 1 is better "
    "than that.",
    "sMAPE %": "Symmetric percentage error, 0 to 200. Treacherous near zero.",
    "R²": "Share of the variation explained; 1 is perfect, below 0 is worse than the mean.",
}


def show_scores(run: Run) -> None:
    """Show errors on the test part, the model first, then the baselines from best to worst."""
    if run.metrics is None or run.baselines is None:
        return
    ranked = sorted(run.baselines.items(), key=lambda item: _rank(item[1]))
    named = [
        ("This model", run.metrics),
        *((BASELINE_TITLES.get(name, name), scores) for name, scores in ranked),
    ]
    rows = [
        {"": name} | {title: scores.get(key) for key, title in _TITLES.items()}
        for name, scores in named
    ]
    config: dict[str, Any] = {
        title: st.column_config.NumberColumn(title, help=help_text, format="%.4g")
        for title, help_text in _HELP.items()
    }
    st.dataframe(rows, column_config=config, hide_index=True, key="run.scores")
    st.caption("Errors on the test part: the last rows, which the model never saw.")


def _rank(scores: dict[str, Any]) -> float:
    for measure in ("mase", "mae"):
        if scores.get(measure) is not None:
            return float(scores[measure])
    return float("inf")
