"""Errors by fold, step, series and calendar, one way at a time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.charts.forecasting.breakdowns import MOST_BARS, draw_breakdown, list_breakdowns
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.server.services import get_store
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

FILE = "breakdowns.parquet"

_WAYS = {  # words, and what to look for
    "fold": (
        "Fold",
        "Each fold is a later stretch of the test part. A model that wins in one of them only may "
        "have been lucky there.",
    ),
    "step": (
        "Steps ahead",
        "The further ahead, the harder. Where the lines cross, the baseline becomes the better "
        "choice.",
    ),
    "hour": ("Hour", "At which hour of the day the predictions are good, and at which they miss."),
    "weekday": ("Weekday", "On which days the predictions are good, and on which they miss."),
    "month": ("Month", "In which months the predictions are good, and in which they miss."),
    "series": ("Series", f"The series with the largest errors first, at most {MOST_BARS} of them."),
}


@fragment()
def show_breakdowns(run: Run, rival: tuple[str, str], peers: Sequence[tuple[str, str]]) -> None:
    """Show where the model is good beside the best baseline and peers, ``(column, title)``."""
    if not any(entry.name == FILE for entry in get_store().artifacts.list_of(run.id)):
        st.caption("This run was made before errors were broken down. Train it again to see them.")
        return
    table = load_result(run.id, FILE)
    ways = list_breakdowns(table)
    if not ways:
        st.caption("There is nothing to compare: the test part is one step of one series.")
        return
    by = st.segmented_control(
        "Errors by",
        ways,
        default=ways[0],
        required=True,
        format_func=lambda way: _WAYS[way][0],
        key="run.breakdown",
    )
    words, meaning = _WAYS[by]
    st.plotly_chart(
        recall_figure(draw_breakdown, table, by, rival, peers),
        key="run.breakdown_chart",
        config=PLOTLY_CONFIG,
        alt=f"Errors on the test part by {words.lower()}: model, best baseline, other models.",
    )
    st.caption(
        f"{meaning} Smaller is better. The unit is MASE: 1 is the error of repeating the last "
        "season before the test part."
    )
