"""Deleting a run, or a race or a search with its runs: asked for, asked back, done."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.group import GroupKind, RunGroup
from lstm_core.runs.run import Run
from pages._ui.messages import escape_markdown
from pages._ui.run_list import title_run
from pages._ui.services import get_store

_ASKED = "runs.asked"


def show_delete_button(run: Run) -> None:
    """Show the button that asks; a run that is not finished has to be stopped first."""
    reason = "with its curves, forecast and model." if run.is_finished else "once it is stopped."
    if st.button(
        f"Delete {escape_markdown(title_run(run))}",  # the icon alone is shown
        key=f"runs.delete_{run.id}",
        icon=":material/delete:",
        help=f"Delete this run, {reason}",
        disabled=not run.is_finished,
        type="tertiary",
    ):
        st.session_state[_ASKED] = run.id


def ask_before_deletion(run: Run) -> None:
    """Ask back where this run's button was pressed, and delete it when told so."""
    if st.session_state.get(_ASKED) != run.id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Delete it for good, with its curves, forecast and model?", width="content")
        if st.button("Delete", key="runs.confirm", type="primary"):
            get_store().delete_run(run.id)
            del st.session_state[_ASKED]
            st.rerun()
        if st.button("Keep", key="runs.keep"):
            del st.session_state[_ASKED]
            st.rerun()


def ask_before_deleting_race(group: RunGroup) -> None:
    """Show the button that deletes a race that is over; it asks back."""
    with st.popover("Delete", icon=":material/delete:", type="tertiary"):
        st.markdown("Delete it for good, with all its runs?")
        if st.button("Delete the race", key="race.delete", type="primary"):
            get_store().delete_group(group.id, GroupKind.RACE)
            st.switch_page("pages/race.py")


def ask_before_deleting_search(search_id: str) -> None:
    """Show the button that deletes a search that is not under way; it asks back."""
    with st.popover("Delete", icon=":material/delete:", type="tertiary"):
        st.markdown("Delete it for good, with all its trials and runs?")
        if st.button("Delete the search", key="search.delete", type="primary"):
            get_store().delete_search(search_id)
            st.switch_page("pages/tune.py")
