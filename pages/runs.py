"""Runs: all that were made, to reopen or to delete."""

import streamlit as st

from pages._ui.messages import errors_shown
from pages._ui.run_list import show_run_line
from pages._ui.services import get_backend, get_store

st.title("Runs")
get_backend()
store = get_store()
with errors_shown():
    store.mark_vanished()
    runs = store.list_runs()
    if not runs:
        st.info("No runs yet. The first one is a click away.", icon=":material/waving_hand:")
        st.page_link(
            "pages/home.py", label="Train your first model", icon=":material/arrow_forward:"
        )
    for run in runs:
        line, remove = st.columns([12, 1], vertical_alignment="center")
        with line:
            show_run_line(run)
        if remove.button(
            "",
            key=f"runs.delete_{run.id}",
            icon=":material/delete:",
            help="Delete this run with its curves, forecast and model."
            if run.is_finished
            else "Stop this run before you delete it.",
            disabled=not run.is_finished,
            type="tertiary",
        ):
            st.session_state["runs.asked"] = run.id
        if st.session_state.get("runs.asked") == run.id:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown("Delete it for good, with its curves, forecast and model?")
                if st.button("Delete", key="runs.confirm", type="primary"):
                    store.delete_run(run.id)
                    del st.session_state["runs.asked"]
                    st.rerun()
                if st.button("Keep", key="runs.keep"):
                    del st.session_state["runs.asked"]
                    st.rerun()
