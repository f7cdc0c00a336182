"""Runs: all that were made, to reopen or to delete; those of a race or a search stand together."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from lstm_core.runs.estimate import Place
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError
from lstm_core.runs.stores.listing import Entry, GroupEntry, Page
from pages._ui.race.race_list import show_race_line
from pages._ui.run.deletion import ask_before_deletion, show_delete_button, show_deleted
from pages._ui.run.paging import ask_what_is_sought, read_place, show_paging
from pages._ui.run.run_list import show_run_line
from pages._ui.run.unreadable import show_unreadable
from pages._ui.search.cockpit.listing import show_search_line, show_search_runs
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import errors_shown
from pages._ui.shell.time_left import look_up_places


def _show_run(run: Run, places: Mapping[str, Place]) -> None:
    show_run_line(run, places.get(run.id), partial(show_delete_button, run))
    ask_before_deletion(run)


def _show_race(entry: GroupEntry, places: Mapping[str, Place]) -> None:
    show_race_line(entry.group, entry.runs)
    with st.expander(
        f"Its {len(entry.runs)} runs",
        key=f"runs.members_{entry.group.id}",
        icon=":material/list:",
    ):
        for run in entry.runs:
            _show_run(run, places)


def _show_search(group: RunGroup) -> None:
    try:
        search = get_store().searches.get(group.id)
    except UnreadableError as error:
        show_unreadable([error.entry])
        return
    show_search_line(search)
    show_search_runs(search)


def _show_entry(entry: Entry, places: Mapping[str, Place]) -> None:
    if isinstance(entry, Unreadable):
        show_unreadable([entry])
    elif isinstance(entry, Run):
        _show_run(entry, places)
    elif entry.group.kind is GroupKind.SEARCH:
        _show_search(entry.group)
    else:
        _show_race(entry, places)


def _list_runs(page: Page) -> list[Run]:
    alone = [entry for entry in page.entries if isinstance(entry, Run)]
    groups = [entry for entry in page.entries if isinstance(entry, GroupEntry)]
    return [*alone, *(run for entry in groups for run in entry.runs)]


st.title("Runs")
get_backend()
with errors_shown():
    show_deleted()
    sought = ask_what_is_sought()
    page = get_store().listing.read_page(read_place(sought), sought.text, sought.standing)
    if not page.entries and sought.is_all:
        st.info("No runs yet. The first one is a click away.", icon=":material/waving_hand:")
        st.page_link("pages/home.py", label="Train your first model", icon=":material/home:")
    elif not page.entries:
        st.info("Nothing of that kind is in the record.", icon=":material/search_off:")
    places = look_up_places(_list_runs(page))
    show_paging(page)
    for entry in page.entries:
        _show_entry(entry, places)
