"""Items that may have a wrong label: the network is sure of another.

Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels",
Journal of Artificial Intelligence Research 70 (2021).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.wording import count_words
from lstm_core.judging.comparing import find_rank_gain
from lstm_core.judging.diagnosis import Diagnosis, say_percent
from lstm_core.tasks.classification.doctor.settings import SMOOTH_LABELS, Settings
from lstm_core.tasks.classification.judging.answers import choose_labels, get_certainties

FEWEST_SUSPECTS = 8
SUSPECTED = 0.02
"""Share of the items, from which on it is worth a word."""

AS_SURE = 0.78
"""How often a right answer may be surer than a wrong one at most. Where items are merely hard, the
network knows it, and its mistakes are made in doubt: then it is more often."""

GOOD_ENOUGH = 0.8
"""Share that has to be right: of what a weaker network is sure, most is its own mistake."""

SURE = 0.7
"""Certainty of another label, in the middle suspect; below this, it is not sure of it."""


def find_suspects(labels: np.ndarray, probabilities: np.ndarray) -> pd.DataFrame:
    """Return ``position, label, likely, own, certainty``, the most suspect items first.

    Args:
        labels: ``(n,)`` as given; ``probabilities``: ``(n, labels)``, of items that were not
            learnt from: held out, or cross-validated.

    An item is suspect where a label that it does not have is as probable as that usually is for
    items that have it, and likelier than its own. ``own`` and ``certainty`` are the probabilities
    of the label as given and of the likely one.
    """
    num_labels = probabilities.shape[1]
    usual = np.full(num_labels, np.inf)
    for label in range(num_labels):
        own = probabilities[labels == label, label]
        if len(own):
            usual[label] = own.mean()
    reached = np.where(probabilities >= usual, probabilities, -1.0)
    likely = reached.argmax(axis=1)
    suspects = np.flatnonzero(
        (reached.max(axis=1) >= 0)
        & (likely != labels)
        & (labels >= 0)
        & (likely == choose_labels(probabilities))
    )
    own = get_certainties(probabilities[suspects], labels[suspects])
    certainty = probabilities[suspects, likely[suspects]]
    order = np.argsort(own - certainty, kind="stable")
    return pd.DataFrame(
        {
            "position": suspects[order],
            "label": labels[suspects][order],
            "likely": likely[suspects][order],
            "own": own[order],
            "certainty": certainty[order],
        }
    )


def find_label_noise(
    labels: np.ndarray, probabilities: np.ndarray, settings: Settings
) -> Diagnosis | None:
    """Look whether wrong answers are given as surely as right ones, which points to the labels."""
    suspects = find_suspects(labels, probabilities)
    if len(suspects) < max(FEWEST_SUSPECTS, SUSPECTED * len(labels)):
        return None
    if suspects["certainty"].median() < SURE:
        return None
    right = choose_labels(probabilities) == labels
    certainty = probabilities.max(axis=1)
    if right.mean() < GOOD_ENOUGH or find_rank_gain(certainty[right], certainty[~right]) > AS_SURE:
        return None
    return Diagnosis(
        "label_noise",
        "Labels that may be wrong",
        f"Of {count_words(len(suspects), 'held-out item')} "
        f"({say_percent(len(suspects) / len(labels))}) the network is sure that they have another "
        f"label: {say_percent(float(suspects['certainty'].median()))} in the middle one, about as "
        f"sure as where it is right ({say_percent(float(np.median(certainty[right])))}).",
        "Look at the most certain mistakes first. Correct labels that are wrong; where two labels "
        "can't be told apart by people either, join them.",
        None if settings.label_smoothing > 0 else SMOOTH_LABELS,
    )
