"""What is said of items that nobody knows the label of, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.tasks.classification.judging.answers import choose_labels
from lstm_core.tasks.classification.judging.tables.predictions import PROBABILITY

ANSWERS = "answers"
"""The name of the table."""


def tabulate_answers(
    ids: np.ndarray, names: Sequence[str], probabilities: np.ndarray
) -> pd.DataFrame:
    """Return ``item, said, certainty``, and a column for each label's probability.

    Args:
        ids: ``(n,)``. ``names``: of the labels. ``probabilities``: ``(n, labels)``.
    """
    said = np.asarray(names, object)[choose_labels(probabilities)]
    columns = {"item": ids, "said": said, "certainty": probabilities.max(axis=1)}
    columns |= {
        f"{PROBABILITY}{name}": probabilities[:, number] for number, name in enumerate(names)
    }
    return pd.DataFrame(columns)
