"""What is wrong with the training: too much was learnt, or too little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.judging.learning_curves import SMOOTHED, Curve, count_networks, find_turn
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec

STILL_FALLING = 0.03
"""A fifth of the training that brings more than this calls for more training."""

STILL_FALLING_SLOWLY = 0.005
DECAYED = 0.2
"""The same once the learning rate has decayed to this share of its start: small changes hide
how far the loss still has to fall."""

SLOW_RATE = 5e-4
"""Learning rates below this are seldom fast enough for a network of this size."""

LARGER_RATE = Fix("Take a larger learning rate", {"training.learning_rate": 0.002})

MOST_WINDOWS = 2_000
"""Training windows on which the last value is measured."""

MeasureLosses = Callable[[np.ndarray], np.ndarray]
"""From errors, actual minus predicted, to what training makes small of each; the same shape."""


def measure_last_value(examples: WindowFeed, measure_losses: MeasureLosses) -> float:
    """Return the training loss of repeating the last value, in scaled units."""
    cutoffs = examples.cutoffs["train"]
    chosen = np.linspace(0, len(cutoffs) - 1, min(len(cutoffs), MOST_WINDOWS)).astype(np.int64)
    rows = cutoffs[chosen].astype(np.int64)
    ahead = rows[:, None] + np.arange(1, examples.shape.horizon + 1)  # (n, horizon)
    num_targets = examples.shape.num_targets
    last = examples.past[rows, None, :num_targets]
    losses = measure_losses(examples.past[ahead, :num_targets] - last)
    weight = examples.weight[ahead]
    return float((losses * weight).sum() / max(weight.sum(), 1.0))


def find_overfitting(curves: Sequence[Curve], spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether the validation loss rises while the training loss goes on falling."""
    turns = [turn for turn in map(find_turn, curves) if turn is not None]
    if 2 * len(turns) <= len(curves):
        return None
    turn = sorted(turns, key=lambda found: found.rise)[len(turns) // 2]
    return Diagnosis(
        "overfitting",
        "It learns by heart",
        f"Overfitting, in {count_networks(len(turns), curves)}: from epoch {turn.epoch} on the "
        f"validation loss rises, from {turn.validation[0]:.3g} to {turn.validation[1]:.3g}, while "
        f"the training loss goes on falling, from {turn.loss[0]:.3g} to {turn.loss[1]:.3g}.",
        "The weights of the best epoch are kept, so this costs less than it looks. More rows "
        "are the best cure; a smaller network that sees less at once is the next best.",
        _fix_overfitting(spec),
    )


def _fix_overfitting(spec: ExperimentSpec) -> Fix | None:
    if spec.model.dropout < 0.2:
        return Fix("Hide a fifth of the inputs while training", {"model.dropout": 0.2})
    if spec.model.units is not None and spec.model.units >= 16:
        return Fix("Make it half as wide", {"model.units": spec.model.units // 2})
    return None


def find_underfitting(
    curves: Sequence[Curve], spec: ExperimentSpec, last_value_loss: float | None
) -> Diagnosis | None:
    """Look whether training ended too early, or came to nothing.

    Args:
        last_value_loss: training loss of repeating the last value; none: don't compare.
    """
    if not curves:
        return None
    falls = [fall for curve in curves if (fall := _measure_fall(curve, spec)) is not None]
    is_falling = 2 * len(falls) > len(curves)
    loss = float(np.median([curve.loss.min() for curve in curves]))
    is_poor = last_value_loss is not None and loss >= last_value_loss
    evidence = []
    if is_falling:
        fall = float(np.median(falls))
        slowly = "" if fall > STILL_FALLING else ", at a learning rate that had all but decayed"
        evidence.append(
            f"In {count_networks(len(falls), curves)} the validation loss was still falling at "
            f"the last epoch: by {say_percent(fall)} over the last fifth of the training{slowly}."
        )
    if is_poor:
        evidence.append(
            f"The training loss came down to {loss:.3g}; repeating the last value has "
            f"{last_value_loss:.3g} on the same rows."
        )
    if not evidence:
        return None
    return Diagnosis(
        "underfitting",
        "It has not learnt enough",
        "Underfitting. " + " ".join(evidence),
        "Give it more time first, then more room.",
        _fix_underfitting(spec, is_falling),
    )


def _measure_fall(curve: Curve, spec: ExperimentSpec) -> float | None:
    """Return by what share the loss fell at the end of a training that used all its epochs.

    None where either loss did not fall enough.
    """
    num_epochs = len(curve.loss)
    if num_epochs < SMOOTHED or num_epochs < (spec.training.epochs or 1):
        return None
    count = max(1, num_epochs // 5)
    rate = (spec.training.decay or 1.0) ** (num_epochs - count)
    enough = STILL_FALLING_SLOWLY if rate < DECAYED else STILL_FALLING
    falls = []
    for losses in (curve.validation, curve.loss):
        before = float(np.median(losses[-2 * count : -count]))
        if before <= 0:
            return None
        falls.append(1.0 - float(np.median(losses[-count:])) / before)
    return falls[0] if min(falls) > enough else None


def _fix_underfitting(spec: ExperimentSpec, is_falling: bool) -> Fix | None:
    model, training = spec.model, spec.training
    if model.dropout > 0.3 or model.l1 > 0 or model.l2 > 0:
        return Fix("Take the brakes off", {"model.dropout": 0.0, "model.l1": 0.0, "model.l2": 0.0})
    if is_falling:
        return Fix("Train twice as long", lengthen_training(spec))
    if training.learning_rate is not None and training.learning_rate < SLOW_RATE:
        return LARGER_RATE
    if model.units is not None and model.units <= 1_024:
        return Fix("Make it twice as wide", {"model.units": 2 * model.units})
    return None


def lengthen_training(spec: ExperimentSpec) -> dict[str, Any]:
    """Return the settings for twice the epochs, with the same learning rate at their end."""
    changes: dict[str, Any] = {"training.epochs": min(2 * (spec.training.epochs or 50), 100_000)}
    if spec.training.decay is not None and spec.training.decay < 1:
        changes["training.decay"] = round(spec.training.decay**0.5, 4)
    return changes
