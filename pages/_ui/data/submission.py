"""Turning a draft into a run: frozen, kept, queued, opened."""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import uuid4

import streamlit as st

from lstm_core.data.collections import Collection
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.showcases import Showcase
from lstm_core.races.missing import list_missing
from lstm_core.races.plan import RacePlan
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.searches.plan import SearchPlan
from lstm_core.searches.submission import submit_planned
from lstm_core.spec import ExperimentSpec
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.addresses import turn_to
from pages._ui.shell.messages import errors_shown


def train_button(
    key: str,
    label: str,
    *,
    primary: bool = True,
    icon: str = ":material/play_arrow:",
    disabled: bool = False,
    help: str | None = None,
) -> bool:
    """Show a button that submits; the key of the submission outlives a script run twice."""
    pressed = st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        icon=icon,
        disabled=disabled,
        help=help,
    )
    used = f"{key}.used"
    if not pressed and st.session_state.pop(used, False):
        st.session_state.pop(f"{key}.submission", None)
    if pressed:
        st.session_state[used] = True
        st.session_state.setdefault(f"{key}.submission", uuid4().hex)
    return pressed


def submit(key: str, spec: ExperimentSpec, collection: Collection) -> None:
    """Record a run and open its page; shows what went wrong if it cannot be recorded."""
    with errors_shown():
        store = get_store()
        dataset_id = store.collections.add(collection)
        run = store.runs.submit(
            spec, dataset_id, submission_key=st.session_state[f"{key}.submission"]
        )
        get_backend().submit(run.id)
        open_run(run.id)
    return None


def submit_again(key: str, run: Run) -> None:
    """Record a run like another one and open its page; shows what went wrong if that fails."""
    with errors_shown():
        again = get_store().runs.submit(
            run.spec,
            run.dataset_id,
            name=run.name,
            submission_key=st.session_state[f"{key}.submission"],
        )
        get_backend().submit(again.id)
        open_run(again.id)
    return None


def submit_missing(group: RunGroup) -> None:
    """Queue those runs of a race that ended without a result, or were never made."""
    store = get_store()
    missing = list_missing(group, store.runs.list_newest(group_id=group.id))
    for run in store.groups.add_runs(group.id, group.kind, missing):
        get_backend().submit(run.id)


def submit_race(key: str, plan: RacePlan, collection: Collection) -> None:
    """Record a race with all its runs and open its page; shows what went wrong if that fails."""
    with errors_shown():
        store = get_store()
        group = store.groups.submit(
            GroupKind.RACE,
            store.collections.add(collection),
            plan.settings,
            list(plan.list_members()),
            submission_key=st.session_state[f"{key}.submission"],
        )
        for run in store.runs.list_newest(group_id=group.id):
            get_backend().submit(run.id)
        open_race(group.id)
    return None


def submit_search(
    key: str,
    plan: SearchPlan,
    collection: Any,
    development: Any,
    *,
    name: str = "",
) -> None:
    """Record a search and open its page; shows what went wrong if that fails."""
    with errors_shown():
        search = submit_planned(
            get_store(),
            plan,
            collection,
            development,
            name=name,
            submission_key=st.session_state[f"{key}.submission"],
        )
        get_backend().submit_search(search.id)
        open_search(search.id)
    return None


def submit_showcase(key: str, showcase: Showcase) -> None:
    """Train on a sample with the settings that it is shown with."""
    sample = showcase.sample
    submit(key, showcase.spec, build_dataset(sample.load(), sample.data))


def open_run(run_id: str) -> NoReturn:
    turn_to("run", id=run_id)


def open_race(race_id: str) -> NoReturn:
    turn_to("race", id=race_id)


def open_search(search_id: str) -> NoReturn:
    turn_to("tune", id=search_id)
