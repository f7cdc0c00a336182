"""Small collections that a network can learn in seconds."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.spec import ExperimentSpec, parse_spec
from tests.data.items.collections import make_signals, make_texts

GLAD = ("lovely", "bright", "gentle", "splendid")
SAD = ("dreadful", "bleak", "harsh", "rotten")
THINGS = ("garden", "film", "day", "road", "house", "song", "winter", "story")


def make_moods(num_items: int = 80, **given: Any) -> ItemCollection:
    """Sentences of four to eight words, ``glad`` or ``sad`` by one of them."""
    generator = np.random.default_rng(3)
    texts, labels = [], []
    for number in range(num_items):
        words, label = (GLAD, "glad") if number % 2 else (SAD, "sad")
        things = " and the ".join(generator.choice(THINGS, size=1 + number % 3))
        texts.append(f"what a {generator.choice(words)} time {number} in the {things}")
        labels.append(label)
    return make_texts(texts, labels, **given)


def make_waves(num_items: int = 60, num_channels: int = 1) -> ItemCollection:
    """Signals of 12 to 30 steps, slow or fast."""
    generator = np.random.default_rng(4)
    lengths = generator.integers(12, 31, size=num_items).tolist()
    labels = ["slow" if number % 2 else "fast" for number in range(num_items)]
    plain = make_signals(lengths, labels, num_channels)
    assert plain.signals is not None
    values = plain.signals.values
    for number in range(num_items):
        start, length = plain.signals.starts[number], plain.signals.lengths[number]
        pace = 0.3 if number % 2 else 1.2
        wave = np.sin(pace * np.arange(length) + generator.uniform(0, 6))
        values[start : start + length] = wave[:, None] + 0.05 * values[start : start + length]
    return plain


def make_motifs(num_items: int = 60, length: int = 20) -> ItemCollection:
    """DNA of one length; half of it has a motif at one place."""
    generator = np.random.default_rng(5)
    texts, labels = [], []
    for number in range(num_items):
        letters = generator.choice(list("ACGT"), size=length)
        if number % 2:
            letters[8:12] = list("TATA")
        texts.append("".join(letters))
        labels.append("motif" if number % 2 else "none")
    return make_texts(texts, labels, content="symbols", alphabet="dna")


def ask_for(**values: Any) -> ExperimentSpec:
    """Return a small classification; ``section__key`` sets what is asked for beside."""
    small = {
        "model.units": 8,
        "training.epochs": 3,
        "training.num_seeds": 1,
        "training.batch_size": 8,
        "training.learning_rate": 0.02,
        "training.retrain": False,
        "task.num_folds": 1,
    }
    chosen = small | {name.replace("__", "."): value for name, value in values.items()}
    content = {"data": {"kind": "items"}, "task": {"kind": "classification"}}
    return parse_spec(content).with_values(
        {path: value for path, value in chosen.items() if value is not ...}
    )
