"""What can be made of a search's best: a draft, a full training, another search."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.search import Role, SearchPhase, SearchStatus, Trial, TrialRun
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.searches.outcome.finale import get_values
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import address_draft, start_draft_from
from pages._ui.data.loading import load_run_collection
from pages._ui.data.submission import submit, train_button
from pages._ui.search.cockpit.words import begin, name_trial
from pages._ui.shell.addresses import turn_to


def show_taking(standing: SearchStanding) -> None:
    """Offer what can be done with the best of the search; nothing before a trial has a score."""
    chosen = find_chosen(standing)
    if chosen is None:
        return
    spec = standing.plan.make_final_spec(get_values(chosen))
    name = name_trial(chosen.number)
    with st.container(horizontal=True, vertical_alignment="center", key="search.taking"):
        if st.button(
            f"Open {name} in the designer",
            key="search.design",
            icon=":material/schema:",
            help="Makes its settings your draft: look at the network, change it, train it.",
        ):
            _begin_draft(standing, spec, name)
            turn_to("designer", **address_draft())
        final = find_final(standing, chosen)
        if final is not None:
            st.page_link(
                "pages/run.py",
                label=f"{begin(name)}, trained fully",
                icon=":material/model_training:",
                query_params={"id": final.id},
            )
        elif not _is_judging(standing) and train_button(
            "search.train", f"Train {name} fully", primary=False
        ):
            submit("search.train", spec, load_run_collection(standing.search.dataset_id))
        if not standing.search.status.is_active and st.button(
            "Search on from here",
            key="search.again",
            icon=":material/query_stats:",
            help="Another search around these settings, with a space that you can change.",
        ):
            _begin_draft(standing, spec, name)
            turn_to("tune", **address_draft())


def find_chosen(standing: SearchStanding) -> Trial | None:
    """Return the verdict's winner, or until there is a verdict the best so far."""
    verdict = standing.search.verdict
    if verdict is None:
        return standing.winner
    return next(trial for trial in standing.trials if trial.number == verdict["winner"])


def find_final(standing: SearchStanding, trial: Trial) -> TrialRun | None:
    """Return the run in which a completed search trained this trial on all rows."""
    if standing.search.status is not SearchStatus.COMPLETED:
        return None
    for run in standing.runs.get(trial.number, ()):
        if run.role is Role.FINAL and run.status is RunStatus.COMPLETED:
            return run
    return None


def _is_judging(standing: SearchStanding) -> bool:
    """Whether the search is about to train its winner fully by itself."""
    return standing.search.status.is_active and standing.search.phase is SearchPhase.FINALE


def _begin_draft(standing: SearchStanding, spec: ExperimentSpec, name: str) -> None:
    start_draft_from(
        spec, standing.search.dataset_id, change=f"the settings are those of {name} of a search"
    )
