"""Runs: all that were made, to reopen or to delete; those of a race or a search stand together."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from lstm_core.runs.estimate import Place
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError
from pages._ui.race.race_list import show_race_line
from pages._ui.run.deletion import ask_before_deletion, show_delete_button, show_deleted
from pages._ui.run.run_list import show_run_line
from pages._ui.run.unreadable import show_unreadable
from pages._ui.search.cockpit.listing import show_search_line, show_search_runs
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import errors_shown
from pages._ui.shell.time_left import look_up_places


def _show_run(run: Run, places: Mapping[str, Place]) -> None:
    show_run_line(run, places.get(run.id), partial(show_delete_button, run))
    ask_before_deletion(run)


def _show_race(group: RunGroup, runs: list[Run], places: Mapping[str, Place]) -> None:
    show_race_line(group, runs)
    with st.expander(
        f"Its {len(runs)} runs", key=f"runs.members_{group.id}", icon=":material/list:"
    ):
        for run in runs:
            _show_run(run, places)


def _show_search(group: RunGroup) -> None:
    try:
        search = get_store().searches.get(group.id)
    except UnreadableError as error:
        show_unreadable([error.entry])
        return
    show_search_line(search)
    show_search_runs(search)


st.title("Runs")
get_backend()
with errors_shown():
    get_store().watch.mark_vanished()
    show_deleted()
    left_out: list[Unreadable] = []
    runs = get_store().runs.list_newest(with_trials=False, left_out=left_out)
    groups = get_store().groups.list_newest(left_out=left_out)
    places = look_up_places(runs)
    if not runs and not groups and not left_out:
        st.info("No runs yet. The first one is a click away.", icon=":material/waving_hand:")
        st.page_link("pages/home.py", label="Train your first model", icon=":material/home:")
    # A group stands where its newest run does; a search, whose runs are not listed, where it began.
    members = {group.id: [run for run in runs if run.group_id == group.id] for group in groups}
    single = [run for run in runs if run.group_id is None]
    lines = [(run.created_at, partial(_show_run, run, places)) for run in single]
    for group in groups:
        own = members[group.id]
        if group.kind is GroupKind.SEARCH:
            lines.append((group.created_at, partial(_show_search, group)))
        elif own:
            lines.append((own[0].created_at, partial(_show_race, group, own, places)))
    lines += [(entry.created_at, partial(show_unreadable, [entry])) for entry in left_out]
    for _, show in sorted(lines, key=lambda line: line[0], reverse=True):
        show()
