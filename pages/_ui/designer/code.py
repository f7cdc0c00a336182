"""The experiment on the desk as plain Keras, to copy or to take away."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.export import DATA_FILE, write_data, write_notebook, write_script
from lstm_core.spec import ExperimentSpec
from pages._ui.shell.messages import show_error

_PIXELS = 640


def show_code(spec: ExperimentSpec, dataset: Dataset) -> None:
    """Show the script that does what a run would do.

    Args:
        spec: filled in.
    """
    try:
        script = write_script(spec, dataset)
    except StudioError as error:
        show_error(error)
        return
    st.caption(
        f"Plain Keras that does what Train does, by itself: it needs tensorflow and pandas, and "
        f"{DATA_FILE} beside it."
    )
    with st.container(horizontal=True):
        _offer("Script", script, "forecast.py", "text/x-python")
        _offer(
            "Notebook",
            lambda: write_notebook(spec, dataset).encode(),
            "forecast.ipynb",
            "application/x-ipynb+json",
        )
        _offer("Data", lambda: write_data(spec, dataset), DATA_FILE, "text/csv")
    st.code(script, language="python", height=_PIXELS)


def _offer(label: str, content: str | Callable[[], bytes], file_name: str, mime: str) -> None:
    st.download_button(
        f"{label} ({file_name})",
        content,
        file_name=file_name,
        mime=mime,
        key=f"designer.download_{label.lower()}",
        icon=":material/download:",
        on_click="ignore",
    )
