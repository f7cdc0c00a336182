"""The experiment on the desk as plain Keras, to copy or to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.export.exporter import Companion
from lstm_core.export.script import write_script
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
        program = exporter.write_program(spec, collection)
    except StudioError as error:
        show_error(error)
        return
    script, companions = write_script(program), exporter.list_companions(spec)
    does = (
        "Plain Keras that does what Train does, by itself: it needs tensorflow and pandas"
        if program.trains
        else "Plain NumPy that trains nothing: it needs pandas"
    )
    st.caption(f"{does}, and {exporter.say_files(spec)} beside it.{_say_awaited(companions)}")
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
        for each in companions:
            if not each.needs:
                _offer(each.label, partial(each.write, {}), each.name, each.mime)
    st.code(script, language="python", height=_PIXELS)


def _say_awaited(companions: Sequence[Companion]) -> str:
    """Name what only a run gives."""
    awaited = " and ".join(companion.name for companion in companions if companion.needs)
    return f" Once it has run, its page has {awaited}." if awaited else ""


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
