"""The steps in a run's life: made, claimed, given a process, begun or given back, finished."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lstm_core.runs.database.rows import clean_json, clean_text
from lstm_core.runs.database.tables import RunGroupRow, RunRow, SearchRow
from lstm_core.runs.process import ProcessIdentity, identify_process
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.search import SearchStatus
from lstm_core.runs.snapshots.status import RunStatus, StopRequest
from lstm_core.spec import ExperimentSpec

MOST_STARTS = 3
"""Processes that may end, one after another, before a run began, until it counts as failed."""


def new_row(
    spec: ExperimentSpec,
    dataset_id: str,
    name: str = "",
    submission_key: str | None = None,
    group_id: str | None = None,
    label: str = "",
) -> RunRow:
    """Return a queued run that is not yet in the record."""
    return RunRow(
        id=make_id(),
        submission_key=submission_key,
        name=clean_text(name),
        status=RunStatus.QUEUED,
        spec=spec.model_dump(mode="json"),
        dataset_id=dataset_id,
        created_at=datetime.now(UTC),
        phase="Waiting for its turn",
        group_id=group_id,
        label=clean_text(label),
    )


def new_group_row(
    kind: GroupKind,
    dataset_id: str,
    settings: Mapping[str, Any],
    name: str,
    submission_key: str | None,
) -> RunGroupRow:
    """Return a group that is not yet in the record."""
    return RunGroupRow(
        id=make_id(),
        submission_key=submission_key,
        kind=kind,
        name=clean_text(name),
        dataset_id=dataset_id,
        settings=clean_json(settings),
        created_at=datetime.now(UTC),
    )


def claim(row: RunRow) -> None:
    """Reserve the run for this process to start; its own process is still to come."""
    claimer = identify_process()
    row.status = RunStatus.RUNNING
    row.phase = "Starting"
    row.started_at = row.heartbeat_at = datetime.now(UTC)
    row.host, row.claimer_pid, row.claimer_started = claimer.host, claimer.pid, claimer.started
    row.pid = row.process_started = row.begun_at = None


def set_process(row: RunRow, process: ProcessIdentity) -> None:
    """Name the process that was started for it."""
    row.host, row.pid, row.process_started = process.host, process.pid, process.started
    row.num_starts = (row.num_starts or 0) + 1
    row.heartbeat_at = datetime.now(UTC)


def begin(row: RunRow) -> None:
    """Its process is at work: from now on it runs once, whatever happens."""
    row.begun_at = row.heartbeat_at = datetime.now(UTC)


def give_back(row: RunRow, phase: str) -> None:
    """Put a claimed run that has not begun back into the queue, where it is the first again."""
    if row.cancel_requested_at is not None:
        finish(row, RunStatus.CANCELLED, "Stopped before it began.")
        return
    row.status = RunStatus.QUEUED
    row.phase = clean_text(phase)
    row.place = ""
    row.started_at = row.heartbeat_at = None
    row.host = row.pid = row.process_started = row.claimer_pid = row.claimer_started = None


def lose_start(row: RunRow, cause: str = "") -> None:
    """Queue a claimed run again whose process, or whoever was to start one, is gone.

    Fails it where that would be once too often.
    """
    if row.num_starts < MOST_STARTS or row.cancel_requested_at is not None:
        give_back(row, "Waiting: its process ended before it began, another one will be started")
        return
    finish(
        row,
        RunStatus.FAILED,
        f"A process was started for it {row.num_starts} times and ended each time before it "
        f"could begin{f': the last one {cause}' if cause else ''}. Close other programs or wait "
        "until less is training, then run it again; if it comes back, the run's log says more.",
    )


def ask_to_stop(row: RunRow, *, at_once: bool = False) -> None:
    """Cancel a queued run; ask a running one to conclude, or to end at once.

    A run of a group always ends at once: one that learnt for a shorter time than the others
    can't be compared with them.
    """
    if row.status == RunStatus.QUEUED:
        finish(row, RunStatus.CANCELLED, "Stopped before it began.")
    elif row.status == RunStatus.RUNNING:
        now = datetime.now(UTC)
        row.cancel_requested_at = row.cancel_requested_at or now
        if at_once or row.group_id is not None:
            row.abort_requested_at = row.abort_requested_at or now


def read_stop_request(row: RunRow) -> StopRequest:
    """Return what was asked of a run; one that is not running any more is to end at once."""
    if row.status != RunStatus.RUNNING or row.abort_requested_at is not None:
        return StopRequest.AT_ONCE
    return StopRequest.NONE if row.cancel_requested_at is None else StopRequest.CONCLUDE


def finish(row: RunRow, status: RunStatus, message: str) -> None:
    """End the run, for good."""
    row.status = status
    row.message = clean_text(message)
    row.phase = ""
    row.finished_at = datetime.now(UTC)
    if status == RunStatus.COMPLETED:
        row.progress = 1.0


def finish_search(row: SearchRow, status: SearchStatus, message: str) -> None:
    """End the search, for good or for a while; it has no process any more."""
    row.status, row.message, row.wish = status, clean_text(message), None
    row.host = row.pid = row.process_started = row.claimer_pid = row.claimer_started = None
    if status is not SearchStatus.PAUSED:
        row.finished_at = datetime.now(UTC)


def make_id() -> str:
    """Return 80 random bits in lower-case letters and digits: nobody guesses another's run."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()
