"""What a search runs at the moment: where it sits, how far it is, and a way to skip it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.runs.snapshots.search import SearchPhase, Trial, TrialRun
from lstm_core.searches.outcome.standing import DEFAULT, SearchStanding
from pages._ui.search.cockpit.axes import list_axes
from pages._ui.search.cockpit.words import name_run, read_words, say_run, say_values
from pages._ui.server.services import get_store
from pages._ui.shell.messages import errors_shown, escape_markdown

MOST_SHOWN = 8


def show_running(standing: SearchStanding) -> None:
    """Show the runs that are under way; nothing while there are none."""
    active = [
        (trial, run)
        for trial in standing.trials
        for run in standing.runs.get(trial.number, ())
        if not run.status.is_finished
    ]
    for trial, run in active[:MOST_SHOWN]:
        _show_run(standing, trial, run)
    if len(active) > MOST_SHOWN:
        st.caption(f"And {len(active) - MOST_SHOWN:,} more.")
    if active and standing.awaits_choice:
        st.caption(
            "What the default chooses by its validation part holds for all trials: the others "
            "begin as soon as it has chosen."
        )


def _show_run(standing: SearchStanding, trial: Trial, run: TrialRun) -> None:
    with st.container(border=True, key=f"search.run_{run.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{name_run(run)}**", width="content")
            st.space("stretch")
            st.page_link(
                "pages/run.py",
                label="Watch",
                icon=":material/visibility:",
                query_params={"id": run.id},
            )
            if standing.search.phase is SearchPhase.TRIALS and trial.number != DEFAULT:
                st.button(
                    "Skip",
                    key=f"search.skip_{run.id}",
                    icon=":material/skip_next:",
                    disabled=run.is_stopping,
                    help="Ends this trial without a score; the search goes on with another.",
                    on_click=_skip,
                    args=(standing.search.id, trial.number),
                )
        st.progress(run.progress)
        paths = list(list_axes(standing))
        parts: Sequence[str] = (say_run(run), say_values(read_words(standing), trial.values, paths))
        st.caption(escape_markdown(" · ".join(part for part in parts if part)))


def _skip(search_id: str, number: int) -> None:
    with errors_shown():
        get_store().trials.skip(search_id, number)
