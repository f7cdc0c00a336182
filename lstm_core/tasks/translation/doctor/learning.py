"""What may be wrong with how a translator learnt."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.wording import count_words
from lstm_core.judging.diagnosis import Diagnosis, Fix
from lstm_core.judging.learning_curves import Curve, count_networks, find_turn
from lstm_core.spec import ExperimentSpec

ENOUGH_DROPOUT = 0.4

STILL_FALLING = 0.02
"""By which share the validation loss fell from the last epoch but one to the last."""


def find_overfitting(curves: Sequence[Curve], spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether the validation loss turns."""
    turns = [turn for turn in map(find_turn, curves) if turn is not None]
    if 2 * len(turns) <= len(curves):
        return None
    turn = sorted(turns, key=lambda found: found.rise)[len(turns) // 2]
    fix = None
    if (spec.task.input_dropout or 0.0) < ENOUGH_DROPOUT:
        changes = {"task.input_dropout": 0.5, "task.head_dropout": 0.5}
        fix = Fix("Hide half of each unit while training", changes)
    return Diagnosis(
        "overfitting",
        "It learns by heart",
        f"Overfitting. In {count_networks(len(turns), curves)} the validation loss rises from "
        f"epoch {turn.epoch} on, from {turn.validation[0]:.3g} to {turn.validation[1]:.3g}, while "
        f"the training loss goes on falling, from {turn.loss[0]:.3g} to {turn.loss[1]:.3g}.",
        "The weights of the best epoch are kept, so this costs less than it looks. More pairs are "
        "the best cure.",
        fix,
    )


def find_falling(curves: Sequence[Curve], spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether it would have gone on learning."""
    epochs = spec.training.epochs or 1
    falling = [
        curve
        for curve in curves
        if len(curve.validation) == epochs > 1
        and curve.validation[-1] < (1.0 - STILL_FALLING) * curve.validation[-2]
    ]
    if 2 * len(falling) <= len(curves):
        return None
    last = falling[0].validation
    return Diagnosis(
        "still_learning",
        "It could learn for longer",
        f"In {count_networks(len(falling), curves)} the validation loss was still falling in the "
        f"last of {count_words(epochs, 'epoch')}: from {last[-2]:.3g} to {last[-1]:.3g}.",
        "More epochs cost as much time again, and are worth it.",
        Fix("Learn for twice as long", {"training.epochs": 2 * epochs}),
    )
