"""Race: several networks under the same conditions, and what their difference is worth."""

import streamlit as st

from lstm_core.errors import NotFoundError
from lstm_core.races.results import get_race
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.unreadable import UnreadableError
from pages._ui.data.finding import await_server, find_draft
from pages._ui.race.race_form import show_race_form
from pages._ui.race.race_list import name_race_task, show_races, title_race
from pages._ui.race.race_panel import show_race
from pages._ui.run.deletion import offer_to_restore, show_deleted
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import errors_shown, escape_markdown, show_error

get_backend()
race_id = st.query_params.get("id", "")
if race_id:
    try:
        race = get_race(get_store(), race_id)
    except (NotFoundError, UnreadableError) as error:
        show_error(error)
        offer_to_restore(race_id)
        st.page_link("pages/race.py", label="All races", icon=":material/flag:")
        st.stop()
    with st.container(key="page_head"):
        st.title(escape_markdown(title_race(race)), anchor=False)
    with errors_shown():
        runs = get_store().runs.list_newest(group_id=race.id)
        st.caption(escape_markdown(name_race_task(race, runs)))
        show_race(race)
else:
    st.title("Which network is worth its time?")
    draft = find_draft("Choose the data first; then the networks can be raced on it.")
    if draft is not None:
        await_server()
        show_race_form(draft)
    with errors_shown():
        show_deleted(GroupKind.RACE)
        show_races()
