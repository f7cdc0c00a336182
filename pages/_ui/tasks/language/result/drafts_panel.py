"""What it wrote from nothing when it was trained, one draft bolder than the other."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.language.parts import mark_parts
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from lstm_core.tasks.language.reporting import WRITTEN
from pages._ui.data.loading import load_result


def show_drafts(run: Run) -> None:
    """Show the drafts that the run ended with."""
    drafts = load_result(run.id, f"{WRITTEN}.parquet")
    st.caption(
        "Written from nothing at the end of the training, with the same luck. The higher the "
        "temperature, the more it dares."
    )
    for draft in drafts.to_dict("records"):
        with st.container(border=True):
            st.caption(f"Temperature {draft['temperature']:g}")
            st.html(mark_parts([(str(draft["text"]), "written")]))
    st.download_button(
        "Drafts as CSV",
        lambda: table_to_csv(drafts),
        file_name=f"drafts-{run.id}.csv",
        mime="text/csv",
        key="run.download_drafts",
        icon=":material/download:",
        on_click="ignore",
    )
