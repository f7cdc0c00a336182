"""What is said of other texts, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.tasks.translation.encoding import Encoding
from lstm_core.tasks.translation.judging.tables import Said
from lstm_core.tasks.translation.searching.beam import Hypothesis
from lstm_core.tasks.translation.unknown import count_unknown

ANSWERS = "answers"
"""The name of the table."""


def read_said(encoding: Encoding, best: Sequence[Hypothesis]) -> Said:
    """Return what was said of texts, from the best translation of each."""
    logs = np.array([each.log for each in best], np.float64)
    counts = np.array([len(each.numbers) + each.is_whole for each in best], np.float64)
    return Said(
        [encoding.target.decode(each.numbers) for each in best],
        np.exp(logs / np.maximum(counts, 1.0)),
        np.array([each.is_whole for each in best], dtype=bool),
    )


def tabulate_answers(
    ids: np.ndarray, sources: Sequence[str], encoding: Encoding, said: Said
) -> pd.DataFrame:
    """Return ``id, source, said, certainty, num_unknown, is_whole``, a row for each text."""
    return pd.DataFrame(
        {
            "id": ids.astype(str),
            "source": list(sources),
            "said": list(said.texts),
            "certainty": said.certainty,
            "num_unknown": [count_unknown(encoding.source, text) for text in sources],
            "is_whole": said.is_whole,
        }
    )
