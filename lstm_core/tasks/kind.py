"""``TaskKind``: what everybody but the training process knows of a task.

Light: pages, races, searches and the command line ask it, and none of them loads an engine for
that. A task is a folder with a ``kind.py``, and a line in ``tasks.registry``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from lstm_core.spec import ExperimentSpec

if TYPE_CHECKING:
    import keras

    from lstm_core.learning.feeds.feed import Feed
    from lstm_core.learning.trainer import Objective
    from lstm_core.tasks.base import Kept, Predictor, Task


@dataclass(frozen=True)
class Rehearsal:
    """A network and noise of the right shape, to see how fast it learns."""

    build_network: Callable[[], keras.Model]
    feed: Feed
    objective: Objective


class Engine(Protocol):
    """The part of a task that needs the training engine: a module of these functions."""

    @staticmethod
    def make_task(spec: ExperimentSpec, collection: Any) -> Task:
        """Begin a run; the spec is filled in for this collection."""

    @staticmethod
    def open_predictor(model: Kept, weights: bytes) -> Predictor:
        """Reopen what a run has kept.

        Raises:
            DataError: the weights are another model's.
        """

    @staticmethod
    def rehearse(shape: Any, spec: ExperimentSpec) -> Rehearsal:
        """Prepare to train on noise; the spec is filled in."""


class TaskKind(Protocol):
    """What is known of a task without its engine.

    Attributes:
        key: what it is called in specs and records.
    """

    key: str

    def resolve(
        self, spec: ExperimentSpec, collection: Any
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        """Return the spec with what the data can tell filled in, and why, by setting.

        A spec that comes back can be run on this collection.

        Raises:
            DataError: the collection does not do.
            SpecError: what is asked for does not go together.
        """

    def read_shape(self, content: Mapping[str, Any]) -> Any:
        """Return the sizes of one example from JSON, as ``vars`` of them gives it."""

    def load_engine(self) -> Engine:
        """Import what trains."""
