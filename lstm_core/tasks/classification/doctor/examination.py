"""The doctor: names what is wrong with a trained classifier, with evidence and what may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean items has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.splitting.split import Split
from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.judging.learning_curves import Curve
from lstm_core.tasks.classification.doctor.certainty import find_over_confidence
from lstm_core.tasks.classification.doctor.items import find_disagreeing_copies, find_too_few
from lstm_core.tasks.classification.doctor.labels import find_one_label, find_silent_labels
from lstm_core.tasks.classification.doctor.leaks import Apart, find_copies, find_shared_groups
from lstm_core.tasks.classification.doctor.noise import find_label_noise
from lstm_core.tasks.classification.doctor.settings import Settings
from lstm_core.tasks.classification.doctor.training import Shares, find_overfitting


@dataclass(frozen=True, eq=False)
class Findings:
    """What a run leaves behind for the doctor to look at.

    Attributes:
        names: of the labels.
        labels: ``(n,)`` of the whole collection; -1 where the training part does not know it.
        split: of the fold that is looked at.
        probabilities: ``(m, labels)`` of its test part, in its order, as reported.
        curves: of the networks that were kept.
        shares: accuracy on the training and the validation part, where measured.
        copies, groups: ``(n,)`` numbers, negative for none; None where there are none.
        group: what a group is called.
        apart: what keeping groups apart does to a baseline, where measured.
    """

    names: Sequence[str]
    labels: np.ndarray
    split: Split
    probabilities: np.ndarray
    curves: Sequence[Curve] = ()
    shares: Shares | None = None
    copies: np.ndarray | None = None
    groups: np.ndarray | None = None
    group: str = "group"
    apart: Apart | None = None


def examine(findings: Findings, settings: Settings) -> list[Diagnosis]:
    """Look at items, training and predictions, in this order; empty when all is well."""
    names, probabilities, split = findings.names, findings.probabilities, findings.split
    judged = findings.labels[split.test]
    copies, groups = findings.copies, findings.groups
    # What says one label only is neither over-sure nor silent on others: one name is enough.
    one_label = find_one_label(judged, probabilities, names, settings)
    found = [
        None
        if copies is None
        else find_copies(findings.labels, probabilities, split, copies, settings),
        None
        if groups is None
        else find_shared_groups(
            split, groups, settings, group=findings.group, apart=findings.apart
        ),
        find_too_few(findings.labels, split.train, names, settings),
        None if copies is None else find_disagreeing_copies(findings.labels, copies),
        find_overfitting(findings.curves, findings.shares, settings),
        one_label or find_silent_labels(judged, probabilities, names, settings),
        None if one_label else find_label_noise(judged, probabilities, settings),
        None if one_label else find_over_confidence(judged, probabilities, settings),
    ]
    return [diagnosis for diagnosis in found if diagnosis is not None]
