"""Baselines fitted to the training part of a fold, and what they say of its test part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.memo import Memo
from lstm_core.tasks.tagging.baselines.features import describe_rows, describe_words
from lstm_core.tasks.tagging.baselines.logistic import fit_logistic
from lstm_core.tasks.tagging.baselines.lookup import fit_lookup


@dataclass(frozen=True, eq=False)
class Asked:
    """Steps of a part of a collection.

    Attributes:
        words: of all its steps, or none. ``values``: ``(steps, channels)``, or none.
        lengths: ``(sequences,)``. ``tags``: ``(steps,)`` numbers, -1 for none that is learnt.
    """

    words: tuple[str, ...] | None
    values: np.ndarray | None
    lengths: np.ndarray
    tags: np.ndarray


def take_part(sequences: TaggedCollection, tags: np.ndarray, part: np.ndarray) -> Asked:
    """Return the steps of some sequences; ``tags``: ``(steps,)`` of all of them."""
    chosen = sequences.select(part)
    steps = [np.arange(*sequences.find_steps(int(number)).indices(len(tags))) for number in part]
    own = tags[np.concatenate([np.empty(0, np.int64), *steps])]
    words = None if chosen.words is None else tuple(map(str, chosen.words))
    values = None if chosen.signals is None else chosen.signals.values
    return Asked(words, values, chosen.lengths, own)


def ask_baselines(
    train: Asked, validation: Asked, test: Asked, num_tags: int
) -> dict[str, np.ndarray]:
    """Return what each baseline says of the test part: probabilities, ``(steps, tags)``."""
    return _ANSWERS.recall(_ask, train, validation, test, num_tags)


def _ask(train: Asked, validation: Asked, test: Asked, num_tags: int) -> dict[str, np.ndarray]:
    num_steps = len(test.tags)
    overall = fit_lookup(None, train.tags, num_tags).overall
    found = {"most_frequent": np.tile(overall, (num_steps, 1))}
    if train.words is not None:
        assert validation.words is not None
        assert test.words is not None
        found["by_word"] = fit_lookup(train.words, train.tags, num_tags).predict(test.words)
        name = "logistic"
        described = [
            describe_words(each.words, each.lengths)
            for each in (train, validation, test)
            if each.words is not None
        ]
    else:
        name = "by_row"
        described = [
            describe_rows(each.values, each.lengths)
            for each in (train, validation, test)
            if each.values is not None
        ]
    learnt, held, asked = described
    fitted = fit_logistic(learnt, train.tags, held, validation.tags, num_tags)
    if fitted is not None:
        found[name] = fitted.predict(asked)
    return found


_ANSWERS: Memo[dict[str, np.ndarray]] = Memo(2)
