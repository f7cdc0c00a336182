"""The doctor: names what is wrong with a translator, with evidence and what may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean pairs has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.judging.learning_curves import Curve
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.doctor.data import find_copies, find_swapped, find_unsayable
from lstm_core.tasks.translation.doctor.learning import find_falling, find_overfitting
from lstm_core.tasks.translation.doctor.saying import find_lengths, find_one_answer, find_repeating
from lstm_core.tasks.translation.framing import Framing
from lstm_core.tasks.translation.judging.evaluation import Fold


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
