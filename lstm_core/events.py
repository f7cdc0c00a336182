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
    """Comes once a run, before its first network.

    Attributes:
        num_epochs: the most that one network may have.
        num_parameters: trainable weights of one network.
        device: what computes, such as ``"CPU, TensorFlow"``.
        num_networks: how many networks will be trained in all: trials, seeds and folds.
        engine_reason: why that engine computes: a sentence without its full stop.
    """

    num_epochs: int
    num_parameters: int
    device: str
    num_networks: int = 1
    engine_reason: str = ""


@dataclass(frozen=True)
class NetworkStarted:
    """The next network begins; a run that trains only one may leave this out.

    Attributes:
        network: counts from 1 over the whole run.
        title: a short phrase for people: ``"seed 2 of 3"``, ``"trying: nothing taken away"``.
        num_epochs: the most that this one may have; tryouts have fewer than others.
        is_tryout: it only serves to choose between settings, and is thrown away.
    """

    network: int
    title: str
    num_epochs: int
    is_tryout: bool = False


@dataclass(frozen=True)
class BatchFinished:
    """``fraction`` of the current epoch's batches are done, in (0, 1]."""

    epoch: int
    fraction: float
    network: int = 1


@dataclass(frozen=True)
class FilmPrepared:
    """What is to be seen after each epoch.

    Attributes:
        frame: what stays the same in each picture, JSON, the task's own. A forecast's window, one
            cutoff of the validation part: ``{"series", "target", "history": {"timestamps",
            "values"}, "future": {"timestamps", "values"}}``; ``history`` is known before the
            cutoff, ``future`` is what the film's predictions are for; a value is null where it is
            unknown. Timestamps are ISO strings, or ints for numbered rows. What a text begins
            with: ``{"prompt"}``.
    """

    frame: dict[str, Any]


@dataclass(frozen=True)
class EpochFinished:
    """One point of the curves.

    Attributes:
        epoch: counts from 1 in each network; 0: before it learns, where it knows something already.
        loss, validation_loss: in scaled units.
        seconds: wall-clock time, with validation.
        network: as in ``NetworkStarted``.
        film: what the network now predicts for the film's ``future``, ``(horizon,)`` in the
            units of the data; empty where there is no film.
        text: what it now writes, where that is what is seen.
    """

    epoch: int
    loss: float
    validation_loss: float
    seconds: float
    network: int = 1
    film: tuple[float, ...] = ()
    text: str = ""


Event = (
    PhaseStarted
    | SpecResolved
    | TrainingStarted
    | NetworkStarted
    | BatchFinished
    | FilmPrepared
    | EpochFinished
)
Listener = Callable[[Event], None]


def ignore_events(event: Event) -> None:
    """The listener of those who only want the result."""
