"""The doctor: names what is wrong with a model that writes, with evidence and what may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean text has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lstm_core.data.wording import count_words
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.judging.learning_curves import Curve, count_networks, find_turn
from lstm_core.learning.encoding.unit_kinds.face import UnitKind
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.framing import Framing

COPIED = 0.05
"""Share of the test part in paragraphs that are learnt from as well, from which on it is told."""

UNKNOWN = {"characters": 0.01, "words": 0.15, "pieces": 0.02}
"""Share of the units judged that the training part lacks, from which on it is told."""

ENOUGH_DROPOUT = 0.4

STILL_FALLING = 0.02
"""By which share the validation loss fell from the last epoch but one to the last."""


@dataclass(frozen=True, eq=False)
class Findings:
    """What a run leaves behind for the doctor to look at.

    Attributes:
        framing: of the whole collection.
        units: the table ``predictions``. ``kind``: of units.
        curves: of the networks that were kept.
    """

    framing: Framing
    units: pd.DataFrame
    kind: UnitKind
    curves: Sequence[Curve]


def examine(findings: Findings, spec: ExperimentSpec) -> list[Diagnosis]:
    """Look at data, training and predictions, in this order; empty when all is well."""
    found = [
        find_copies(findings.framing),
        find_unknown(findings.units, findings.kind),
        find_overfitting(findings.curves, spec),
        find_falling(findings.curves, spec),
    ]
    return [diagnosis for diagnosis in found if diagnosis is not None]


def find_copies(framing: Framing) -> Diagnosis | None:
    """Look whether much of the held-out text stands in the training part."""
    learnt = framing.list_learnt()
    share = float((learnt[:, 2] - learnt[:, 1]).sum()) / max(framing.sizes[2], 1)
    if share < COPIED:
        return None
    fix = None
    if framing.plan.how == "end" and framing.collection.num_documents > 2:
        fix = Fix("Keep whole texts apart", {"task.split": "documents"})
    return Diagnosis(
        "copies",
        "Copies in the held-out part",
        f"{say_percent(share)} of the held-out text are paragraphs that stand in what is learnt "
        "from as well.",
        "It is not judged by these. What repeats so often will be written down word by word: leave "
        "copies out of the text.",
        fix,
    )


def find_unknown(units: pd.DataFrame, kind: UnitKind) -> Diagnosis | None:
    """Look whether many of the units judged were never met in training."""
    share = float(1.0 - units["known"].mean()) if len(units) else 0.0
    if share < UNKNOWN[kind]:
        return None
    noun = {"characters": "characters", "words": "words", "pieces": "pieces of words"}[kind]
    fix = Fix("Cut words into pieces", {"task.units": "pieces"}) if kind == "words" else None
    return Diagnosis(
        "unknown_units",
        "Much of it is unknown",
        f"{say_percent(share)} of the {noun} that are judged are unknown to the network.",
        "To foresee that something unknown comes is easier than to foresee what: the figures "
        "flatter. It can neither read nor write them.",
        fix,
    )


def find_overfitting(curves: Sequence[Curve], spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether the validation loss turns."""
    turns = [turn for turn in map(find_turn, curves) if turn is not None]
    if 2 * len(turns) <= len(curves):
        return None
    turn = sorted(turns, key=lambda found: found.rise)[len(turns) // 2]
    fix = None
    if (spec.task.head_dropout or 0.0) < ENOUGH_DROPOUT:
        hidden = {"task.input_dropout": 0.5, "task.head_dropout": 0.5}
        fix = Fix("Hide half of what it reads while training", hidden)
    return Diagnosis(
        "overfitting",
        "It learns by heart",
        f"Overfitting. In {count_networks(len(turns), curves)} the validation loss rises from "
        f"epoch {turn.epoch} on, from {turn.validation[0]:.3g} to {turn.validation[1]:.3g}, while "
        f"the training loss goes on falling, from {turn.loss[0]:.3g} to {turn.loss[1]:.3g}.",
        "The weights of the best epoch are kept, so this costs less than it looks. What it writes "
        "may be copied: look at where it stands in the text. More text is the best cure.",
        fix,
    )


def find_falling(curves: Sequence[Curve], spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether it was still learning when its epochs were over."""
    epochs = spec.training.epochs or 1
    falling = [
        curve
        for curve in curves
        if len(curve.validation) == epochs
        and len(curve.validation) > 1
        and curve.validation[-1] < (1.0 - STILL_FALLING) * curve.validation[-2]
    ]
    if 2 * len(falling) <= len(curves):
        return None
    return Diagnosis(
        "still_learning",
        "It could learn for longer",
        f"In {count_networks(len(falling), curves)} the validation loss was still falling in the "
        f"last of {count_words(epochs, 'epoch')}: from {falling[0].validation[-2]:.3g} to "
        f"{falling[0].validation[-1]:.3g}.",
        "More epochs cost as much time again, and are worth it.",
        Fix("Learn for twice as long", {"training.epochs": 2 * epochs}),
    )
