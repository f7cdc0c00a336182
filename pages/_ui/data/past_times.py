"""What runs of the record took beside what is counted of them; see ``jobs.expected_time``."""

from __future__ import annotations

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.jobs.expected_time import count_seconds
from lstm_core.runs.process import identify_host
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.settings import load_settings
from pages._ui.data.loading import load_run_collection
from pages._ui.server.services import get_store

_NUM_LOOKED_AT = 20
_NUM_USED = 5
_MOST_ROWS = 100_000
"""Of a run's data; more would take long to read again."""


def list_ratios(task: str) -> list[float]:
    """Return what the newest runs of a task took on this machine, by what is counted of them."""
    here = identify_host()
    runs = [
        run
        for run in get_store().runs.list_newest(_NUM_LOOKED_AT, with_trials=False)
        if run.status is RunStatus.COMPLETED and run.spec.task.kind == task and run.host == here
    ]
    rated = (_rate(run.id, str(load_settings().home)) for run in runs[:_NUM_USED])
    return [ratio for ratio in rated if ratio is not None]


@st.cache_resource(max_entries=200, show_spinner=False)
def _rate(run_id: str, home: str) -> float | None:
    run = get_store().runs.get(run_id)
    if run.resolved_spec is None or not _is_small(run):
        return None
    if run.resolved_spec.training.epochs == 0:  # it tells nothing of trainings
        return None
    try:
        return run.seconds / count_seconds(run.resolved_spec, load_run_collection(run.dataset_id))
    except StudioError:  # its data were deleted, or an older version made it
        return None


def _is_small(run: Run) -> bool:
    entries = get_store().collections.list_newest()
    return any(each.id == run.dataset_id and each.num_rows <= _MOST_ROWS for each in entries)
