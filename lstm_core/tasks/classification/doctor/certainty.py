"""Whether it is surer than it may be."""

from __future__ import annotations

import numpy as np

from lstm_core.data.wording import count_words
from lstm_core.judging.comparing import find_interval
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.tasks.classification.doctor.settings import CALIBRATE, SMOOTH_LABELS, Settings
from lstm_core.tasks.classification.judging.answers import choose_labels

FEWEST_ITEMS = 50

TOO_SURE = 0.05
"""By how much the mean certainty is above the share that is right, from which on it matters."""


def find_over_confidence(
    labels: np.ndarray, probabilities: np.ndarray, settings: Settings
) -> Diagnosis | None:
    """Look whether the certainty of what is said is above the share of it that is right.

    Args:
        labels: ``(n,)`` of the test part; ``probabilities``: ``(n, labels)`` as reported.
    """
    if len(labels) < FEWEST_ITEMS:
        return None
    right = choose_labels(probabilities) == labels
    certainty = float(probabilities.max(axis=1).mean())
    share = float(right.mean())
    _, highest = find_interval(int(right.sum()), len(right))
    if certainty < share + TOO_SURE or certainty <= highest:
        return None
    return Diagnosis(
        "over_confidence",
        "Too sure of itself",
        f"On average it is {say_percent(certainty)} sure of what it says of "
        f"{count_words(len(labels), 'held-out item')}, and right in {say_percent(share)}.",
        "Its labels are as good as before; don't take its probabilities at their word. A "
        "temperature, fitted on the validation part, makes it less sure without changing a label.",
        _fix(settings),
    )


def _fix(settings: Settings) -> Fix | None:
    if not settings.calibrates:
        return CALIBRATE
    return SMOOTH_LABELS if settings.label_smoothing == 0 else None
