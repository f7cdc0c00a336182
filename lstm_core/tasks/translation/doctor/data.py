"""What may be wrong with pairs: copies, exchanged sides, what can't be said."""

from __future__ import annotations

import numpy as np

from lstm_core.data.pairs.reading.building.swaps import find_swaps
from lstm_core.data.wording import count_words
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.learning.encoding.units import UNKNOWN
from lstm_core.spec import ExperimentSpec
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
