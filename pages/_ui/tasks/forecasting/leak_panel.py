"""A proof for everybody to see: the future is scrambled, and nothing that is learnt changes."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.forecasting.framing.leaks import LeakReport, check_leaks
from pages._ui.data.loading import load_run_collection
from pages._ui.shell.messages import errors_shown, escape_markdown

_REPORT = "leaks.report"


def show_leak_check(run: Run) -> None:
    """Show a button that scrambles the future of the run's data, and what came of it."""
    pressed = st.button(
        "Scramble the future",
        key="run.scramble",
        icon=":material/shuffle:",
        help="Corrupts every value behind the training part in a copy of the data, prepares the "
        "experiment again, and compares all that it learns from, byte for byte.",
    )
    if pressed:
        with errors_shown(), st.spinner("Preparing it twice, once with a scrambled future…"):
            report = check_leaks(run.spec, load_run_collection(run.dataset_id))
            st.session_state[_REPORT] = (run.id, report)
    run_id, report = st.session_state.get(_REPORT, (None, None))
    if run_id == run.id:
        _show_report(report)


def _show_report(report: LeakReport) -> None:
    show = st.success if report.is_clean else st.error
    icon = ":material/verified:" if report.is_clean else ":material/water_drop:"
    show(f"**{escape_markdown(report.sentence)}**", icon=icon)
    st.markdown(
        "  \n".join(
            f"{_mark(check.is_same)} {escape_markdown(check.sentence)}" for check in report.checks
        )
    )


def _mark(is_same: bool) -> str:
    return ":green[:material/check:]" if is_same else ":red[:material/close:]"
