"""How a network learns from items of a kind, and what is changed at random meanwhile."""

from __future__ import annotations

import math

import numpy as np

from lstm_core.spec import ExperimentSpec
from lstm_core.spec.filling import Told
from lstm_core.tasks.classification.rules.regime import Regime

BATCHES = (16, 64)
"""The smallest and the largest batch that is chosen: some dozens of steps an epoch."""

ITEMS_OF_BATCH = 100
"""Batches' worth of items in an epoch, as far as ``BATCHES`` allow."""

FEW_ITEMS = 2_000
"""Below it a validation part is dear."""

FEW_STEPS = 500_000
"""Of all items together; below it, learning again from all costs seconds."""

LONG_SIGNAL = 64
"""Steps from which on a signal's beginning and end are seldom where its meaning begins and ends."""


def choose_learning(spec: ExperimentSpec, regime: Regime) -> Told:
    """Choose settings of ``training``."""
    count = regime.num_items
    usual_batch = int(np.clip(2 ** round(math.log2(max(count, 1) / ITEMS_OF_BATCH)), *BATCHES))
    batch = spec.training.batch_size or usual_batch
    epochs, why = _choose_epochs(regime, -(-count // batch))
    again = count < FEW_ITEMS and regime.num_steps < FEW_STEPS
    return {
        "batch_size": (usual_batch, f"For {count:,} items to learn from."),
        "epochs": (epochs, why),
        "learning_rate": _choose_rate(regime),
        "schedule": ("cosine", "Large changes first, then ever finer ones, down to nothing."),
        "decay": (1.0, "The rate falls along a cosine."),
        "windows_per_epoch": (count, "Every item once in each epoch."),
        "retrain": (
            again,
            "Few items: those that stopped the training are worth learning from in the end."
            if again
            else "There are items enough to do without those that stop the training.",
        ),
    }


def choose_changes(regime: Regime) -> Told:
    """Choose settings of ``task``: what is changed, and what is made small."""
    told: Told = {
        "label_smoothing": (0.1, "Labels are seldom all right, and certainty is to be earned."),
        "class_weights": (
            ("balanced", "Labels are uneven: the rare ones are to count as much.")
            if regime.is_uneven
            else ("none", "Labels are even enough.")
        ),
    }
    if regime.steps == "numbers":
        is_long = bool(np.median(regime.lengths) >= LONG_SIGNAL)
        return told | {
            "jitter": (0.1, "Small noise, so that no value is learnt by heart."),
            "stretch": (0.1, "A signal a tenth larger is the same signal."),
            "crop": (
                (0.7, "Where it begins and ends is not what it means.")
                if is_long
                else (1.0, "Short ones are whole: what is cut off may be what counts.")
            ),
        }
    hidden, dropped = _choose_hidden(regime)
    return told | {
        "hide": (hidden, _say_hidden(regime)),
        "spatial_dropout": (dropped, "So that no single number of a token decides."),
    }


def _choose_hidden(regime: Regime) -> tuple[float, float]:
    """Return the share of tokens that is hidden, and that of their numbers."""
    if regime.steps == "letters":
        return 0.1, 0.2
    return (0.3, 0.5) if regime.is_long_text else (0.1, 0.3)


def _say_hidden(regime: Regime) -> str:
    if regime.is_long_text:
        return "Texts say things more than once, and no single word is to be learnt by heart."
    return "A little: short ones lose their sense with more."


def _choose_epochs(regime: Regime, num_batches: int) -> tuple[int, str]:
    """By how often weights are to be changed."""
    if regime.steps == "words":
        steps, fewest = (4_000 if regime.has_many_labels else 1_500), 12
        reason = "Words give an item away after few epochs."
    else:
        steps, fewest = 3_000, 25
        reason = "Some thousand changes of the weights."
    epochs = int(np.clip(round(steps / num_batches), fewest, 40))
    if regime.steps != "words":
        epochs = min(100, max(epochs, -(-400 // num_batches)))
    return epochs, reason


def _choose_rate(regime: Regime) -> tuple[float, str]:
    if regime.steps != "words":
        return 3e-3, "Measured to be fast and steady on public data."
    if regime.has_many_labels:
        return 2e-3, "Many labels take longer to learn by heart."
    return 1e-3, "Slow: words are soon learnt by heart."
