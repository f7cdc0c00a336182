"""Whether items that have none of the labels are told by how uncertain the network is of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.judging.comparing import find_rank_gain

NUM_THRESHOLDS = 101


@dataclass(frozen=True, eq=False)
class Scope:
    """How well the largest probability tells items with a label from those without.

    Attributes:
        roc_auc: how often an item with a label is more certain than one without.
        num_inside, num_outside: items with a label, and without.
        table: ``threshold, kept, refused``: shares of those with a label that are at or above the
            threshold, and of those without that are below it.
    """

    roc_auc: float
    num_inside: int
    num_outside: int
    table: pd.DataFrame


def measure_scope(inside: np.ndarray, outside: np.ndarray) -> Scope:
    """Compare the certainty of items, ``(n, labels)`` and ``(m, labels)`` probabilities.

    Hendrycks and Gimpel, "A baseline for detecting misclassified and out-of-distribution examples
    in neural networks", ICLR (2017).
    """
    known, unknown = inside.max(axis=1), outside.max(axis=1)
    thresholds = np.linspace(0.0, 1.0, NUM_THRESHOLDS)
    below_known = np.searchsorted(np.sort(known), thresholds, side="left")
    below_unknown = np.searchsorted(np.sort(unknown), thresholds, side="left")
    return Scope(
        find_rank_gain(known, unknown),
        len(known),
        len(unknown),
        pd.DataFrame(
            {
                "threshold": thresholds,
                "kept": 1.0 - below_known / len(known),
                "refused": below_unknown / len(unknown),
            }
        ),
    )
