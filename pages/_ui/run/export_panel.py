"""A finished run as plain Keras, to take away."""

from __future__ import annotations

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.export import DATA_FILE, write_data, write_notebook, write_script
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_run_dataset
from pages._ui.shell.messages import show_error

_PIXELS = 640


def show_export(run: Run) -> None:
    """Offer the script, the notebook and the table that a completed run comes to."""
    assert run.resolved_spec is not None
    spec, dataset = run.resolved_spec, load_run_dataset(run.dataset_id)
    try:
        script = write_script(spec, dataset)
    except StudioError as error:  # not every way of training can be written down
        show_error(error)
        return
    st.caption(
        "Plain Keras that trains what this run trained, by itself: it needs tensorflow and "
        f"pandas, and {DATA_FILE} in the same folder. What it leaves out stands at its head."
    )
    if run.is_stopped_early:
        st.caption(
            "This run was stopped early; the script trains to its end, and predicts by that."
        )
    with st.container(horizontal=True):
        st.download_button(
            "Script",
            script,
            file_name=f"forecast-{run.id}.py",
            mime="text/x-python",
            key="run.download_script",
            icon=":material/code:",
            on_click="ignore",
        )
        st.download_button(
            "Notebook",
            lambda: write_notebook(spec, dataset),
            file_name=f"forecast-{run.id}.ipynb",
            mime="application/x-ipynb+json",
            key="run.download_notebook",
            icon=":material/book:",
            on_click="ignore",
        )
        st.download_button(
            f"Data ({DATA_FILE})",
            lambda: write_data(spec, dataset),
            file_name=DATA_FILE,
            mime="text/csv",
            key="run.download_data",
            icon=":material/table:",
            on_click="ignore",
        )
    st.code(script, language="python", height=_PIXELS)
