"""What is said of the steps of other sequences, as a table; from networks' words to tags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.tasks.tagging.judging.paths import choose_paths
from lstm_core.tasks.tagging.judging.said import Said
from lstm_core.tasks.tagging.judging.tables import number_steps, write_tokens

ANSWERS = "answers"
"""The name of the table."""

UNSURE = -1.0
"""In place of a path, where several networks' probabilities were mixed."""


def mix_chains(said: Sequence[np.ndarray]) -> np.ndarray:
    """Return the logarithms of the mean probabilities of several networks' tags.

    Args:
        said: what ``TagChain`` says, ``(n, steps, 2 * tags + 1)`` each. There is no path then.
    """
    num_tags = said[0].shape[-1] // 2
    shares = np.asarray([each[..., num_tags:-1] for each in said], np.float64)
    mixed = said[0].copy()
    mixed[..., :num_tags] = 0.0
    mixed[..., num_tags:-1] = np.logaddexp.reduce(shares, axis=0) - np.log(len(said))
    mixed[..., -1] = UNSURE
    return mixed


def read_said(
    said: np.ndarray,
    stretches: Stretches,
    places: np.ndarray,
    lengths: np.ndarray,
    marks_entities: bool,
) -> Said:
    """Return tags and probabilities of the steps of sequences, one behind another.

    Where stretches or networks were put together, the path is the best by each step's own
    probabilities, as far as tags may follow one another.

    Args:
        said: what ``TagChain`` says of stretches, ``(n, steps, 2 * tags + 1)``.
        places: ``(n,)`` the stretches' numbers, all of each sequence in their order.
        lengths: ``(sequences,)`` of the sequences that they are of.
    """
    num_tags = said.shape[-1] // 2
    told = stretches.tell(said, places)
    logs = told[:, num_tags:-1].astype(np.float64)
    shares = np.exp(logs)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-300)
    is_whole = len(places) == len(lengths)
    if is_whole and (told[:, -1] != UNSURE).all():
        return Said(told[:, -1].astype(np.int64), shares)
    return Said(choose_paths(logs, lengths, marks_entities), shares)


def tabulate_answers(sequences: TaggedCollection, names: Sequence[str], said: Said) -> pd.DataFrame:
    """Return ``item, step, token, said, certainty``, a row for each step."""
    return pd.DataFrame(
        {
            "item": np.repeat(sequences.ids, sequences.lengths),
            "step": number_steps(sequences.lengths),
            "token": write_tokens(sequences),
            "said": np.asarray(names, object)[said.tags],
            "certainty": said.certainties,
        }
    )
