"""What a run's process and those that help it tell each other: a line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from lstm_core.events import BatchFinished, EpochFinished, Event, NetworkStarted
from lstm_core.learning.elsewhere import Job

_EVENTS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (NetworkStarted, BatchFinished, EpochFinished)
}
"""What is told of another process's networks; the rest, the run's own tells."""

CONCLUDE = "conclude"
"""Said to a helper, ends the training of what it is at with the best weights so far."""


@dataclass(frozen=True)
class Order:
    """What a helper is to train.

    Attributes:
        dataset_id: of the record. ``spec``: filled in but for what validation chooses, JSON.
        kinds: what it chose for layers, by their names.
        jobs: in order.
        folder: where the weights are put.
    """

    dataset_id: str
    spec: dict[str, Any]
    kinds: dict[str, str]
    jobs: tuple[Job, ...]
    folder: str

    def to_line(self) -> str:
        return f"{json.dumps(asdict(self))}\n"

    @classmethod
    def from_line(cls, line: str) -> Self:
        found = json.loads(line)
        return cls(**{**found, "jobs": tuple(Job(**job) for job in found["jobs"])})

    def name_file(self, job: Job) -> Path:
        """Return where the weights of a member are put: those that predict, and the judged ones."""
        return Path(self.folder) / f"{job.fold}-{job.member}.npz"


def event_to_json(event: Event) -> dict[str, Any] | None:
    """Return what is told of an event; None: nothing."""
    name = type(event).__name__
    return {"event": name, "content": asdict(event)} if name in _EVENTS else None


def event_from_json(message: Mapping[str, Any]) -> Event:
    event: Event = _EVENTS[message["event"]](**message["content"])
    return event
