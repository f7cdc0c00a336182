"""The buttons that steer a search: pause, go on, judge the best, stop, add to its budget."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.search import Search, SearchPhase, SearchStatus, Wish
from lstm_core.searches.outcome.standing import SearchStanding
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import errors_shown

_MOST_ADDED = 1_000


def show_steering(standing: SearchStanding) -> None:
    """Show what can be asked of the search as it stands."""
    search = standing.search
    if search.status is SearchStatus.COMPLETED:
        return
    is_ending = search.wish in (Wish.STOP, Wish.CONCLUDE)
    with st.container(horizontal=True, vertical_alignment="center", key="search.steering"):
        if search.status.may_go_on or search.wish is Wish.PAUSE:
            st.button(
                "Go on",
                key="search.resume",
                icon=":material/play_arrow:",
                type="primary",
                help="Goes on where it stood; nothing is done twice.",
                on_click=_resume,
                args=(search.id,),
            )
        else:
            st.button(
                "Pause",
                key="search.pause",
                icon=":material/pause:",
                disabled=is_ending,
                help="Begins nothing new; what runs goes on to its end.",
                on_click=_ask,
                args=(search.id, Wish.PAUSE),
            )
        if search.phase is SearchPhase.TRIALS:
            st.button(
                "Stop and keep the best",
                key="search.conclude",
                icon=":material/trophy:",
                disabled=is_ending or standing.best is None,
                help="Ends the trials; then the best so far is compared with the default from "
                "fresh seeds, and judged on the test part. Needs a trial with a score.",
                on_click=_ask,
                args=(search.id, Wish.CONCLUDE),
            )
        if search.status in (SearchStatus.QUEUED, SearchStatus.RUNNING, SearchStatus.PAUSED):
            st.button(
                "Stop now",
                key="search.stop",
                icon=":material/stop:",
                disabled=search.wish is Wish.STOP,
                help="Ends what runs, at once. What is done is kept, and it can go on later.",
                on_click=_ask,
                args=(search.id, Wish.STOP),
            )
        if search.phase is SearchPhase.TRIALS:
            _show_adding(search)


def _show_adding(search: Search) -> None:
    with st.popover("Add trials", icon=":material/add:", key="search.adding"):
        num_trials = st.number_input(
            "How many more trials?",
            min_value=0,
            max_value=_MOST_ADDED,
            value=10,
            key="search.more_trials",
        )
        minutes = 0
        if search.minutes is not None:
            minutes = st.number_input(
                "How many more minutes?",
                min_value=0,
                max_value=100_000,
                value=10,
                key="search.more_minutes",
                help=f"It may take {search.minutes:g} minutes for its trials by now.",
            )
        st.button(
            "Add",
            key="search.add",
            type="primary",
            disabled=not (num_trials or minutes),
            on_click=_add,
            args=(search.id, num_trials, minutes),
        )


def _ask(search_id: str, wish: Wish) -> None:
    with errors_shown():
        get_store().searches.ask(search_id, wish)
        get_backend().submit_search(search_id)


def _resume(search_id: str) -> None:
    with errors_shown():
        get_store().searches.resume(search_id)
        get_backend().submit_search(search_id)


def _add(search_id: str, num_trials: int, minutes: int) -> None:
    with errors_shown():
        search = get_store().searches.extend(
            search_id, num_trials=num_trials, minutes=float(minutes) if minutes else None
        )
        st.toast(f"Now {search.num_trials:,} trials.", icon=":material/add:")
