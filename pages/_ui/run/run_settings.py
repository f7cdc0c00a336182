"""The settings that a run was trained with, and why they were chosen."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from pages._ui.settings.choices import show_choices
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import say_duration


def show_settings(run: Run) -> None:
    """Show what it cost, the defaults with their reasons, and the whole spec to take away."""
    spec = run.resolved_spec or run.spec
    st.caption(
        f"{run.num_parameters or 0:,} weights · {run.num_epochs_done} epochs in "
        f"{say_duration(run.seconds)} · {escape_markdown(run.device or '')}"
    )
    show_choices(spec, run.reasons)
    st.download_button(
        "Spec as JSON",
        spec.to_json(),
        file_name=f"spec-{run.id}.json",
        mime="application/json",
        key="run.download_spec",
        icon=":material/download:",
        on_click="ignore",
    )
    st.json(spec.model_dump(mode="json"), expanded=False)
