"""Runs: all that were made, to reopen or to delete."""

from functools import partial

import streamlit as st

from pages._ui.deletion import ask_before_deletion, show_delete_button
from pages._ui.messages import errors_shown
from pages._ui.run_list import show_run_line
from pages._ui.services import get_backend, get_store

st.title("Runs")
get_backend()
with errors_shown():
    get_store().mark_vanished()
    runs = get_store().list_runs()
    if not runs:
        st.info("No runs yet. The first one is a click away.", icon=":material/waving_hand:")
        st.page_link("pages/home.py", label="Train your first model", icon=":material/home:")
    for run in runs:
        show_run_line(run, partial(show_delete_button, run))
        ask_before_deletion(run)
