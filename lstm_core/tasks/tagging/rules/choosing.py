"""What suits tagged sequences, told from the training part: reading, network, learning.

Figures come from measurements on public data; see ``benchmarks.accuracy.tagging``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lstm_core.spec import ExperimentSpec
from lstm_core.spec.filling import Told

FEW_WORDS = 5_000
"""Different ones; below it, half as many numbers stand for a word."""

BATCHES = (8, 64)
"""The smallest and the largest batch that is chosen."""

CHANGES = 2_400
"""How often weights are changed, as far as epochs allow."""

BATCHES_OF_EPOCH = 350
"""As far as ``BATCHES`` allow."""

FEWEST_EPOCHS, MOST_EPOCHS = 6, 40

FEWEST_CHANGES, MOST_OF_FEW = 1_000, 150
"""Of few sequences there are more epochs, until weights have been changed as often as that."""


@dataclass(frozen=True)
class Regime:
    """What is known before anything is built.

    Attributes:
        is_words: steps are words, not rows of numbers.
        num_stretches: to learn from. ``num_words``: different ones; ``num_channels``: of numbers.
        num_tags: that are said.
    """

    is_words: bool
    num_stretches: int
    num_words: int
    num_channels: int
    num_tags: int


def choose_reading(is_words: bool) -> Told:
    """Choose how steps are read, before vocabulary and network are known."""
    told: Told = {"most_steps": (256, "As many as an LSTM makes use of.")}
    if is_words:
        return told | {
            "rarest": (
                1,
                "Even a rare word may be a name that comes again.",
            ),
            "spelling": ("lstm", "Endings and capitals tell what a word is that was never met."),
            "letters": (64, "Enough for beginnings and endings."),
        }
    return told | {
        "scaling": ("training", "Levels mean something; each channel is brought to one size."),
        "jitter": (0.1, "Small noise, so that no value is learnt by heart."),
    }


def choose_around(regime: Regime) -> Told:
    """Choose what stands around the network: settings of ``task``."""
    told: Told = {
        "chain": ("crf", "Tags follow one another: a sequence's are said together."),
        "head_dropout": (0.5, "Half: there are few sequences for so many weights."),
    }
    if not regime.is_words:
        return told | {"input_dropout": (0.1, "A channel may fail.")}
    is_small = regime.num_words < FEW_WORDS
    return told | {
        "embedding": (
            50 if is_small else 100,
            f"For {regime.num_words:,} different words.",
        ),
        "hide": (0.3, "Rare words are hidden now and then, so that neighbours and letters count."),
        "input_dropout": (0.5, "Half: so that no single number of a word decides."),
    }


def choose_model(regime: Regime) -> Told:
    """Choose settings of ``model``."""
    return {
        "architecture": (
            "bidirectional",
            "A sequence is there as a whole: each step is read with what comes before and after.",
        ),
        "units": (
            128 if regime.is_words else 64,
            "Wide enough for what was measured on public data.",
        ),
    }


def choose_learning(spec: ExperimentSpec, regime: Regime) -> Told:
    """Choose settings of ``training``."""
    count = regime.num_stretches
    usual = int(np.clip(2 ** round(math.log2(max(count, 1) / BATCHES_OF_EPOCH)), *BATCHES))
    batch = spec.training.batch_size or usual
    num_batches = -(-count // batch)
    epochs = int(np.clip(round(CHANGES / num_batches), FEWEST_EPOCHS, MOST_EPOCHS))
    epochs = max(epochs, min(MOST_OF_FEW, -(-FEWEST_CHANGES // num_batches)))
    return {
        "batch_size": (usual, f"For {count:,} sequences to learn from."),
        "epochs": (epochs, "Some thousand changes of the weights."),
        "learning_rate": (3e-3, "Measured to be fast and steady on public data."),
        "schedule": ("cosine", "Large changes first, then ever finer ones, down to nothing."),
        "decay": (1.0, "The rate falls along a cosine."),
        "windows_per_epoch": (count, "Every sequence once in each epoch."),
        "retrain": (False, "There are sequences enough to do without those that stop training."),
    }
