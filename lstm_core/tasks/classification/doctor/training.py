"""What is wrong with the training: it learns by heart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.judging.learning_curves import Curve, count_networks, find_turn
from lstm_core.tasks.classification.doctor.settings import DROP_MORE, Settings, narrow

GAP = 0.2
"""How much more it has right of what it learnt from than of the validation part, from which on
that is called learning by heart. Some of it is in every fit that is good for anything."""

ENOUGH_DROPOUT = 0.3


@dataclass(frozen=True)
class Shares:
    """Accuracy of the weights that were kept.

    Attributes:
        train, validation: on both parts.
    """

    train: float
    validation: float


def find_overfitting(
    curves: Sequence[Curve], shares: Shares | None, settings: Settings
) -> Diagnosis | None:
    """Look whether the validation loss turns, or both parts are far apart at the best epoch."""
    turns = [turn for turn in map(find_turn, curves) if turn is not None]
    evidence = []
    if shares is not None and shares.train - shares.validation >= GAP:
        evidence.append(
            f"It has {say_percent(shares.train)} right of what it learnt from, and "
            f"{say_percent(shares.validation)} of the validation part."
        )
    if 2 * len(turns) > len(curves):
        turn = sorted(turns, key=lambda found: found.rise)[len(turns) // 2]
        evidence.append(
            f"In {count_networks(len(turns), curves)} the validation loss rises from epoch "
            f"{turn.epoch} on, from {turn.validation[0]:.3g} to {turn.validation[1]:.3g}, while "
            f"the training loss goes on falling, from {turn.loss[0]:.3g} to {turn.loss[1]:.3g}."
        )
    if not evidence:
        return None
    return Diagnosis(
        "overfitting",
        "It learns by heart",
        "Overfitting. " + " ".join(evidence),
        "The weights of the best epoch are kept, so this costs less than it looks. More items are "
        "the best cure; a smaller network that sees less at once is the next best.",
        _fix(settings),
    )


def _fix(settings: Settings) -> Fix | None:
    return DROP_MORE if settings.dropout < ENOUGH_DROPOUT else narrow(settings)
