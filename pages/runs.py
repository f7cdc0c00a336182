"""Runs: all that were made, to reopen or to delete; those of a race stand together."""

from functools import partial

import streamlit as st

from lstm_core.runs.run import Run
from pages._ui.deletion import ask_before_deletion, show_delete_button
from pages._ui.messages import errors_shown
from pages._ui.race_list import show_race_line
from pages._ui.run_list import show_run_line
from pages._ui.services import get_backend, get_store


def _show_run(run: Run) -> None:
    show_run_line(run, partial(show_delete_button, run))
    ask_before_deletion(run)


st.title("Runs")
get_backend()
with errors_shown():
    get_store().mark_vanished()
    runs = get_store().list_runs()
    if not runs:
        st.info("No runs yet. The first one is a click away.", icon=":material/waving_hand:")
        st.page_link("pages/home.py", label="Train your first model", icon=":material/home:")
    groups = {group.id: group for group in get_store().list_groups()}
    shown = set()
    for run in runs:
        if run.group_id is None:
            _show_run(run)
        elif run.group_id not in shown:  # all at once, where its newest run stands
            shown.add(run.group_id)
            group = groups[run.group_id]
            own = [member for member in runs if member.group_id == group.id]
            show_race_line(group, own)
            with st.expander(f"Its {len(own)} runs", icon=":material/list:"):
                for member in own:
                    _show_run(member)
