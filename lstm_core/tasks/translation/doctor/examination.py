"""The doctor: names what is wrong with a translator, with evidence and what may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean pairs has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.pairs.reading.building.swaps import find_swaps
from lstm_core.data.wording import count_words
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.judging.learning_curves import Curve, count_networks, find_turn
from lstm_core.learning.encoding.units import UNKNOWN
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.doctor.repeating import find_repeated
from lstm_core.tasks.translation.framing import Framing
from lstm_core.tasks.translation.judging.evaluation import Fold

COPIED = 0.02
"""Share of the test part whose source is learnt from as well, from which on it is told."""

SWAPPED = 0.05
"""Share of the pairs whose sides are exchanged, from which on it is told."""

MOST_LOOKED_AT = 5_000
"""Pairs, in which exchanged sides are looked for."""

UNKNOWN_SHARE = 0.15
"""Share of the units of what is wanted that can't be said, from which on it is told."""

REPEATING = 0.05
"""Share of the translations that say the same again and again, from which on it is told."""

EARLY, LATE = 0.8, 1.3
"""How long all translations are beside the references; outside of this it is told."""

FEWEST = 5
"""Translations in which something shows."""

ENOUGH_DROPOUT = 0.4

STILL_FALLING = 0.02
"""By which share the validation loss fell from the last epoch but one to the last."""


@dataclass(frozen=True, eq=False)
class Findings:
    """What a run leaves behind for the doctor to look at.

    Attributes:
        framing: of the whole collection. ``fold``: the last one that was judged.
        pairs: the table ``predictions``.
        curves: of the networks that were kept.
    """

    framing: Framing
    fold: Fold
    pairs: pd.DataFrame
    curves: Sequence[Curve]


def examine(findings: Findings, spec: ExperimentSpec) -> list[Diagnosis]:
    """Look at data, training and translations, in this order; empty when all is well."""
    found = [
        find_copies(findings.framing, findings.fold, spec),
        find_swapped(findings.framing, findings.fold),
        find_unsayable(findings.framing, findings.fold, spec),
        find_overfitting(findings.curves, spec),
        find_falling(findings.curves, spec),
        find_one_answer(findings.pairs),
        find_repeating(findings.pairs),
        find_lengths(findings.pairs, spec),
    ]
    return [diagnosis for diagnosis in found if diagnosis is not None]


def find_copies(framing: Framing, fold: Fold, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether held-out sources are learnt from as well."""
    split = framing.splits[fold.number]
    num = framing.count_copies(split)
    if num < max(2, COPIED * len(split.test)):
        return None
    fix = None
    if not spec.task.keep_copies_together:
        fix = Fix("Keep copies on one side", {"task.keep_copies_together": True})
    return Diagnosis(
        "copies",
        "Copies in the held-out part",
        f"The sources of {count_words(num, 'pair')} ({say_percent(num / len(split.test))} of the "
        "test part) are learnt from as well.",
        "New texts are no copies: what is reported is better than what will come.",
        fix,
    )


def find_swapped(framing: Framing, fold: Fold) -> Diagnosis | None:
    """Look whether the sides of a part of the pairs are exchanged."""
    train = framing.splits[fold.number].train[:MOST_LOOKED_AT]
    pairs = framing.pairs
    swaps = find_swaps(pairs.sources[train].tolist(), pairs.targets[train].tolist())
    if swaps is None or len(swaps.numbers) < SWAPPED * len(train):
        return None
    first = framing.positions[train[int(swaps.numbers[0])]]
    return Diagnosis(
        "swapped",
        "Sides are exchanged half-way",
        f"In {count_words(len(swaps.numbers), 'pair')} of {len(train):,} that were looked at, what "
        f"is given stands where what is wanted should, from pair {first + 1:,} on.",
        "It learns both ways at once, and neither well. Exchange the sides of these pairs in the "
        "file.",
    )


def find_unsayable(framing: Framing, fold: Fold, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether much of what is wanted is unknown: a unit that is unknown is never said."""
    targets = framing.pairs.targets[framing.splits[fold.number].test].tolist()
    units = np.concatenate([fold.encoding.target.encode(text) for text in targets])
    share = float((units == UNKNOWN).mean()) if len(units) else 0.0
    if share < UNKNOWN_SHARE:
        return None
    kind = spec.task.target_units
    fix = Fix("Put rare words together from pieces", {"task.target_units": "pieces"})
    return Diagnosis(
        "unsayable",
        "Most of it can't be said" if share > 0.5 else "Much can't be said",
        f"{say_percent(share)} of the {kind} of what is wanted are none of the "
        f"{fold.encoding.target.size:,} that are told apart.",
        "A larger vocabulary says more of them, and pieces of words say all.",
        fix if kind == "words" else None,
    )


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


def find_one_answer(pairs: pd.DataFrame) -> Diagnosis | None:
    """Look whether everything becomes the same."""
    said = pairs["said"]
    if len(said) < FEWEST or said.nunique() > 1 or pairs["target"].nunique() < 2:
        return None
    return Diagnosis(
        "one_answer",
        "It says one thing only",
        f'Every one of {len(said):,} texts became "{str(said.iloc[0])[:40]}".',
        "It has not begun to learn: let it train for longer, or bring more pairs.",
        None,
    )


def find_repeating(pairs: pd.DataFrame) -> Diagnosis | None:
    """Look whether the decoder says the same again and again."""
    which = [
        place
        for place, (said, target) in enumerate(zip(pairs["said"], pairs["target"], strict=True))
        if find_repeated(said) and not find_repeated(target)
    ]
    if len(which) < max(FEWEST, REPEATING * len(pairs)):
        return None
    example = find_repeated(pairs["said"].iloc[which[0]])
    return Diagnosis(
        "repeating",
        "It repeats itself",
        f"{count_words(len(which), 'translation')} ({say_percent(len(which) / len(pairs))}) say "
        f'the same again and again, such as "{example[:40]}".',
        "It has lost its place in what is given. More pairs and longer training help most.",
        None,
    )


def find_lengths(pairs: pd.DataFrame, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether translations end too early, or too late."""
    said, wanted = (pairs[name].str.len().sum() for name in ("said", "target"))
    ratio = said / max(wanted, 1)
    if len(pairs) < FEWEST or EARLY <= ratio <= LATE:
        return None
    if ratio > LATE:
        return Diagnosis(
            "late_end",
            "Translations are too long",
            f"They are {say_percent(ratio)} of the length that they should have.",
            "Favour long translations less, or let it learn for longer.",
            Fix("Favour none for its length", {"task.length_penalty": 0.0})
            if spec.task.length_penalty
            else None,
        )
    return Diagnosis(
        "early_end",
        "Translations end too early",
        f"They are {say_percent(ratio)} of the length that they should have.",
        "Short ones are likelier for their shortness alone: favour longer ones, or let it learn "
        "for longer.",
        Fix("Favour longer translations", {"task.length_penalty": 1.5})
        if spec.task.length_penalty < 1.5
        else None,
    )
