"""What a running experiment tells whoever listens: the worker, the command line, a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PhaseStarted:
    """A new part of the work began: ``name`` is a short sentence for people."""

    name: str


@dataclass(frozen=True)
class SpecResolved:
    """Every default has been read from the data; ``spec`` is the JSON form of what will run."""

    spec: dict[str, Any]
    reasons: dict[str, str]


@dataclass(frozen=True)
class TrainingStarted:
    num_epochs: int
    num_parameters: int
    device: str


@dataclass(frozen=True)
class BatchFinished:
    """``fraction`` of the current epoch's batches are done, in (0, 1]."""

    epoch: int
    fraction: float


@dataclass(frozen=True)
class EpochFinished:
    """One point of the curves; ``epoch`` counts from 1, ``seconds`` includes validation."""

    epoch: int
    loss: float
    validation_loss: float
    seconds: float


Event = PhaseStarted | SpecResolved | TrainingStarted | BatchFinished | EpochFinished
Listener = Callable[[Event], None]


def ignore_events(event: Event) -> None:
    """The listener of those who only want the result."""
