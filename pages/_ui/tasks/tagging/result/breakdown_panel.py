"""Where it errs: by words that it never met, by length, by group."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.tagging.breakdowns import MOST_BARS, draw_breakdown, list_breakdowns
from lstm_core.data.tagged.entities import Scheme
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_WAYS = {  # words, and what to look for
    "word": ("Words", "What was never met in training has to be told by letters and neighbours."),
    "length": ("Length", "Steps of the sequence: whether short or long ones are harder."),
    "group": (
        "Group",
        f"Sequences that belong together; those with the fewest right first, at most {MOST_BARS}.",
    ),
}


@fragment()
def show_breakdowns(run: Run, scheme: Scheme) -> None:
    """Show which share is right, by what may make a difference."""
    table = load_result(run.id, "breakdowns.parquet")
    ways = list_breakdowns(table)
    if not ways:
        st.caption("There is nothing to compare: all held-out sequences are alike.")
        return
    by = st.segmented_control(
        "Right by",
        ways,
        default=ways[0],
        required=True,
        format_func=lambda way: _WAYS[way][0],
        key="run.breakdown",
    )
    words, meaning = _WAYS[by]
    what = "entities that were found" if scheme == "bio" else "steps that got their tag"
    st.plotly_chart(
        recall_figure(draw_breakdown, table, by, what),
        key="run.breakdown_chart",
        config=PLOTLY_CONFIG,
        alt=f"The share of {what} on the test part by {words.lower()}.",
    )
    noun = "entities" if scheme == "bio" else "steps"
    st.caption(f"{meaning} In brackets: how many {noun} of the test part; few tell little.")
