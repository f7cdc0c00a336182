"""What a step of an item is, how many are read, and which are told apart."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.tokens import cut_words
from lstm_core.spec.filling import Told
from lstm_core.spec.tasks.classification import ClassificationSpec

LONGEST_WORD = 12
"""Characters of a word on average; what has more was not cut into words by its spaces."""

FEWEST_WORDS = 2

LOOKED_AT = 500
"""Texts that tell whether spaces cut words."""

MOST_READ = {"words": 1_000, "characters": 2_000, "kmers": 2_000, "numbers": 10_000}
"""Steps of an item that are read where nothing is said: more cost minutes an epoch."""


def choose_reading(spec: ClassificationSpec, items: ItemCollection, train: np.ndarray) -> Told:
    """Choose for items, by those of the training part."""
    if items.signals is not None:
        one = len(items.signals.channels) == 1
        return {
            "scaling": (
                ("item", "One channel: what counts is its shape, not its level.")
                if one
                else ("training", "Several channels tell of each other by their levels.")
            ),
            "most_steps": (MOST_READ["numbers"], "What an epoch's time allows."),
        }
    tokens, reason = _choose_tokens(items, train)
    kind = spec.tokens or tokens
    return {
        "tokens": (tokens, reason),
        "rarest": (
            (2, "What occurs once can't be learnt from.")
            if kind == "words"
            else (1, "There are few of them, and each may count.")
        ),
        "most_steps": (MOST_READ[kind], "What an epoch's time allows."),
    }


def _choose_tokens(items: ItemCollection, train: np.ndarray) -> tuple[str, str]:
    if items.content == "symbols":
        return "characters", "Each symbol is a step."
    assert items.texts is not None
    places = train[np.linspace(0, len(train) - 1, min(len(train), LOOKED_AT)).astype(int)]
    cut = [cut_words(str(items.texts[place])) for place in places]
    words = [word for text in cut for word in text if word[0].isalnum()]
    length = np.mean([len(word) for word in words]) if words else np.inf
    if length <= LONGEST_WORD and np.median([len(text) for text in cut]) >= FEWEST_WORDS:
        return "words", "Spaces tell its words apart."
    return "characters", "Spaces don't tell words apart here."
