"""The doctor: what is wrong with a finished run, and a button for each change that may help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.draft import address_draft, start_draft_from
from pages._ui.shell.addresses import turn_to
from pages._ui.shell.messages import escape_markdown


def show_doctor(run: Run) -> None:
    """Show a card for each diagnosis; nothing for a run that no doctor has seen."""
    if run.diagnoses is None:
        return
    if not run.diagnoses and run.status is RunStatus.CANCELLED:
        return  # what is wrong is that it was stopped, which the page says
    if not run.diagnoses:
        verdict = read_verdict(run)
        beats = verdict is not None and verdict.beats_baseline
        said = "has found nothing to complain about" if beats else "knows no cause for this result"
        st.caption(f":material/stethoscope: The doctor {said}.")
        return
    st.header("What the doctor found", anchor=False)
    for diagnosis in run.diagnoses:
        with st.container(border=True, key=f"run.diagnosis_{diagnosis['name']}"):
            _show_diagnosis(run, diagnosis)


def _show_diagnosis(run: Run, diagnosis: Mapping[str, Any]) -> None:
    st.markdown(
        f":material/stethoscope: **{escape_markdown(diagnosis['title'])}**\n\n"
        f"{escape_markdown(diagnosis['evidence'])}"
    )
    st.caption(escape_markdown(diagnosis["advice"]))
    fix = diagnosis["fix"]
    if fix is not None and st.button(
        escape_markdown(fix["label"]),
        key=f"run.fix_{diagnosis['name']}",
        icon=":material/healing:",
        help="Opens this run's settings with that changed, to look at before you train.",
    ):
        changed = run.spec.with_values(fix["changes"])
        start_draft_from(changed, run.dataset_id, change=fix["label"])
        turn_to("model", **address_draft())
