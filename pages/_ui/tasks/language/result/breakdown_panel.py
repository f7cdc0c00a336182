"""Where it is surprised: by what a unit is, by how far a text was read, text by text."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.charts.language.breakdowns import draw_breakdown, list_breakdowns
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.language.judging.tables import MOST_DOCUMENTS
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.language.result.held_out_panel import show_held_out

_WAYS = {  # words, and what to look for
    "kind": ("Kind", "What a unit begins with. Names and beginnings are harder than endings."),
    "place": (
        "Place",
        "Units since a text began to be read: what falls with it is what the model remembers.",
    ),
}


def show_how_well(run: Run) -> None:
    """Show the judged text, and where in it the model is surprised."""
    st.subheader("The held-out text, as it was read", anchor=False)
    show_held_out(run)
    st.subheader("Where it is surprised", anchor=False)
    _show_breakdowns(run)
    _show_documents(run)


@fragment()
def _show_breakdowns(run: Run) -> None:
    table = load_result(run.id, "breakdowns.parquet")
    ways = [way for way in list_breakdowns(table) if way in _WAYS]
    if not ways:
        st.caption("There is nothing to compare.")
        return
    by = st.segmented_control(
        "Surprise by",
        ways,
        default=ways[0],
        required=True,
        format_func=lambda way: _WAYS[way][0],
        key="run.breakdown",
    )
    columns = {"nats": "The model"} | {
        f"nats_{name}": title_baseline(name, run)
        for name in ("ngrams", "unigram")
        if f"nats_{name}" in table
    }
    words, meaning = _WAYS[by]
    st.plotly_chart(
        recall_figure(draw_breakdown, table, by, columns),
        key="run.breakdown_chart",
        config=PLOTLY_CONFIG,
        alt=f"Nats a unit on the test part by {words.lower()}, the model's beside the baselines'.",
    )
    st.caption(f"{meaning} In brackets: how many units of the test part; few tell little.")


def _show_documents(run: Run) -> None:
    table = load_result(run.id, "documents.parquet")
    if len(table) < 2:
        return
    st.subheader("Text by text", anchor=False)
    show_documents(table.sort_values("nats", ascending=False), "run.documents")
    if len(table) >= MOST_DOCUMENTS:
        st.caption(f"The first {MOST_DOCUMENTS:,} texts.")


def show_documents(table: pd.DataFrame, key: str) -> None:
    """List texts with how surprising they are."""
    st.dataframe(
        table[["id", "nats", "num_characters", "num_units", "surprise"]],
        column_config={
            "id": st.column_config.TextColumn("Text", pinned=True),
            "nats": st.column_config.NumberColumn(
                "Nats a character", help="Its surprise, shared out.", format="%.3f"
            ),
            "num_characters": st.column_config.NumberColumn("Characters", format="localized"),
            "num_units": st.column_config.NumberColumn("Units", format="localized"),
            "surprise": st.column_config.NumberColumn(
                "Nats in all", help="Of all its units together.", format="%.1f"
            ),
        },
        hide_index=True,
        key=key,
    )
