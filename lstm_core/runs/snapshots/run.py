"""What the record hands out: frozen snapshots without a handle to the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lstm_core.runs.process import ProcessIdentity
from lstm_core.runs.snapshots.status import RunStatus
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
        dataset_id: key of ``Collections.get``.
        dataset_name: the file's name, ticker or sample's name (hostile text).
        group_id: the group that it was made for, see ``RunGroup``; None: made by itself.
        label: what it is for inside its group; empty without one.
        created_at, started_at, finished_at: UTC, aware; None until it happened.
        phase: a short sentence about what it does at the moment.
        progress: share of the training that is done, in [0, 1].
        epoch: epochs done by the network that is training now, or that trained last.
        num_epochs: the most that one network may have; None before training.
        num_epochs_done: epochs done by all networks together.
        num_networks: how many networks will be trained in all; None before training.
        network: which of them is training now, or trained last: 1 is the first, 0 none yet.
        network_title: what that one is, such as ``"seed 2 of 3"``; may be empty.
        network_num_epochs: the most that the network in training may have; None between two
            networks' phases, and before and after the training.
        film: what its film is about, see ``events.FilmPrepared``; None without one.
        device: what it trains on, such as ``"CPU, JAX"``; None before training.
        engine_reason: why that engine: a sentence without its full stop; empty before training,
            and of old runs.
        num_parameters: trainable weights; None before training.
        metrics, baselines, verdict, diagnoses: the result; None unless it completed, or was
            stopped when it had learnt something.
        message: for people: why it failed, was stopped or was interrupted; else empty.
        cancel_requested_at: when somebody asked it to stop.
        abort_requested_at: when somebody asked it to stop at once, without a result.
        heartbeat_at: when its process was last heard of.
        host: the machine that claimed it.
        claimer: the process that took it from the queue; None: nobody did.
        process: the process that was started for it, runs it or ran it.
        begun_at: when that process began the work; until then the run may go back to the queue.
        num_starts: processes that were started for it.
        trial: of a search, which one it scores; None: it belongs to none.
        place: where a search put it: ``"GPU 1"``; else empty.
        deleted_at: when somebody deleted it; None: it is there.
        limit: by epoch, the validation loss above which it ends itself; ``jobs.working.pruning``.
    """

    id: str
    name: str
    status: RunStatus
    spec: ExperimentSpec
    resolved_spec: ExperimentSpec | None
    reasons: dict[str, str]
    dataset_id: str
    dataset_name: str
    group_id: str | None
    label: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    phase: str
    progress: float
    epoch: int
    num_epochs: int | None
    num_epochs_done: int
    num_networks: int | None
    network: int
    network_title: str
    network_num_epochs: int | None
    film: dict[str, Any] | None
    device: str | None
    engine_reason: str
    num_parameters: int | None
    metrics: dict[str, float | None] | None
    baselines: dict[str, dict[str, Any]] | None
    verdict: dict[str, Any] | None
    diagnoses: list[dict[str, Any]] | None
    message: str
    cancel_requested_at: datetime | None
    abort_requested_at: datetime | None
    heartbeat_at: datetime | None
    host: str | None
    process: ProcessIdentity | None
    claimer: ProcessIdentity | None = None
    begun_at: datetime | None = None
    num_starts: int = 0
    trial: int | None = None
    place: str = ""
    limit: list[float | None] | None = None
    deleted_at: datetime | None = None

    @property
    def is_finished(self) -> bool:
        return self.status.is_finished

    @property
    def has_result(self) -> bool:
        """Whether it was judged: there is a verdict, a forecast and a model."""
        return self.verdict is not None

    @property
    def is_stopped_early(self) -> bool:
        """Whether what it has is that of a training that was stopped; ``message`` says how far."""
        return self.status is RunStatus.CANCELLED and self.has_result

    @property
    def trained_on(self) -> str:
        """Say what it trains or was trained on, and why; empty before that."""
        device = self.device or ""
        return f"{device}: {self.engine_reason}" if device and self.engine_reason else device

    @property
    def trains_nothing(self) -> bool:
        """Whether its network is used as it comes; False while that is not known."""
        return self.num_epochs == 0

    @property
    def seconds(self) -> float:
        """How long it has been running, or ran; 0 while it waits."""
        if self.started_at is None:
            return 0.0
        end = self.finished_at or datetime.now(UTC)
        return max(0.0, (end - self.started_at).total_seconds())


@dataclass(frozen=True)
class EpochPoint:
    """One point of the learning curves.

    Attributes:
        epoch: counts from 1 in each network; 0: before it learnt, where it came trained.
        loss, validation_loss: in scaled units; NaN where they were not finite.
        seconds: wall-clock time, with validation.
        network: counts from 1 over the run; ``network_title`` says what it is, may be empty.
        film: the prediction of the film's window after this epoch, ``(horizon,)``; empty where
            there is none, or where it was not asked for.
        text: what was written after it, likewise.
    """

    epoch: int
    loss: float
    validation_loss: float
    seconds: float
    network: int = 1
    network_title: str = ""
    film: tuple[float, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class CollectionEntry:
    """A line in the list of collections.

    Attributes:
        kind: of ``data.collections``; this version may not know it.
        fingerprint: that of the content alone.
        name, source: as the collection has them.
        summary, num_items, num_rows: see ``data.collections.Outline``.
        created_at: when it was last added: adding it again makes it new.
    """

    id: str
    kind: str
    fingerprint: str
    name: str
    source: str
    summary: str
    num_items: int
    num_rows: int
    created_at: datetime


@dataclass(frozen=True)
class ArtifactEntry:
    """A named file of a run; ``sha256`` names its content."""

    name: str
    sha256: str
    num_bytes: int
