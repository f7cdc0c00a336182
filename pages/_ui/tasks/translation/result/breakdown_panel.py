"""Where it errs: by length, by units that it never met, by group."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.core.beside import MOST_GROUPS
from lstm_core.charts.translation.breakdowns import draw_breakdown, list_breakdowns
from lstm_core.judging.measures import Measure
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.wording import title_baseline

_WAYS = {  # words, and what to look for
    "length": ("Length", "Units of what is given: whether short or long texts are harder."),
    "unknown": (
        "Unknown",
        "Units of what is given that were never met in training: what is read as a gap can only "
        "be guessed.",
    ),
    "group": (
        "Group",
        f"Pairs that belong together; those with the lowest scores first, at most {MOST_GROUPS}.",
    ),
}


@fragment()
def show_breakdowns(run: Run, measure: Measure) -> None:
    """Show the measure that decides, by what may make a difference."""
    table = load_result(run.id, "breakdowns.parquet")
    ways = list_breakdowns(table)
    if not ways:
        st.caption("There is nothing to compare: all held-out texts are alike.")
        return
    by = st.segmented_control(
        f"{measure.title} by",
        ways,
        default=ways[0],
        required=True,
        format_func=lambda way: _WAYS[way][0],
        key="run.breakdown",
    )
    columns = {"score": "The model"} | {
        f"score_{name}": title_baseline(name, run)
        for name in run.baselines or {}
        if f"score_{name}" in table
    }
    words, meaning = _WAYS[by]
    st.plotly_chart(
        recall_figure(draw_breakdown, table, by, columns, measure.name, measure.digits),
        key="run.breakdown_chart",
        config=PLOTLY_CONFIG,
        alt=f"{measure.title} on the test part by {words.lower()}, the model's beside the "
        "baselines'.",
    )
    st.caption(f"{meaning} In brackets: how many pairs of the test part; few tell little.")
