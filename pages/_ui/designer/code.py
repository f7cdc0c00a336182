"""The experiment on the desk as plain Keras, to copy or to take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind
from pages._ui.shell.messages import show_error

_PIXELS = 640


def show_code(spec: ExperimentSpec, collection: Any) -> None:
    """Show the script that does what a run would do.

    Args:
        spec: filled in.
    """
    exporter = find_kind(spec).load_exporter()
    try:
        script = exporter.write_script(spec, collection)
    except StudioError as error:
        show_error(error)
        return
    st.caption(
        f"Plain Keras that does what Train does, by itself: it needs tensorflow and pandas, and "
        f"{exporter.data_file} beside it."
    )
    with st.container(horizontal=True):
        _offer("Script", script, f"{exporter.name}.py", "text/x-python")
        _offer(
            "Notebook",
            lambda: exporter.write_notebook(spec, collection).encode(),
            f"{exporter.name}.ipynb",
            "application/x-ipynb+json",
        )
        _offer(
            "Data",
            lambda: exporter.write_data(spec, collection),
            exporter.data_file,
            "text/csv",
        )
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
