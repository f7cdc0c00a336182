"""How long a run will probably take: counted at once, and set right by runs of this machine.

Nothing is built or timed for it. Recurrent networks go step by step, so what a training takes is
counted in steps and in arithmetic, with what both take on a usual computer; by how much this one
differs, and how much earlier trainings stop, is what the record's runs took beside the same count.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lstm_core.jobs.run_time import LOADING_SECONDS
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind

STEP_SECONDS = 3e-4
"""One step of one layer for a batch, forwards and back: mostly the engine's loop; two cores."""
FLOP_SECONDS = 1 / 6e10
"""A multiplication or addition; two cores."""
EPOCH_SECONDS = 0.02
"""Validation, and what is told of an epoch."""
PASSES = 3
"""Training does about three times what answering does."""

_USUAL_SHORTEST, _USUAL_LONGEST = 0.2, 1.5
"""Of what is counted; where no run tells better. Trainings usually stop before the last epoch."""
_MARGIN = 1.5


@dataclass(frozen=True)
class ExpectedTime:
    """What a run will probably take.

    Attributes:
        shortest_seconds, longest_seconds: with the loading of the engine.
        num_runs: of the record, that it was set right by.
    """

    shortest_seconds: float
    longest_seconds: float
    num_runs: int


def count_seconds(spec: ExperimentSpec, collection: Any) -> float:
    """Return the seconds that a usual computer takes until every training's last epoch.

    Args:
        spec: with every default filled in.

    Raises:
        SpecError: the network's layers don't go together.
    """
    kind, training = find_kind(spec), spec.training
    cost = kind.measure_cost(spec, kind.shape_examples(spec, collection))
    num_examples = kind.count_examples(spec, collection)
    if training.windows_per_epoch is not None:
        num_examples = min(num_examples, training.windows_per_epoch)
    num_batches = math.ceil(num_examples / (training.batch_size or 1))
    if spec.model.comes_trained:  # of whose weights not all may learn
        num_steps = float(sum(layer.shape[0] for layer in cost.layers))
    else:  # each weight is used once a step, in a multiplication and an addition
        num_steps = len(cost.layers) * cost.flops / (2 * max(1, cost.num_parameters))
    epoch = EPOCH_SECONDS + num_batches * num_steps * STEP_SECONDS
    epoch += num_examples * PASSES * cost.flops * FLOP_SECONDS
    num_epochs = 1 if training.epochs is None else training.epochs
    num_epochs *= kind.count_fits(spec) * (training.num_seeds or 1)
    return LOADING_SECONDS + num_epochs * epoch


def expect_time(counted_seconds: float, ratios: Sequence[float]) -> ExpectedTime:
    """Return what a run will probably take.

    Args:
        counted_seconds: see ``count_seconds``.
        ratios: what runs of this machine took, by what is counted of them.
    """
    low, high = _USUAL_SHORTEST, _USUAL_LONGEST
    if ratios:
        middle = statistics.median(ratios)
        low, high = middle / _MARGIN, middle * _MARGIN
        if len(ratios) > 2:
            low, high = min(low, sorted(ratios)[1]), max(high, sorted(ratios)[-2])
    shortest = max(LOADING_SECONDS, low * counted_seconds)
    return ExpectedTime(shortest, max(shortest, high * counted_seconds), len(ratios))
