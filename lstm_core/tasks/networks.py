"""Which networks a task has a use for."""

from __future__ import annotations

from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import ARCHITECTURES, OWN
from lstm_core.tasks.registry import find_kind


def list_architectures(spec: ExperimentSpec) -> tuple[str, ...]:
    """Return the names of the networks that may be chosen for a spec's task.

    One that comes trained has learnt a task, and is none for those in which nothing of it could go
    on learning. Layers of one's own have no name to choose: they are put together.
    """
    takes_trained = "model.fine_tune" not in find_kind(spec).unused
    return tuple(
        name
        for name, entry in ARCHITECTURES.items()
        if name != OWN and (takes_trained or not entry.comes_trained)
    )
