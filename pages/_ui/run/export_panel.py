"""A finished run as plain Keras, to take away."""

from __future__ import annotations

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.export.exporter import Companion
from lstm_core.export.script import write_script
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.registry import find_kind
from pages._ui.data.loading import load_run_collection
from pages._ui.server.services import get_store
from pages._ui.shell.messages import show_error

_PIXELS = 640


def show_export(run: Run) -> None:
    """Offer the script, the notebook and the files beside them that a completed run comes to."""
    assert run.resolved_spec is not None
    spec, collection = run.resolved_spec, load_run_collection(run.dataset_id)
    exporter = find_kind(spec).load_exporter()
    try:
        program = exporter.write_program(spec, collection)
    except StudioError as error:  # not every way of training can be written down
        show_error(error)
        return
    script, files = write_script(program), exporter.say_files(spec)
    does = (
        "Plain Keras that trains what this run trained, by itself: it needs tensorflow and pandas"
        if program.trains
        else "Plain NumPy that trains nothing and predicts by what this run ended with: it needs "
        "pandas"
    )
    st.caption(f"{does}, and {files} in the same folder. What it leaves out stands at its head.")
    if exporter.kept:
        st.caption(
            f"With {' and '.join(exporter.kept)} in that folder as well, it trains nothing and "
            "predicts by this run's own networks."
        )
    if run.is_stopped_early and program.trains:
        st.caption(
            "This run was stopped early; the script trains to its end, and predicts by that."
        )
    with st.container(horizontal=True):
        st.download_button(
            "Script",
            script,
            file_name=f"{exporter.name}-{run.id}.py",
            mime="text/x-python",
            key="run.download_script",
            icon=":material/code:",
            on_click="ignore",
        )
        st.download_button(
            "Notebook",
            lambda: exporter.write_notebook(spec, collection),
            file_name=f"{exporter.name}-{run.id}.ipynb",
            mime="application/x-ipynb+json",
            key="run.download_notebook",
            icon=":material/book:",
            on_click="ignore",
        )
        st.download_button(
            f"Data ({exporter.data_file})",
            lambda: exporter.write_data(spec, collection),
            file_name=exporter.data_file,
            mime="text/csv",
            key="run.download_data",
            icon=":material/table:",
            on_click="ignore",
        )
        for companion in exporter.list_companions(spec):
            _offer_companion(run, companion)
        for name in exporter.kept:
            _offer_kept(run, name)
    st.code(script, language="python", height=_PIXELS)


def _offer_companion(run: Run, companion: Companion) -> None:
    """Offer a file that the script can't do without."""

    def write() -> bytes:
        artifacts = get_store().artifacts
        return companion.write({name: artifacts.get(run.id, name) for name in companion.needs})

    st.download_button(
        f"{companion.label} ({companion.name})",
        write,
        file_name=companion.name,
        mime=companion.mime,
        key=f"run.download_{companion.label.lower()}",
        icon=":material/attach_file:",
        on_click="ignore",
    )


def _offer_kept(run: Run, name: str) -> None:
    """Offer what the run kept of its networks: with it, a script trains nothing."""
    st.download_button(
        name,
        lambda: get_store().artifacts.get(run.id, name),
        file_name=name,
        mime="application/octet-stream",
        key=f"run.download_{name.partition('.')[0]}",
        icon=":material/model_training:",
        on_click="ignore",
    )
