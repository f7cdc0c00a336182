"""What the record hands out: frozen snapshots without a handle to the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lstm_core.runs.process import ProcessIdentity
from lstm_core.runs.status import RunStatus
from lstm_core.spec import ExperimentSpec


@dataclass(frozen=True)
class Run:
    """One execution of a spec, as the record knew it when it was asked.

    Attributes:
        id: 16 lower-case letters and digits that nobody can guess; fit for an address.
        name: what a person called it; may be empty.
        status: where it stands.
        spec: what was submitted; frozen from then on.
        resolved_spec: the same with every default filled in, once the data has been read.
        reasons: for each setting that was filled in, the sentence that says why.
        dataset_id: key of ``Store.get_dataset``.
        dataset_name: the file's name, ticker or sample's name (hostile text).
        created_at, started_at, finished_at: UTC, aware; None until it happened.
        phase: a short sentence about what it does at the moment.
        progress: share of the training that is done, in [0, 1].
        epoch: epochs done. ``num_epochs``: the most there will be; None before training.
        device: what it trains on, such as ``CPU``; None before training.
        num_parameters: trainable weights; None before training.
        metrics, baselines, verdict: the result; None unless completed.
        message: for people: why it failed, was stopped or was interrupted; else empty.
        cancel_requested_at: when somebody asked it to stop.
        heartbeat_at: when its process was last heard of.
        host: the machine that claimed it; ``process``: the process that runs or ran it.
    """

    id: str
    name: str
    status: RunStatus
    spec: ExperimentSpec
    resolved_spec: ExperimentSpec | None
    reasons: dict[str, str]
    dataset_id: str
    dataset_name: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    phase: str
    progress: float
    epoch: int
    num_epochs: int | None
    device: str | None
    num_parameters: int | None
    metrics: dict[str, float | None] | None
    baselines: dict[str, dict[str, Any]] | None
    verdict: dict[str, Any] | None
    message: str
    cancel_requested_at: datetime | None
    heartbeat_at: datetime | None
    host: str | None
    process: ProcessIdentity | None

    @property
    def is_finished(self) -> bool:
        return self.status.is_finished

    @property
    def seconds(self) -> float:
        """How long it has been running, or ran; 0 while it waits."""
        if self.started_at is None:
            return 0.0
        end = self.finished_at or datetime.now(UTC)
        return max(0.0, (end - self.started_at).total_seconds())


@dataclass(frozen=True)
class EpochPoint:
    """One point of the learning curves; ``epoch`` counts from 1."""

    epoch: int
    loss: float
    validation_loss: float
    seconds: float


@dataclass(frozen=True)
class DatasetEntry:
    """A line in the list of datasets; ``fingerprint`` is that of the values alone."""

    id: str
    fingerprint: str
    name: str
    source: str
    frequency: str
    num_rows: int
    num_series: int
    created_at: datetime


@dataclass(frozen=True)
class ArtifactEntry:
    """A named file of a run; ``sha256`` names its content."""

    name: str
    sha256: str
    num_bytes: int
