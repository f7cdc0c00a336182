"""The cockpit: one search, followed and steered while it runs, judged when it is over."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from lstm_core.runs.snapshots.search import Search, SearchPhase, SearchStatus
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from pages._ui.run.deletion import ask_before_deleting_search
from pages._ui.search.cockpit.axes import make_table
from pages._ui.search.cockpit.charts import count_scored, count_undrawn, mark_drawn, show_insight
from pages._ui.search.cockpit.live import show_progress_charts
from pages._ui.search.cockpit.running import show_running
from pages._ui.search.cockpit.steering import show_steering
from pages._ui.search.cockpit.table import show_failures, show_trials
from pages._ui.search.cockpit.taking import show_taking
from pages._ui.search.cockpit.verdict import show_verdict
from pages._ui.search.cockpit.words import (
    choose_badge,
    count_confirmations,
    list_rules,
    name_trial,
    read_words,
    say_ends,
    say_score,
    say_state,
    say_time_left,
    say_trials,
    title_search,
)
from pages._ui.search.form.words import say_entry
from pages._ui.server.services import get_store
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.share import show_link
from pages._ui.shell.time_left import is_longer_than_said
from pages._ui.shell.wording import say_duration

POLL_SECONDS = 1.5
REST_SECONDS = 5.0
"""Between looks at a search that rests: somebody else may let it go on."""

_State = tuple[SearchStatus, SearchPhase, str]


def show_search(search_id: str) -> None:
    """Show the search and follow it for as long as anything can change.

    Raises:
        NotFoundError: there is no such search.
    """
    standing = read_standing(get_store(), search_id)
    search = standing.search
    mark_drawn(standing)
    _show_head(standing)
    show_verdict(standing)
    fragment(_choose_pace(search))(_follow)(search_id, _read_state(search))
    show_insight(search_id)
    _show_plan(standing)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_link(search.id, "tune")
        st.page_link("pages/tune.py", label="All searches", icon=":material/query_stats:")
        if not search.status.is_active:
            ask_before_deleting_search(search.id)
    if search.status.is_active:
        st.caption("You may close this page: the search goes on, and its address shows it again.")


def _choose_pace(search: Search) -> float | None:
    if search.status.is_active:
        return POLL_SECONDS
    return REST_SECONDS if search.status.may_go_on else None


def _read_state(search: Search) -> _State:
    """Return what the page outside of the fragment depends on."""
    return search.status, search.phase, choose_badge(search, datetime.now(UTC))[0]


def _follow(search_id: str, shown: _State) -> None:
    standing = read_standing(get_store(), search_id)
    if _read_state(standing.search) != shown:
        st.rerun(scope="app")
    _show_state(standing)
    show_steering(standing)
    show_taking(standing)
    show_running(standing)
    table = make_table(standing)
    show_progress_charts(standing, table)
    show_trials(standing, table)
    show_failures(standing)
    _offer_newer_charts(standing)


def _show_head(standing: SearchStanding) -> None:
    search = standing.search
    with st.container(horizontal=True, vertical_alignment="center", key="page_head"):
        title = escape_markdown(title_search(search, standing))
        st.title(title, width="content", anchor=False)
        words, icon, color = choose_badge(search, datetime.now(UTC))
        st.badge(words, icon=icon, color=color)


def _show_state(standing: SearchStanding) -> None:
    search = standing.search
    said = escape_markdown(say_state(standing, datetime.now(UTC)))
    if said:
        if search.status is SearchStatus.FAILED:
            st.error(said, icon=":material/error:")
        elif search.status is SearchStatus.COMPLETED:
            st.caption(said)
        else:
            st.info(said, icon=":material/info:")
    best = standing.winner
    with st.container(horizontal=True, gap="medium"):
        st.metric("Trials", say_trials(standing), help=say_ends(standing) or None, width="content")
        st.metric(
            f"Best {standing.measure}",
            "–" if best is None else say_score(best, standing.plan.objective),
            help=None if best is None else f"Of {name_trial(best.number)}.",
            width="content",
        )
        st.metric("Time for trials", say_duration(search.seconds_spent), width="content")
        if search.status.is_active:
            _show_time_left(standing)
    if search.status.is_active:
        _show_bar(standing)


def _show_time_left(standing: SearchStanding) -> None:
    seconds = standing.estimate_seconds_left()
    is_longer = seconds is not None and is_longer_than_said(standing.search.id, seconds)
    st.metric(
        "Time left",
        say_time_left(seconds),
        delta="longer than was said before" if is_longer else None,
        delta_color="off",
        delta_arrow="off",
        help="From the trials that are done; with the comparison and the final run at the end.",
        width="content",
    )


def _show_bar(standing: SearchStanding) -> None:
    if standing.search.phase is SearchPhase.FINALE and standing.best is not None:
        done, planned = count_confirmations(standing)
        st.progress(min(1.0, done / (planned + 1)), text="Judging what was found")
        return
    st.progress(standing.share_done, text=say_ends(standing) or "No trial is done yet")


def _offer_newer_charts(standing: SearchStanding) -> None:
    """Charts that were turned or zoomed stay so; newer trials come into them when asked for."""
    count = count_undrawn(standing)
    if count <= 0:
        return
    if count == count_scored(standing):
        st.rerun(scope="app")  # there is no chart yet that could lose anything
    label = "Draw the new trial" if count == 1 else f"Draw {count:,} new trials"
    if st.button(
        label,
        key="search.redraw",
        icon=":material/refresh:",
        help="The charts below stay as you turned them until you ask for newer ones.",
    ):
        st.rerun(scope="app")


def _show_plan(standing: SearchStanding) -> None:
    with st.expander("How it searches, and where", icon=":material/tune:", key="search.plan"):
        st.markdown(escape_markdown(" · ".join(list_rules(standing))))
        words = read_words(standing)
        st.markdown(
            "\n".join(
                f"- {escape_markdown(f'{words.title(path)}: {say_entry(words, path, entry)}')}"
                for path, entry in standing.plan.space.items()
            )
        )
        if standing.places:
            st.caption(escape_markdown(f"Trials sat here: {', '.join(standing.places)}."))
