"""What is wrong with what is said: one label always, or some labels never."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.wording import count_words, list_names
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.tasks.classification.doctor.settings import (
    WEIGH_LABELS,
    Settings,
    train_longer,
)
from lstm_core.tasks.classification.judging.answers import choose_labels

ALWAYS = 0.97
"""Share of the items that get the same label, from which on it is called always."""

HONEST = 0.9
"""A label that this share of the items has is rightly said nearly always."""

FEWEST_JUDGED = 5
"""Items of a label in the test part; fewer may be missed by chance."""

FEWEST_ITEMS = 20


def find_one_label(
    labels: np.ndarray, probabilities: np.ndarray, names: Sequence[str], settings: Settings
) -> Diagnosis | None:
    """Look whether nearly all held-out items get the same label.

    Args:
        labels: ``(n,)`` true ones; ``probabilities``: ``(n, labels)``.
        names: of the labels.
    """
    said = choose_labels(probabilities)
    counts = np.bincount(said, minlength=len(names))
    label = int(np.argmax(counts))
    share = counts[label] / len(said)
    own = float((labels == label).mean())
    if len(said) < FEWEST_ITEMS or share < ALWAYS or own > HONEST:
        return None
    spread = float(probabilities[:, label].std())
    return Diagnosis(
        "one_label",
        "Always the same label",
        f"{say_percent(share)} of {count_words(len(said), 'held-out item')} got the label "
        f'"{names[label][:40]}", which {say_percent(own)} of them have. Its probability hardly '
        f"depends on the item: its spread is {spread:.2g}.",
        "Either nothing in an item tells its label, or the network gave up before it found it: "
        "the cheapest answer, always the most frequent label, is where training begins. The change "
        "below tells which.",
        _wake(settings),
    )


def find_silent_labels(
    labels: np.ndarray, probabilities: np.ndarray, names: Sequence[str], settings: Settings
) -> Diagnosis | None:
    """Look whether some labels of the test part are never said, while others are."""
    said = choose_labels(probabilities)
    num = np.bincount(labels[labels >= 0], minlength=len(names))
    is_silent = (num >= FEWEST_JUDGED) & (np.bincount(said, minlength=len(names)) == 0)
    silent = np.flatnonzero(is_silent)
    if not len(silent) or len(np.unique(said)) < 2:
        return None
    return Diagnosis(
        "silent_labels",
        "Labels that are never said",
        f"{len(silent):,} of {len(names):,} labels {'is' if len(silent) == 1 else 'are'} never "
        "said: "
        f"{list_names([names[int(label)] for label in silent])}. "
        f"{count_words(int(num[silent].sum()), 'held-out item')} have one of them.",
        "Labels with few items are drowned by the others. Let each label count the same, bring "
        "more items of them, or join labels that mean nearly the same.",
        None if settings.weighs_labels else WEIGH_LABELS,
    )


def _wake(settings: Settings) -> Fix:
    return train_longer(settings) if settings.weighs_labels else WEIGH_LABELS
