"""How long a run will take, from a batch of its network that was timed on this machine."""

from __future__ import annotations

from typing import Any

from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind

LOADING_SECONDS = 5.0
"""What a run's process takes to load its engine; measured on two cores."""


def ask_for_timing(spec: ExperimentSpec, collection: Any) -> TimeBatch:
    """Return the question whose answer ``estimate_run`` wants.

    Args:
        spec: with every default filled in.
    """
    kind = find_kind(spec)
    return TimeBatch(
        spec, kind.shape_examples(spec, collection), kind.count_examples(spec, collection)
    )


def estimate_run(spec: ExperimentSpec, timing: BatchTiming) -> float:
    """Return seconds until every training has come to its last epoch; usually it stops earlier.

    Args:
        spec: with every default filled in; its networks are trained one after another.
    """
    num_fits = find_kind(spec).count_fits(spec) * (spec.training.num_seeds or 1)
    epochs = num_fits * (spec.training.epochs or 1)
    return LOADING_SECONDS + timing.first_seconds + epochs * timing.epoch_seconds
