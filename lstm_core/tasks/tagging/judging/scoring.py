"""Scores of what was said, from what was counted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.tasks.tagging.judging.measures import ENTITY_F1, MACRO_F1
from lstm_core.tasks.tagging.judging.said import SMALLEST, Said, Tally, Truth


def score(truth: Truth, said: Said, tally: Tally) -> dict[str, float | None]:
    """Return every measure of ``MEASURES`` by its key; None where it is undefined."""
    right, told, there = (float(each.sum()) for each in (tally.right, tally.said, tally.there))
    numbers = truth.numbers
    own = said.shares[np.arange(len(numbers)), np.maximum(numbers, 0)]
    own = np.where(numbers >= 0, own, 0.0)
    has = truth.marks_entities
    return {
        "entity_f1": measure(tally, ENTITY_F1.key) if has and told + there else None,
        "entity_precision": right / told if has and told else None,
        "entity_recall": right / there if has and there else None,
        "macro_f1": measure(tally, MACRO_F1.key),
        "accuracy": float((said.tags == numbers).mean()),
        "log_loss": float(-np.log(np.maximum(own, SMALLEST)).mean()),
    }


def measure(tally: Tally, key: str) -> float:
    """Return one of the measures that decide."""
    sums = [each.sum(axis=0)[None] for each in (tally.right, tally.said, tally.there)]
    return float(MEASURED[key](*sums)[0])


def measure_f1(right: np.ndarray, said: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return F1 over all classes together, ``(m,)``, from counts, ``(m, classes)``."""
    total = said.sum(axis=1) + there.sum(axis=1)
    f1: np.ndarray = 2.0 * right.sum(axis=1) / np.maximum(total, 1.0)
    return f1


def measure_macro_f1(right: np.ndarray, said: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return the mean of the F1 of the classes that are there, ``(m,)``."""
    present = there[0] > 0
    if not present.any():
        return np.zeros(len(right))
    total = said[:, present] + there[:, present]
    f1: np.ndarray = (2.0 * right[:, present] / total).mean(axis=1)
    return f1


MEASURED = {"entity_f1": measure_f1, "macro_f1": measure_macro_f1}


def tabulate_classes(truth: Truth, tally: Tally) -> pd.DataFrame:
    """Return ``type, num, said, right, precision, recall, f1``, a row for each that occurs."""
    right, said, there = (each.sum(axis=0) for each in (tally.right, tally.said, tally.there))
    with np.errstate(invalid="ignore", divide="ignore"):
        table = pd.DataFrame(
            {
                "type": truth.classes,
                "num": there.astype(int),
                "said": said.astype(int),
                "right": right.astype(int),
                "precision": np.where(said > 0, right / said, np.nan),
                "recall": np.where(there > 0, right / there, np.nan),
                "f1": np.where(said + there > 0, 2 * right / (said + there), np.nan),
            }
        )
    return table[(table["num"] > 0) | (table["said"] > 0)].reset_index(drop=True)
