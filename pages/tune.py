"""Tune: a search for better settings, steered while it runs, judged when it is over."""

import streamlit as st

from lstm_core.errors import NotFoundError
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.unreadable import UnreadableError
from pages._ui.data.finding import await_server, find_draft
from pages._ui.run.deletion import offer_to_restore, show_deleted
from pages._ui.search.cockpit.listing import show_searches
from pages._ui.search.cockpit.panel import show_search
from pages._ui.search.form.form import show_search_form
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import errors_shown, show_error

get_backend()
search_id = st.query_params.get("id", "")
if search_id:
    try:
        search = get_store().searches.get(search_id)
    except (NotFoundError, UnreadableError) as error:
        show_error(error)
        offer_to_restore(search_id)
        st.page_link("pages/tune.py", label="All searches", icon=":material/query_stats:")
        st.stop()
    with errors_shown():
        show_search(search.id)
else:
    st.title("Are there better settings?")
    draft = find_draft("Choose the data first; then settings can be searched for on it.")
    if draft is not None:
        await_server()
        show_search_form(draft)
    with errors_shown():
        show_deleted(GroupKind.SEARCH)
        show_searches()
