"""A search and its trials, as the record hands them out: frozen snapshots without a handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lstm_core.runs.process import ProcessIdentity
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.vanished import is_abandoned


class SearchStatus(StrEnum):
    """Where a search stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Whether it goes on by itself."""
        return self in (SearchStatus.QUEUED, SearchStatus.RUNNING)

    @property
    def may_go_on(self) -> bool:
        """Whether somebody may let it go on with its trials."""
        return self in (SearchStatus.PAUSED, SearchStatus.STOPPED, SearchStatus.FAILED)


class SearchPhase(StrEnum):
    """What a search is at: looking for the best, or comparing and judging what it found."""

    TRIALS = "trials"
    FINALE = "finale"


class Wish(StrEnum):
    """What somebody asked a running search to do.

    ``pause``: begin nothing new. ``conclude``: end the trials now and judge the best so far.
    ``stop``: end at once.
    """

    PAUSE = "pause"
    CONCLUDE = "conclude"
    STOP = "stop"


class TrialStatus(StrEnum):
    """How a trial went; ``skipped``: somebody, or the end of the time, ended it."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    PRUNED = "pruned"
    SKIPPED = "skipped"


class Role(StrEnum):
    """What one of a search's runs is for.

    ``trial``: scores a candidate. ``confirmation``: scores it once more, from a fresh seed.
    ``final``: trains the winner on all rows and judges it on the untouched test part.
    """

    TRIAL = "trial"
    CONFIRMATION = "confirmation"
    FINAL = "final"


@dataclass(frozen=True)
class Search:
    """A search as the record knew it when it was asked.

    Attributes:
        id: that of its group of runs; fit for an address.
        name: what a person called it; may be empty.
        dataset_id, dataset_name: of the whole data (the name is hostile text).
        settings: what was planned, as ``searches.plan`` writes it; frozen.
        status, phase: where it stands.
        wish: what it was asked to do and has not done yet.
        message: for people: why it ended or paused; may be empty.
        num_trials, minutes: its budget; may be raised while it runs.
        num_events: how often its strategy was asked or told something.
        seconds_spent: how long it has been at its trials, pauses not counted.
        num_starts: processes that began since a trial ended last.
        importances: of settings, ``path, importance, deviation``; None: too few trials.
        verdict: what came out, as ``searches.outcome.verdict`` writes it; None until then.
        created_at, started_at, finished_at: UTC, aware; None until it happened.
        host, heartbeat_at, process: who runs it or was started to, and when that was last heard of.
        claimer: the process that took it from the queue; None again once its own has begun.
    """

    id: str
    name: str
    dataset_id: str
    dataset_name: str
    settings: dict[str, Any]
    status: SearchStatus
    phase: SearchPhase
    wish: Wish | None
    message: str
    num_trials: int
    minutes: float | None
    num_events: int
    seconds_spent: float
    num_starts: int
    importances: list[dict[str, Any]] | None
    verdict: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    host: str | None
    heartbeat_at: datetime | None
    process: ProcessIdentity | None
    claimer: ProcessIdentity | None = None

    def is_orphaned(self, now: datetime) -> bool:
        """Whether it is marked running, but nobody runs it, or is about to, any more."""
        return self.status is SearchStatus.RUNNING and is_abandoned(
            self.host, self.process or self.claimer, self.heartbeat_at or self.created_at, now
        )


@dataclass(frozen=True)
class Trial:
    """One candidate of a search.

    Attributes:
        number: 0 is the default that the others are measured against; the strategy's count from 1.
        values: ``{"section.key": value}``, those that matter.
        raw: what the strategy calls it; None for the default.
        score: mean over its runs; None unless it completed.
        spread: standard deviation over its runs; None with fewer than two.
        seconds: from its begin to its end, repeated runs included; None while it runs.
        message: why it has no score; may be empty.
        asked, told: when the strategy gave it and was told of it, as numbers of events.
        ended_after: ``seconds_spent`` of the search when it ended.
        limit: by epoch, the validation loss above which its runs end early; None: no limit yet.
    """

    number: int
    status: TrialStatus
    values: dict[str, Any]
    raw: dict[str, Any] | None
    score: float | None
    spread: float | None
    seconds: float | None
    message: str
    asked: int | None
    told: int | None
    ended_after: float | None
    limit: list[float | None] | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class TrialRun:
    """One run of a search, with as much of it as is looked at often.

    Attributes:
        trial, role: what it is for. ``seed``: of its spec.
        place: where it was put: ``"CPU, 1 thread"``, ``"GPU 1"``; ``device``: what it said itself.
        is_stopping: somebody asked it to stop.
        The others are as in ``Run``.
    """

    id: str
    trial: int
    role: Role
    seed: int
    status: RunStatus
    place: str
    device: str | None
    phase: str
    progress: float
    num_parameters: int | None
    metrics: dict[str, float | None] | None
    baselines: dict[str, dict[str, Any]] | None
    message: str
    is_stopping: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def seconds(self) -> float | None:
        """How long it took; None until it ended."""
        if self.started_at is None or self.finished_at is None:
            return None
        return max(0.0, (self.finished_at - self.started_at).total_seconds())
