"""The steps in a run's life: made, alone or for a group, claimed, given a process, finished."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lstm_core.runs.group import GroupKind
from lstm_core.runs.process import identify_host, identify_process
from lstm_core.runs.rows import clean_json, clean_text
from lstm_core.runs.status import RunStatus
from lstm_core.runs.tables import RunGroupRow, RunRow
from lstm_core.spec import ExperimentSpec


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
    """Reserve the run for this machine; a process is still to come."""
    row.status = RunStatus.RUNNING
    row.phase = "Starting"
    row.started_at = row.heartbeat_at = datetime.now(UTC)
    row.host = identify_host()


def set_process(row: RunRow) -> None:
    """Make this process the one that runs it."""
    process = identify_process()
    row.host, row.pid, row.process_started = process.host, process.pid, process.started
    row.heartbeat_at = datetime.now(UTC)


def finish(row: RunRow, status: RunStatus, message: str) -> None:
    """End the run, for good."""
    row.status = status
    row.message = clean_text(message)
    row.phase = ""
    row.finished_at = datetime.now(UTC)
    if status == RunStatus.COMPLETED:
        row.progress = 1.0


def make_id() -> str:
    """Return 80 random bits in lower-case letters and digits: nobody guesses another's run."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()
