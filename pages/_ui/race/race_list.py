"""Races as lines that one can open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.races.standing import RaceStandings, stand_race
from lstm_core.races.verdict import judge_race
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError
from pages._ui.run.run_list import name_task
from pages._ui.run.unreadable import show_unreadable
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import say_age


def show_races() -> None:
    """Show all races, newest first, if there are any."""
    left_out: list[Unreadable] = []
    groups = get_store().groups.list_newest(GroupKind.RACE, left_out=left_out)
    if not groups and not left_out:
        return
    st.header("Races so far")
    for group in groups:
        show_race_line(group, get_store().runs.list_newest(group_id=group.id))
    show_unreadable(left_out)


def show_race_line(group: RunGroup, runs: Sequence[Run]) -> None:
    """Show one race: who takes part, how it went, and a way to open it."""
    try:
        standings = stand_race(group, runs, get_store().groups.sum_training_seconds(group.id))
    except UnreadableError as error:
        show_unreadable([error.entry])
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/race.py",
                label=f"**{escape_markdown(title_race(group))}**",
                icon=":material/flag:",
                query_params={"id": group.id},
            )
            show_race_badge(standings)
        said = "" if standings.is_running else judge_race(standings).sentence
        parts = [said, name_race_task(group, runs), say_age(group.created_at)]
        st.caption(escape_markdown(" · ".join(part for part in parts if part)))


def title_race(group: RunGroup) -> str:
    """Name a race by those who take part."""
    return " · ".join(group.settings["contestants"])


def name_race_task(group: RunGroup, runs: Sequence[Run]) -> str:
    """Say what is predicted from what; hostile text is in it."""
    if not runs:
        return group.dataset_name
    return name_task(runs[-1].resolved_spec or runs[-1].spec, group.dataset_name)


def show_race_badge(standings: RaceStandings) -> None:
    """Say how far it is."""
    if standings.is_running:
        done = f"{standings.num_completed} of {standings.num_planned} runs"
        st.badge(done, icon=":material/play_circle:", color="blue")
    elif standings.num_completed == standings.num_planned:
        st.badge("done", icon=":material/check_circle:", color="green")
    else:
        done = f"{standings.num_completed} of {standings.num_planned} runs have a result"
        st.badge(done, icon=":material/stop_circle:", color="gray")
