"""Run: one run by its address, live or finished, for everybody who has the link."""

import streamlit as st

from lstm_core.errors import NotFoundError
from lstm_core.runs.snapshots.unreadable import UnreadableError
from pages._ui.run.deletion import offer_to_restore
from pages._ui.run.live_panel import show_live
from pages._ui.run.result_panel import show_result
from pages._ui.run.run_list import title_run
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import errors_shown, escape_markdown, show_error
from pages._ui.shell.wording import choose_badge

get_backend()
run_id = st.query_params.get("id", "")
if not run_id:
    st.title("Which run?")
    st.info("This address names no run. Each run has one of its own, which its page can share.")
    st.page_link("pages/runs.py", label="All runs", icon=":material/list:")
    st.stop()
try:
    get_store().watch.mark_vanished()
    run = get_store().runs.get(run_id)
except (NotFoundError, UnreadableError) as error:
    show_error(error)
    offer_to_restore(run_id)
    st.page_link("pages/runs.py", label="All runs", icon=":material/list:")
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", key="page_head"):
    st.title(escape_markdown(title_run(run)), width="content", anchor=False)
    words, icon, color = choose_badge(run)
    st.badge(words, icon=icon, color=color)

if run.trial is not None:
    st.page_link(
        "pages/tune.py",
        label="Part of a search",
        icon=":material/query_stats:",
        query_params={"id": run.group_id or ""},
    )
elif run.group_id is not None:
    st.page_link(
        "pages/race.py",
        label="Part of a race",
        icon=":material/flag:",
        query_params={"id": run.group_id},
    )

with errors_shown():
    if run.is_finished:
        show_result(run)
    else:
        show_live(run)
