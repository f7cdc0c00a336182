"""A finished run: the verdict, what it was trained for, and everything behind them."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.run.again import offer_again
from pages._ui.run.doctor_panel import show_doctor
from pages._ui.run.export_panel import show_export
from pages._ui.run.live_panel import show_curves
from pages._ui.run.run_settings import show_settings
from pages._ui.run.scores import show_scores
from pages._ui.run.watching import Look
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.share import show_link
from pages._ui.tasks.face import Show
from pages._ui.tasks.registry import find_pages


def show_result(run: Run) -> None:
    """Show what came of a finished run, whatever it was."""
    if not run.has_result:
        _show_unfinished(run)
        return
    if run.is_stopped_early:
        st.info(escape_markdown(run.message), icon=":material/stop_circle:")
    _show_verdict(run)
    pages = find_pages(run.spec)
    parts = pages.show_answer(run)
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.downloads()
        show_link(run.id)
    _offer_next_steps(run)
    show_doctor(run)
    parts.try_it()
    panels: dict[str, Show] = {
        "Against the baselines": lambda: show_scores(run),
        **parts.tabs,
        "Learning curves": lambda: _show_learning(run),
        "Settings": lambda: show_settings(run),
        "Code": lambda: show_export(run),
    }
    for tab, show in zip(st.tabs(list(panels)), panels.values(), strict=True):
        with tab:
            show()
    parts.proof()


def _show_verdict(run: Run) -> None:
    verdict = read_verdict(run)
    assert verdict is not None
    sentence = f"**{escape_markdown(verdict.sentence)}**"
    if verdict.outcome == "win":
        st.success(sentence, icon=":material/thumb_up:")
    else:
        advice = escape_markdown(verdict.advice)
        st.warning(f"{sentence}\n\n{advice}", icon=":material/balance:")
    for note in verdict.notes:
        st.caption(escape_markdown(note))


def _show_unfinished(run: Run) -> None:
    messages = {
        RunStatus.FAILED: st.error,
        RunStatus.CANCELLED: st.info,
        RunStatus.INTERRUPTED: st.warning,
        RunStatus.PRUNED: st.info,
    }
    messages[run.status](escape_markdown(run.message))
    _offer_next_steps(run)
    _show_learning(run)


def _show_learning(run: Run) -> None:
    if run.trains_nothing and run.is_finished:
        st.caption("Nothing was trained: the network was used as it came, so there are no curves.")
        return
    points = get_store().runs.get_epochs(run.id)
    show_curves(Look(run, points))
    find_pages(run.spec).show_growth(run, points)


def _offer_next_steps(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_again(run)
        st.page_link("pages/data.py", label="Choose other data", icon=":material/table:")
