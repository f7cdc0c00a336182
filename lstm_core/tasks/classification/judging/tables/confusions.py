"""What was taken for what, and which items they are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.tasks.classification.judging.answers import choose_labels, get_certainties

MOST_MISTAKES = 200

MOST_LABELS = 25
"""A matrix of more can't be read; of more, those that are confused most are shown."""


def tabulate_confusion(labels: np.ndarray, said: np.ndarray) -> pd.DataFrame:
    """Return ``label, said, num, share``, a row for each pair that occurs, the most frequent first.

    Args:
        labels, said: ``(n,)``; a label of -1 is one that the training part does not know.

    ``share`` is of the items with that label.
    """
    pairs, num = np.unique(np.column_stack([labels, said]), axis=0, return_counts=True)
    table = pd.DataFrame({"label": pairs[:, 0], "said": pairs[:, 1], "num": num})
    table["share"] = table["num"] / table.groupby("label")["num"].transform("sum")
    return table.sort_values("num", ascending=False, kind="stable", ignore_index=True)


def build_matrix(table: pd.DataFrame, shown: np.ndarray) -> np.ndarray:
    """Return counts of true labels (rows) and labels as said (columns), both of ``shown``."""
    places = {int(label): place for place, label in enumerate(shown)}
    matrix = np.zeros((len(shown), len(shown)), np.int64)
    for label, said, num in table[["label", "said", "num"]].itertuples(index=False):
        if label in places and said in places:
            matrix[places[label], places[said]] = num
    return matrix


def choose_shown(table: pd.DataFrame, num_labels: int, most: int = MOST_LABELS) -> np.ndarray:
    """Return the labels that a matrix shows, ascending: all, or those that are confused most."""
    if num_labels <= most:
        return np.arange(num_labels)
    wrong = table[(table["label"] != table["said"]) & (table["label"] >= 0)]
    counts = np.bincount(wrong["label"], wrong["num"], minlength=num_labels)
    counts += np.bincount(wrong["said"], wrong["num"], minlength=num_labels)
    return np.sort(np.argsort(-counts, kind="stable")[:most])


def choose_cell(table: pd.DataFrame) -> tuple[int, int]:
    """Return label and said of the cell to look at first: the largest mistake, if there is one."""
    wrong = table[(table["label"] != table["said"]) & (table["label"] >= 0)]
    if not len(wrong):
        return 0, 0
    return int(wrong["label"].iloc[0]), int(wrong["said"].iloc[0])


def find_in_cell(
    labels: np.ndarray, probabilities: np.ndarray, label: int, said: int
) -> np.ndarray:
    """Return the positions of the items in one cell of the matrix, the most certain first."""
    found = np.flatnonzero((labels == label) & (choose_labels(probabilities) == said))
    return found[np.argsort(-probabilities[found, said], kind="stable")]


def list_mistakes(
    labels: np.ndarray, probabilities: np.ndarray, most: int = MOST_MISTAKES
) -> pd.DataFrame:
    """Return ``position, label, said, certainty, own``, the most certain mistakes first.

    ``certainty`` is of the label that was said, ``own`` the probability of the true one.
    """
    said = choose_labels(probabilities)
    wrong = np.flatnonzero(said != labels)
    certainty = probabilities[wrong, said[wrong]]
    order = np.argsort(-certainty, kind="stable")[:most]
    wrong, certainty = wrong[order], certainty[order]
    return pd.DataFrame(
        {
            "position": wrong,
            "label": labels[wrong],
            "said": said[wrong],
            "certainty": certainty,
            "own": get_certainties(probabilities[wrong], labels[wrong]),
        }
    )
