"""Searches as lines that one can open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from lstm_core.runs.snapshots.search import Search, SearchStatus
from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from pages._ui.run.unreadable import show_unreadable
from pages._ui.search.cockpit.words import (
    choose_badge,
    name_run,
    name_trial,
    say_score,
    say_state,
    say_trials,
    title_search,
)
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import BADGES as RUN_BADGES
from pages._ui.shell.wording import say_age

MOST_LINES = 20
MOST_RUNS = 20


def show_searches() -> None:
    """Show the newest searches, if there are any."""
    left_out: list[Unreadable] = []
    searches = get_store().searches.list_newest(left_out=left_out)
    if not searches and not left_out:
        return
    st.header("Searches so far")
    for search in searches[:MOST_LINES]:
        show_search_line(search)
    if len(searches) > MOST_LINES:
        st.caption(f"The newest {MOST_LINES} of {len(searches):,}. All are on the Runs page.")
    show_unreadable(left_out)


def show_search_line(search: Search) -> None:
    """Show one search: what it is about, how it went, and a way to open it."""
    try:
        standing = read_standing(get_store(), search.id)
    except UnreadableError as error:
        show_unreadable([replace(error.entry, kind="search", id=search.id)])  # or one of its trials
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/tune.py",
                label=f"**{escape_markdown(title_search(search, standing))}**",
                icon=":material/query_stats:",
                query_params={"id": search.id},
            )
            words, icon, color = choose_badge(search, datetime.now(UTC))
            st.badge(words, icon=icon, color=color)
        st.caption(escape_markdown(_describe(standing)))


def show_search_runs(search: Search) -> None:
    """Offer links to the newest runs of a search, folded away and read when unfolded."""
    folded = st.expander(
        "Its runs",
        icon=":material/list:",
        key=f"runs.search_{search.id}",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        runs = get_store().trials.list_runs(search.id)[::-1]
        for run in runs[:MOST_RUNS]:
            words, icon, _ = RUN_BADGES[run.status]
            st.page_link(
                "pages/run.py",
                label=f"{name_run(run)}: {words}",
                icon=icon,
                query_params={"id": run.id},
            )
        if len(runs) > MOST_RUNS:
            st.caption(f"The newest {MOST_RUNS} of {len(runs):,}. The search's page shows all.")


def _describe(standing: SearchStanding) -> str:
    search = standing.search
    parts = [f"{say_trials(standing)} trials"]
    if search.status is SearchStatus.COMPLETED and search.verdict is not None:
        said = str(search.verdict["sentence"])
    else:
        said = say_state(standing, datetime.now(UTC))
        winner = standing.winner
        if winner is not None:
            best = f"{standing.measure} {say_score(winner, standing.plan.objective)}"
            parts.append(f"best so far: {name_trial(winner.number)} with {best}")
    return " · ".join(part for part in (said, *parts, say_age(search.created_at)) if part)
