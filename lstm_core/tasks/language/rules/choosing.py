"""What suits running text, told from the training part: units, network, learning.

Figures come from measurements on public data; see ``benchmarks.language``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.learning.encoding.choosing_units import choose_units
from lstm_core.learning.encoding.unit_kinds.face import UnitKind
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.filling import Told

CHANGES = 3_600
"""How often weights are changed, as far as epochs allow."""

FEWEST_EPOCHS, MOST_EPOCHS = 3, 40

LANES = 32
"""Stretches that are read side by side."""

FEWEST_BATCHES = 20
"""Of an epoch, before fewer stretches are read side by side."""

LITTLE, MUCH = 200_000, 3_000_000
"""Units to learn from: of fewer, a network learns much by heart; of more, hardly anything."""


@dataclass(frozen=True)
class Regime:
    """What is known before anything is built.

    Attributes:
        kind: of units. ``num_units``: different ones. ``num_learnt``: in the training part.
        steps: of a stretch.
    """

    kind: UnitKind
    num_units: int
    num_learnt: int
    steps: int


def choose_reading(num_characters: int, num_signs: int, asked: UnitKind | None) -> Told:
    """Choose what text is cut into, before anything is counted."""
    choice = choose_units(num_characters, num_signs, asked=asked)
    told = {
        "characters": "Every sign that there is.",
        "words": "The most frequent words; others are unknown.",
        "pieces": "As many as there is text to learn them from.",
    }[choice.kind]
    once = "Every sign counts, however rare it is."
    twice = "What occurs once tells nothing of when it comes again."
    return {
        "units": (choice.kind, choice.reason),
        "vocabulary": (choice.most, told),
        "rarest": (choice.rarest, once if choice.rarest == 1 else twice),
    }


def choose_around(regime: Regime) -> Told:
    """Choose what stands around the network: settings of ``task``."""
    spells = regime.kind == "characters" and regime.num_units <= 512
    width = 64 if spells else 256
    tied = not spells
    hidden = _choose_dropout(regime)
    how_much = f"For {regime.num_learnt:,} units to learn from."
    return {
        "embedding": (width, f"For {regime.num_units:,} different units."),
        "tied": (
            tied,
            "A unit is said by the numbers that it is read by: there are so many of them."
            if tied
            else "There are few different units: each is read and said by numbers of its own.",
        ),
        "input_dropout": (hidden, how_much),
        "head_dropout": (hidden, how_much),
    }


def choose_model(regime: Regime) -> Told:
    """Choose settings of ``model``."""
    units = 256 if regime.num_learnt >= LITTLE else 128
    return {
        "architecture": (
            "stacked",
            "Two LSTM layers, one on the other: the lower one spells, the upper one knows more of "
            "what it is about.",
        ),
        "units": (units, f"For {regime.num_learnt:,} units to learn from."),
    }


def choose_learning(spec: ExperimentSpec, regime: Regime) -> Told:
    """Choose settings of ``training``."""
    stretches = max(1, regime.num_learnt // regime.steps)
    lanes = int(2 ** np.floor(np.log2(max(1, stretches / FEWEST_BATCHES))))
    usual = int(np.clip(lanes, 4, LANES))
    batch = spec.training.batch_size or usual
    num_batches = -(-stretches // batch)
    epochs = int(np.clip(round(CHANGES / num_batches), FEWEST_EPOCHS, MOST_EPOCHS))
    return {
        "batch_size": (usual, "Places of the text that are read side by side."),
        "epochs": (epochs, "Some thousand changes of the weights."),
        "learning_rate": (4e-3, "Measured to be fast and steady on public text."),
        "schedule": ("cosine", "Large changes first, then ever finer ones, down to nothing."),
        "decay": (1.0, "The rate falls along a cosine."),
        "windows_per_epoch": (stretches, "All of the text once in each epoch."),
        "retrain": (False, "There is text enough to do without what stops the training."),
    }


def _choose_dropout(regime: Regime) -> float:
    if regime.kind == "characters":
        return 0.3 if regime.num_learnt < LITTLE else 0.1 if regime.num_learnt < MUCH else 0.0
    return 0.5 if regime.num_learnt < LITTLE else 0.3 if regime.num_learnt < MUCH else 0.1
