"""The prediction table: a row for each item that was judged, from which all else is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lstm_core.tasks.classification.judging.answers import choose_labels, get_certainties

PROBABILITY = "probability: "
BASELINE = "baseline: "
"""What the names of columns begin with that hold a label's probability, or what a baseline said."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Items that were judged, as arrays.

    Attributes:
        names: of the labels, a column of the probabilities each.
        positions: ``(n,)`` of the items in the collection.
        labels: ``(n,)`` true ones; -1 where the training part does not know it.
        probabilities: ``(n, labels)``.
        folds: ``(n,)`` the fold that each was judged in, from 0.
        said: by baseline, ``(n,)`` what it said.
    """

    names: Sequence[str]
    positions: np.ndarray
    labels: np.ndarray
    probabilities: np.ndarray
    folds: np.ndarray
    said: Mapping[str, np.ndarray] = field(default_factory=dict)

    @classmethod
    def join(cls, folds: Sequence[Judged]) -> Judged:
        """Put folds one behind another; their labels and baselines are the same."""
        first = folds[0]
        shared = [name for name in first.said if all(name in fold.said for fold in folds)]
        return cls(
            first.names,
            np.concatenate([fold.positions for fold in folds]),
            np.concatenate([fold.labels for fold in folds]),
            np.concatenate([fold.probabilities for fold in folds]),
            np.concatenate(
                [np.full(len(fold.labels), number) for number, fold in enumerate(folds)]
            ),
            {name: np.concatenate([fold.said[name] for fold in folds]) for name in shared},
        )


def tabulate_predictions(judged: Judged, ids: np.ndarray, given: np.ndarray) -> pd.DataFrame:
    """Return ``item, position, fold, label, said, right, certainty, own``, and what else there is.

    Args:
        ids: ``(items,)`` of the whole collection.
        given: ``(items,)`` the labels' names as the collection has them, so that those that were
            never learnt have one too.

    ``certainty`` is the probability of the label that was said, ``own`` that of the true one. Then
    come a column for what each baseline said and one for each label's probability.
    """
    names = np.asarray(judged.names, object)
    said = choose_labels(judged.probabilities)
    columns = {
        "item": ids[judged.positions],
        "position": judged.positions,
        "fold": judged.folds + 1,
        "label": given[judged.positions],
        "said": names[said],
        "right": said == judged.labels,
        "certainty": judged.probabilities.max(axis=1),
        "own": get_certainties(judged.probabilities, judged.labels),
    }
    columns |= {f"{BASELINE}{name}": names[found] for name, found in judged.said.items()}
    columns |= {
        f"{PROBABILITY}{name}": judged.probabilities[:, number].astype(np.float32)
        for number, name in enumerate(judged.names)
    }
    return pd.DataFrame(columns)


def read_predictions(table: pd.DataFrame) -> Judged:
    """Return what a prediction table holds."""
    names = [
        name.removeprefix(PROBABILITY) for name in table.columns if name.startswith(PROBABILITY)
    ]
    places = {name: number for number, name in enumerate(names)}
    said = {
        name.removeprefix(BASELINE): table[name].map(places).to_numpy(np.int64)
        for name in table.columns
        if name.startswith(BASELINE)
    }
    return Judged(
        names,
        table["position"].to_numpy(np.int64),
        table["label"].map(places).fillna(-1).to_numpy(np.int64),
        table[[f"{PROBABILITY}{name}" for name in names]].to_numpy(np.float64),
        table["fold"].to_numpy(np.int64) - 1,
        said,
    )
