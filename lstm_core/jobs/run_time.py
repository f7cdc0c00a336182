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


def estimate_run(batch: TimeBatch, timing: BatchTiming, num_networks: int = 1) -> float:
    """Return seconds until every training has come to its last epoch; usually it stops earlier.

    Args:
        num_networks: that are trained one after another, from different seeds.
    """
    num_fits = find_kind(batch.spec).count_fits(batch.spec) * num_networks
    epochs = num_fits * (batch.spec.training.epochs or 1)
    return LOADING_SECONDS + timing.first_seconds + epochs * timing.epoch_seconds
