"""The settings that a run was trained with, and why they were chosen."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.spec import ExperimentSpec
from pages._ui.settings.choices import show_choices
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import say_duration


def show_settings(run: Run) -> None:
    """Show what it cost, the defaults with their reasons, and the whole spec to take away."""
    spec = run.resolved_spec or run.spec
    st.caption(f"{_say_training(run, spec)} · {escape_markdown(run.trained_on)}")
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


def _say_training(run: Run, spec: ExperimentSpec) -> str:
    """Say what was trained in which time, and which weights it began with."""
    seconds, version = say_duration(run.seconds), spec.model.pretrained_version
    brought = f" · weights of the pre-trained LSTM, version {version}" if version else ""
    if run.trains_nothing:
        return f"Nothing was trained · {seconds}{escape_markdown(brought)}"
    num_weights, num_epochs = run.num_parameters or 0, run.num_epochs_done
    return f"{num_weights:,} weights · {num_epochs} epochs in {seconds}{escape_markdown(brought)}"
