"""The doctor: names what is wrong with a trained tagger, with evidence and what may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean data has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.splitting.split import Split
from lstm_core.data.tagged.entities import OUTSIDE
from lstm_core.data.wording import count_words, list_names
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.judging.learning_curves import Curve, count_networks, find_turn
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.framing import Framing

COPIED = 0.02
"""Share of the test part that are copies of what was learnt from, from which on it is told."""

UNKNOWN = 0.25
"""Share of the words judged that the training part lacks, from which on it is told."""

FEWEST_SILENT = 10
"""Entities of a type, or steps of a tag, of which not a single one was found."""

ENOUGH_DROPOUT = 0.3


@dataclass(frozen=True, eq=False)
class Findings:
    """What a run leaves behind for the doctor to look at.

    Attributes:
        framing: of the whole collection. ``split``: of the fold that is looked at.
        steps: the table ``predictions``. ``by_type``: how each type, or tag, fares.
        curves: of the networks that were kept.
    """

    framing: Framing
    split: Split
    steps: pd.DataFrame
    by_type: pd.DataFrame
    curves: Sequence[Curve]


def examine(findings: Findings, spec: ExperimentSpec) -> list[Diagnosis]:
    """Look at data, training and predictions, in this order; empty when all is well."""
    found = [
        find_copies(findings.framing, findings.split, spec),
        find_never_learnt(findings.framing),
        find_unknown_words(findings.steps, spec),
        find_overfitting(findings.curves, spec),
        find_one_tag(findings.steps) or find_silent(findings.by_type),
    ]
    return [diagnosis for diagnosis in found if diagnosis is not None]


def find_copies(framing: Framing, split: Split, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether held-out sequences are exact copies of what was learnt from."""
    copies, noun = framing.facts.copies, framing.facts.noun
    num = int(np.isin(copies[split.test], copies[split.train]).sum())
    if num < max(2, COPIED * len(split.test)):
        return None
    fix = None
    if not spec.task.keep_copies_together:
        fix = Fix("Keep copies on one side", {"task.keep_copies_together": True})
    return Diagnosis(
        "copies",
        "Copies in the held-out part",
        f"{count_words(num, noun)} ({say_percent(num / len(split.test))} of the test part) are "
        "exact copies of what was learnt from.",
        "New sequences are no copies: what is reported is better than what will come.",
        fix,
    )


def find_never_learnt(framing: Framing) -> Diagnosis | None:
    """Look whether there are tags that the training part has none of."""
    missing = framing.list_missing()
    if not missing:
        return None
    what = "types of entities" if framing.marks_entities else "tags"
    return Diagnosis(
        "never_learnt",
        "Tags that can't be learnt",
        f"Of {list_names(missing)} the training part has none: {count_words(len(missing), 'one')} "
        f"of the {what} that occur.",
        "What is never seen is never said. Bring sequences with them, or let the app split the "
        "sequences itself.",
        Fix("Spread tags evenly", {"task.split": "stratified"})
        if framing.plan.how != "stratified"
        else None,
    )


def find_unknown_words(steps: pd.DataFrame, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether many of the words judged were never met in training."""
    share = float(1.0 - steps["known"].mean())
    if share < UNKNOWN:
        return None
    fix = None
    if spec.task.spelling == "none":
        fix = Fix("Read words letter by letter as well", {"task.spelling": "lstm"})
    elif (spec.task.rarest or 1) > 1:
        fix = Fix("Tell rare words apart as well", {"task.rarest": 1})
    return Diagnosis(
        "unknown_words",
        "Most of it are new words" if share > 0.5 else "Many new words",
        f"{say_percent(share)} of the words that are judged do not occur in the training part.",
        "Of a word that was never met, only its letters and its neighbours tell. More text of the "
        "same kind is the cure.",
        fix,
    )


def find_overfitting(curves: Sequence[Curve], spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether the validation loss turns."""
    turns = [turn for turn in map(find_turn, curves) if turn is not None]
    if 2 * len(turns) <= len(curves):
        return None
    turn = sorted(turns, key=lambda found: found.rise)[len(turns) // 2]
    fix = None
    if (spec.task.input_dropout or 0.0) < ENOUGH_DROPOUT:
        fix = Fix("Hide half of each word while training", {"task.input_dropout": 0.5})
    return Diagnosis(
        "overfitting",
        "It learns by heart",
        f"Overfitting. In {count_networks(len(turns), curves)} the validation loss rises from "
        f"epoch {turn.epoch} on, from {turn.validation[0]:.3g} to {turn.validation[1]:.3g}, while "
        f"the training loss goes on falling, from {turn.loss[0]:.3g} to {turn.loss[1]:.3g}.",
        "The weights of the best epoch are kept, so this costs less than it looks. More sequences "
        "are the best cure.",
        fix,
    )


def find_one_tag(steps: pd.DataFrame) -> Diagnosis | None:
    """Look whether one tag is said of everything."""
    said = steps["said"].unique()
    if len(said) > 1 or steps["tag"].nunique() < 2:
        return None
    nothing = said[0] == OUTSIDE
    return Diagnosis(
        "one_tag",
        "It finds nothing" if nothing else "It says one tag only",
        f'Every one of {len(steps):,} steps got the tag "{str(said[0])[:40]}".',
        "It has not begun to learn: let it train for longer or at a larger rate, or bring more "
        "sequences that have something in them.",
        Fix("Learn at three times the rate", {"training.learning_rate": 0.01}),
    )


def find_silent(by_type: pd.DataFrame) -> Diagnosis | None:
    """Look whether there are types of which none was found."""
    silent = by_type[(by_type["num"] >= FEWEST_SILENT) & (by_type["right"] == 0)]
    if silent.empty:
        return None
    names = [str(name) for name in silent["type"]]
    return Diagnosis(
        "silent_types",
        "Some are never found",
        f"Of {list_names(names)} not a single one of {int(silent['num'].sum()):,} was found.",
        "Most often there are too few of them to learn from, or they are tagged in different ways. "
        "Look at those that were missed.",
    )
