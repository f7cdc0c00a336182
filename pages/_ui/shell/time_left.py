"""How long something will still take, as one person was told it: nothing grows in silence."""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from lstm_core.races.timing import estimate_race_seconds
from lstm_core.runs.estimate import (
    Place,
    Promise,
    estimate_fewest_seconds_left,
    estimate_seconds_left,
    find_place,
    keep_promise,
)
from lstm_core.runs.snapshots.group import RunGroup
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus
from pages._ui.server.services import get_store
from pages._ui.shell.wording import say_duration, say_time_left

_NUM_RECENT = 10


def is_longer_than_said(what: str, seconds_left: float) -> bool:
    """Note what is said of an end, and tell whether this person was told an earlier one before.

    Args:
        what: names it, such as by its id.
    """
    key = f"time_left.{what}"
    before: Promise | None = st.session_state.get(key)
    promise = keep_promise(before, seconds_left, time.monotonic())
    st.session_state[key] = promise
    return promise.is_broken


def describe_time_left(run: Run, points: list[EpochPoint]) -> str:
    """Say how long the training will still take; empty where nobody knows."""
    most = estimate_seconds_left(run, points)
    if most is None:
        return ""
    least = estimate_fewest_seconds_left(run, points)
    return say_time_left(least, most, is_longer=is_longer_than_said(run.id, most))


def describe_race_time(group: RunGroup) -> str:
    """Say how long the race will still take, as what comes behind how far it is."""
    store = get_store()
    runs = store.runs.list_newest(group_id=group.id)
    seconds = estimate_race_seconds(runs, _look_up_time_left(runs), store.settings.max_running)
    if seconds is None:
        return ""
    longer = ", longer than was said before" if is_longer_than_said(group.id, seconds) else ""
    return f" · at most about {say_duration(seconds)} left{longer}"


def _look_up_time_left(runs: Sequence[Run]) -> dict[str, float | None]:
    """Return for each run that is under way the most that its training should still take."""
    return {
        run.id: estimate_seconds_left(run, get_store().runs.get_epochs(run.id, with_film=False))
        for run in runs
        if run.status is RunStatus.RUNNING and run.trial is None
    }


def look_up_place(run: Run) -> Place | None:
    """Return where a run stands in the queue, and when about it will begin."""
    return look_up_places([run]).get(run.id)


def look_up_places(runs: Sequence[Run]) -> dict[str, Place]:
    """Return the same for those of some runs that wait, by their ids."""
    waiting = [run for run in runs if run.status is RunStatus.QUEUED]
    if not waiting:
        return {}
    store = get_store()
    active = store.watch.list_active()
    left = _look_up_time_left(active)
    newest = store.runs.list_newest(limit=5 * _NUM_RECENT, with_trials=False)
    recent = [each for each in newest if each.status is RunStatus.COMPLETED][:_NUM_RECENT]
    places = {
        run.id: find_place(run.id, active, recent, left, store.settings.max_running)
        for run in waiting
    }
    return {run_id: place for run_id, place in places.items() if place is not None}
